from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.model import TABLES
from latido.store.lake import Lake
from latido.store.writer import Counts
from tests.store.conftest import day, staged, stored, ticket


def status(lake):
    return [row["status"] for row in stored(lake.snapshot(), "tickets", "status")]


def test_rows_with_new_keys_are_added(lake, put):
    assert put(ticket("A"), ticket("B")) == Counts(new=2)
    assert [r["ticket_id"] for r in stored(lake.snapshot())] == ["A", "B"]


def test_the_same_rows_again_change_nothing(lake, put):
    put(ticket("A"), ticket("B"))
    before = lake.snapshot().manifest
    assert put(ticket("A"), ticket("B")) == Counts(unchanged=2)
    assert lake.snapshot().manifest == before


def test_the_same_row_from_another_file_changes_nothing(lake, put):
    put(ticket(delivery="first", row=1, source="csv"))
    assert put(ticket(delivery="second", row=7, source="zendesk")) == Counts(unchanged=1)
    assert stored(lake.snapshot(), "tickets", "delivery") == [{"delivery": "first"}]


def test_a_newer_version_replaces_the_older(lake, put):
    put(ticket(status="open", updated=day(1)))
    assert put(ticket(status="solved", updated=day(2))) == Counts(updated=1)
    assert status(lake) == ["solved"]


def test_an_older_version_that_arrives_later_is_ignored(lake, put):
    put(ticket(status="solved", updated=day(2)))
    assert put(ticket(status="open", updated=day(1))) == Counts(unchanged=1)
    assert status(lake) == ["solved"]


@pytest.mark.parametrize(("first", "second"), [(None, None), (day(2), None), (None, day(1)), (day(2), day(2))], ids=str)
def test_the_later_arrival_wins_where_no_version_is_newer(lake, put, first, second):
    put(ticket(status="open", updated=first))
    assert put(ticket(status="solved", updated=second)) == Counts(updated=1)
    assert status(lake) == ["solved"]


def test_a_newer_version_with_the_same_content_moves_the_time_of_the_version(lake, put):
    put(ticket(updated=day(1)))
    put(ticket(updated=day(3)))
    put(ticket(updated=day(2), status="open"))
    assert status(lake) == [None]


def test_a_row_whose_month_moved_is_there_once(lake, put):
    put(ticket("A", created=day(1)), ticket("B", created=day(1)))
    put(ticket("A", created=day(5)))
    assert stored(lake.snapshot(), "tickets", "ticket_id", "created") == [
        {"ticket_id": "A", "created": day(5)},
        {"ticket_id": "B", "created": day(1)},
    ]


def test_a_month_that_loses_its_last_row_has_no_file(lake, put):
    put(ticket("A", created=day(1)))
    put(ticket("A", created=day(5)))
    assert [f.month for f in lake.snapshot().data_files("tickets")] == ["2024-05"]


def test_empty_cells_in_a_key_are_the_same_key(lake, put):
    put({"agent_id": "ana", "team": "Norte"}, table="agents")
    assert put({"agent_id": "ana", "team": "Sur"}, table="agents") == Counts(updated=1)


def test_a_value_that_moves_to_another_column_is_a_change(put):
    put(ticket(team="x", topic=None))
    assert put(ticket(team=None, topic="x")) == Counts(updated=1)


def test_a_cell_that_is_emptied_is_a_change(put):
    put(ticket(team="x"))
    assert put(ticket(team=None)) == Counts(updated=1)


def test_an_extra_column_joins_the_table(lake, put):
    put(ticket("A"))
    put(ticket("B", x_plan="pro"), extras=("x_plan",))
    assert stored(lake.snapshot(), "tickets", "ticket_id", "x_plan") == [
        {"ticket_id": "A", "x_plan": None},
        {"ticket_id": "B", "x_plan": "pro"},
    ]


def test_a_later_import_may_lack_an_extra_column(lake, put):
    put(ticket("A", x_plan="pro"), extras=("x_plan",))
    put(ticket("B"))
    assert len(stored(lake.snapshot(), "tickets", "x_plan")) == 2


def test_of_a_key_staged_twice_the_newest_counts(lake, put):
    counts = put(ticket(status="solved", updated=day(2)), ticket(status="open", updated=day(1)))
    assert counts == Counts(new=1, unchanged=1)
    assert status(lake) == ["solved"]


def test_files_are_taken_in_the_order_in_which_they_came(lake):
    with lake.write("test") as writer:
        files = [staged(writer.staging, [ticket(status=s)]) for s in ("new", "open", "solved")]
        writer.upsert(TABLES["tickets"], [files[2], files[0], files[1]])
    assert status(lake) == ["open"]


def test_nothing_staged_is_nothing_done(lake):
    with lake.write("test") as writer:
        assert writer.upsert(TABLES["tickets"], []) == Counts()


versions = st.lists(
    st.tuples(st.sampled_from("AB"), st.one_of(st.none(), st.integers(1, 3)), st.integers(1, 12)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=6, deadline=None)
@given(versions)
def test_one_import_ends_as_its_rows_one_by_one(tmp_path_factory, drawn):
    rows = [ticket(k, updated=u and day(u), created=day(m), row=i) for i, (k, u, m) in enumerate(drawn)]
    together, apart = (Lake.create(tmp_path_factory.mktemp("lake")) for _ in range(2))
    imported(together, rows)
    [imported(apart, [row]) for row in rows]
    assert content(together) == content(apart)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=3, max_size=3), st.integers(0, 5))
def test_rows_end_the_same_in_whatever_order_they_arrive(tmp_path_factory, months, order):
    rows = [
        ticket(updated=day(1, i + 1), created=day(m), status=s)
        for i, (m, s) in enumerate(zip(months, "abc", strict=True))
    ]
    lake = Lake.create(tmp_path_factory.mktemp("lake"))
    [imported(lake, [row]) for row in list(permutations(rows))[order]]
    assert status(lake) == ["c"]


def imported(lake, rows):
    with lake.write("test") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, rows)])


def content(lake):
    return stored(lake.snapshot(), "tickets", "ticket_id", "created", "updated")
