"""The same answers without latido, as somebody who knows the tool well would write them.

Each reads the same Parquet files of the same events, and of them only the columns and rows it
needs. An answer is a list of rows: the groups (a month as `2025-03`), then the values.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.generate import END, START
from benchmarks.questions import OFFICE_HOURS, ZONE
from latido.store import Lake

Files = dict[str, list[str]]
Answer = list[list[object]]
CANONICAL = ("tickets", "ticket_events", "answers", "asks")
WEEK = 7 * 86400


def files(folder: Path) -> Files:
    """The canonical tables' files in the workspace's lake."""
    snapshot = Lake(folder / "workspace" / "lake").snapshot()
    return {name: snapshot.files(name) for name in CANONICAL}


def opening_hours() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each block that the office is open: began, ended (seconds since 1970), open seconds before it."""
    zone = ZoneInfo(ZONE)
    first, last = (date.fromtimestamp(t) for t in (START - WEEK, END + WEEK))
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    spans = [
        tuple(datetime.combine(day, time(hour), zone).timestamp() for hour in block)
        for day in days
        for block in OFFICE_HOURS[day.weekday()]
    ]
    began, ended = np.array(spans, np.int64).T
    return began, ended, np.cumsum(ended - began) - (ended - began)


def kaplan_meier(t: np.ndarray, events: np.ndarray, total: np.ndarray) -> list[object]:
    """Median and p90 from counts at distinct ascending times; in the middle of a step that lies exactly there."""
    at_risk = np.cumsum(total[::-1])[::-1]
    survival = np.cumprod(1 - events / at_risk)
    return [_crossing(t, survival, left) for left in (0.5, 0.1)]


def _crossing(t: np.ndarray, survival: np.ndarray, left: float) -> float | None:
    reached, passed = survival <= left + 1e-11, survival < left - 1e-11
    if not reached.any():
        return None
    first = float(t[reached.argmax()])
    return (first + float(t[passed.argmax()])) / 2 if passed.any() else first
