from latido.model import TABLES
from tests.store.conftest import ticket


def test_a_table_that_does_not_exist_has_its_declared_columns(lake):
    assert lake.snapshot().schema("tickets") == TABLES["tickets"].schema()


def test_extra_columns_stand_between_declared_and_system_columns(lake, put):
    put(ticket(x_b="1", x_a="2"), extras=("x_b", "x_a"))
    assert lake.snapshot().schema("tickets") == TABLES["tickets"].schema(("x_b", "x_a"))


def test_the_fingerprint_changes_with_its_tables_only(lake, put):
    put(ticket())
    before = lake.snapshot()
    put({"agent_id": "ana"}, table="agents")
    after = lake.snapshot()
    assert before.fingerprint("tickets") == after.fingerprint("tickets")
    assert before.fingerprint("tickets", "agents") != after.fingerprint("tickets", "agents")
    assert before.fingerprint() != after.fingerprint()


def test_rows_are_counted_from_the_log(lake, put):
    put(ticket("A"), ticket("B"))
    assert (lake.snapshot().rows("tickets"), lake.snapshot().rows("agents")) == (2, 0)
