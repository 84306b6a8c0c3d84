from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from latido.i18n import _
from latido.model import TABLES
from latido.sources.rows import Rows
from latido.sources.source import Delivery

FILE = Delivery(Path("tickets.json"), "tickets.json", "digest")


@pytest.fixture
def rows() -> Rows:
    return Rows(TABLES["tickets"], FILE)


def good(rows: Rows, number: int, **values: object) -> None:
    rows.add(number, raw={"id": number}, **{"ticket_id": number, "created": "2024-03-04T10:00:00Z", **values})


@pytest.mark.parametrize(
    ("column", "value", "stored"),
    [
        ("ticket_id", 7, "7"),
        ("subject", {"a": [1]}, '{"a": [1]}'),
        ("subject", "", None),
        ("reopens", "3", 3),
        ("first_reply_target", "1.5", 1.5),
        ("sla_met", "sí", True),
        ("created", 1709546400, datetime(2024, 3, 4, 10, tzinfo=UTC)),
        ("created", 1709546400000, datetime(2024, 3, 4, 10, tzinfo=UTC)),
        ("created", datetime(2024, 3, 4, 10), datetime(2024, 3, 4, 10, tzinfo=UTC)),
        ("x_site", 5.0, "5"),
        ("x_day", date(2024, 3, 4), "2024-03-04"),
    ],
)
def test_values_are_taken_as_json_has_them(rows, column, value, stored):
    good(rows, 1, **{column: value})
    assert rows.take().rows[column].to_pylist() == [stored]


def test_stamps_without_offset_are_local():
    rows = Rows(TABLES["tickets"], FILE, ZoneInfo("Europe/Madrid"))
    good(rows, 1, created="2024-03-04T10:00:00")
    assert rows.take().rows["created"].to_pylist() == [datetime(2024, 3, 4, 9, tzinfo=UTC)]


def test_a_value_that_fits_no_way_is_emptied_and_told(rows):
    good(rows, 1, reopens="many")
    chunk = rows.take()
    assert chunk.rows["reopens"].to_pylist() == [None]
    assert [(r.row, r.column, r.value, r.raw, r.kept) for r in chunk.rejects] == [
        (1, "reopens", "many", {"id": "1"}, True)
    ]


def test_a_row_is_lost_with_its_key_and_told_once(rows):
    good(rows, 1, created="soon")
    chunk = rows.take()
    assert (chunk.rows.num_rows, [(r.column, r.value, r.kept) for r in chunk.rejects]) == (
        0,
        [("created", "soon", False)],
    )


def test_rows_are_validated_on_the_way_out(rows):
    good(rows, 1, solved="2024-03-03T10:00:00Z")
    good(rows, 2, ticket_id=None)
    assert [(r.row, r.column, r.raw) for r in rows.take().rejects] == [
        (1, "solved", {"id": "1"}),
        (2, "ticket_id", {"id": "2"}),
    ]


def test_rejects_may_be_of_records_that_are_no_rows(rows):
    rows.reject(1, "type", "robot", _("A robot is no ticket."), {"type": "robot"})
    rows.broken(2, "{", _("Broken."))
    assert [(r.row, r.column, r.value, dict(r.raw)) for r in rows.take().rejects] == [
        (1, "type", "robot", {"type": "robot"}),
        (2, None, None, {"": "{"}),
    ]


def test_foreign_rows_are_counted_once(rows):
    good(rows, 1)
    good(rows, 1, ticket_id="again")
    rows.broken(2, "{", _("Broken."))
    assert rows.take().read == 2


def test_chunks_come_when_there_are_enough(rows):
    good(rows, 1)
    assert list(rows.chunks(2)) == []
    good(rows, 2)
    assert [chunk.rows.num_rows for chunk in rows.chunks(2)] == [2]
    assert (rows.take().rows.num_rows, rows.take().read) == (0, 0)
