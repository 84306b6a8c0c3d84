"""How good and how fresh the data are, against what was imported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import latido
from latido.errors import UnknownNameError
from latido.workspace import Workspace
from latido.workspace.quality import Nowhere, TableQuality, pointing_nowhere
from tests.company import made, write_tickets

EVENTS = [
    ("t1", "1", "2025-06-01"),
    ("t2", "1", "2025-06-02"),
    ("gone", "1", "2025-06-03"),
    ("lost", "1", "2025-06-04"),
]


def write_events(path: Path) -> Path:
    """Four events; two of them of tickets that nobody knows."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("Ticket", "Event", "Date", "Type"), *((*e, "message") for e in EVENTS)])
    return path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Ten tickets of which one cannot be read, then four events."""
    root = made(tmp_path_factory.mktemp("quality"))
    tickets = write_tickets(root / "tickets.csv", 11)
    tickets.write_text(tickets.read_text().replace("t10,", ","))
    opened = latido.open(root)
    opened.import_files(tickets)
    opened.import_files(write_events(root / "events.csv"), as_table="ticket_events", yes=True)
    yield opened
    opened.close()


def of(workspace: Workspace, name: str) -> TableQuality:
    return next(one for one in workspace.quality() if one.name == name)


def test_tables_with_rows_are_told_of(workspace: Workspace) -> None:
    assert [(one.name, one.rows) for one in workspace.quality()] == [("tickets", 10), ("ticket_events", 4)]


def test_a_table_says_how_far_it_reaches(workspace: Workspace) -> None:
    tickets = of(workspace, "tickets")
    assert (tickets.first, tickets.last) == (
        datetime(2025, 1, 2, 8, tzinfo=UTC),
        datetime(2025, 1, 12, 20, tzinfo=UTC),
    )


def test_empty_cells_are_counted_by_column(workspace: Workspace) -> None:
    shares = {c.name: c.empty for c in of(workspace, "tickets").columns}
    assert (shares["ticket_id"], shares["solved"], shares["brand"]) == (0.0, 0.2, 1.0)


def test_columns_without_anything_do_not_count_as_sparse(workspace: Workspace) -> None:
    tickets = of(workspace, "tickets")
    assert "brand" not in {c.name for c in tickets.used}
    assert tickets.empty == pytest.approx(sum(c.empty for c in tickets.used) / len(tickets.used))


def test_rejects_are_counted_by_the_table_they_were_meant_for(workspace: Workspace) -> None:
    assert [one.rejects for one in workspace.quality()] == [1, 0]


def test_a_table_knows_its_last_import(workspace: Workspace) -> None:
    assert [one.came.n for one in workspace.quality()] == [1, 2]


def test_keys_that_point_nowhere_are_counted(workspace: Workspace) -> None:
    assert pointing_nowhere(workspace, "ticket_events") == (Nowhere("ticket_id", "tickets", 2, 0.5),)


def test_nothing_is_claimed_of_tables_that_are_empty(workspace: Workspace) -> None:
    assert (pointing_nowhere(workspace, "tickets"), pointing_nowhere(workspace, "orders")) == ((), ())


def test_there_is_no_other_table(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError):
        pointing_nowhere(workspace, "tickts")


def test_an_empty_workspace_has_nothing_to_tell(tmp_path: Path) -> None:
    assert latido.open(made(tmp_path)).quality() == ()
