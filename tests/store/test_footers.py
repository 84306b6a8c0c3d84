"""What the footers of files say, against their rows."""

from latido.store.footers import content
from tests.store.conftest import day, ticket

COLUMNS = ("ticket_id", "status", "x_site", "brand")


def test_a_table_that_is_not_there_has_nothing(lake):
    found = content(lake.snapshot(), "tickets", COLUMNS, "created")
    assert (found.rows, found.empty, found.first, found.last) == (0, dict.fromkeys(COLUMNS, 0), None, None)


def test_empty_cells_are_counted_over_all_files(lake, put):
    put(ticket("A", status="open"), ticket("B", created=day(5)))
    put(ticket("C", created=day(7), status="solved", x_site="north"), extras=("x_site",))
    found = content(lake.snapshot(), "tickets", COLUMNS, "created")
    assert (found.rows, found.empty) == (3, {"ticket_id": 0, "status": 1, "x_site": 2, "brand": 3})


def test_the_first_and_the_last_instant_are_found(lake, put):
    put(ticket("A"), ticket("B", created=day(5)))
    put(ticket("C", created=day(3)))
    found = content(lake.snapshot(), "tickets", COLUMNS, "created")
    assert (found.first, found.last) == (day(1), day(5))


def test_an_earlier_version_says_what_was_then(lake, put):
    put(ticket("A"))
    put(ticket("B", created=day(5)))
    assert content(lake.snapshot(1), "tickets", COLUMNS, "created").last == day(1)
