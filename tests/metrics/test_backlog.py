"""The backlog, rebuilt from what was open at midnight."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.stories import UP_TO_END, behind, told
from tests.metrics.tables import at


def spells(*spans: tuple[str, str | None], **columns: Any) -> dict[str, Any]:
    """Unsolved spells of tickets."""
    plain = {"merged": False, "spam": False, "status": None, "status_now": "open", "channel": None, **columns}
    rows = [
        {"ticket_id": f"t{i}", "began": at(a), "ended": at(b) if b else None, **plain} for i, (a, b) in enumerate(spans)
    ]
    kinds = {"began": pa.timestamp("us"), "ended": pa.timestamp("us"), "merged": pa.bool_(), "spam": pa.bool_()}
    names = list(dict.fromkeys(["ticket_id", "began", "ended", *plain]))
    schema = pa.schema([(n, kinds.get(n, pa.string())) for n in names])
    naive = [{n: v.replace(tzinfo=None) if hasattr(v, "tzinfo") else v for n, v in row.items()} for row in rows]
    return {"cycle_facts": ibis.memtable(pa.Table.from_pylist(naive, schema))}


WEEK = Settings(data_end=at("2024-03-08 12:00"))


def daily(*spans: tuple[str, str | None], settings: Settings = WEEK) -> list[float]:
    found = measure("backlog", spells(*spans), settings, period="day", start=date(2024, 3, 4), end=date(2024, 3, 9))
    return [f.estimate.value for f in found.figures]


def test_a_ticket_is_open_from_its_creation_to_its_solve_and_again_from_its_reopening() -> None:
    spans = ("2024-03-04 10:00", "2024-03-05 15:00"), ("2024-03-06 09:00", "2024-03-07 10:00")
    assert daily(*spans) == [1, 0, 1, 0, 0]


def test_snapshots_lie_at_midnight() -> None:
    assert daily(("2024-03-04 23:59:59", "2024-03-05 00:00:01"), ("2024-03-05 00:00:02", "2024-03-05 23:59")) == [
        1, 0, 0, 0, 0,
    ]  # fmt: skip


def test_midnight_is_the_workspace_s() -> None:
    mexico = Settings(time_zone="America/Mexico_City", data_end=WEEK.data_end)
    assert daily(("2024-03-05 05:30", "2024-03-05 06:30"), settings=mexico) == [1, 0, 0, 0, 0]


def test_today_is_read_at_the_data_s_end() -> None:
    assert daily(("2024-03-08 11:00", "2024-03-08 13:00")) == [0, 0, 0, 0, 1]


def test_a_backlog_is_a_census_without_an_interval() -> None:
    estimate = measure("backlog", spells(("2024-03-04 10:00", None)), WEEK).figure.estimate
    assert (estimate.value, str(estimate.low), estimate.method) == (1, "nan", "census")


def test_tickets_of_the_stories_are_in_the_backlog_while_they_are_unsolved() -> None:
    there = set(behind("backlog").index)
    assert {"reopened and still open", "unanswered", "on hold since"} <= there
    assert not {"reopened", "closed without a solve", "auto-closed"} & there


def test_merged_tickets_and_the_undated_are_left_out() -> None:
    figure = measure("backlog", told(), UP_TO_END).figure
    assert set(figure.left_out) == {"merged", "spam", "dateless"}
