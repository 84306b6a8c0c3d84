"""A calendar as a table that any engine can join with: one row per UTC slot.

With the slot of each instant t found by an equi-join (`slot == t // width`), the open seconds before t
are `before + clamp(t − slot · width, opens, closes) − opens`, and the business seconds between two
instants are the difference of two of these. The local day, week, month, hour and weekday of t are
columns of the same row, so that engines need no time zones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from latido.model.calendar import DAY, BusinessCalendar
from latido.model.opening import Intervals, Offsets, Seconds, offsets_between, open_before, open_intervals

WIDTH = 900
"""Seconds in a slot where nothing asks for a finer one: every zone's offset is a multiple of it since 1972."""

SCHEMA = pa.schema(
    [
        ("calendar", pa.string()),
        ("slot", pa.int64()),
        ("width", pa.int64()),
        ("before", pa.int64()),
        ("opens", pa.int64()),
        ("closes", pa.int64()),
        ("local_day", pa.date32()),
        ("local_week", pa.date32()),
        ("local_month", pa.date32()),
        ("local_hour", pa.int64()),
        ("local_weekday", pa.int64()),
    ]
)


def slots(calendar: BusinessCalendar, start: int, end: int, width: int | None = None) -> pa.Table:
    """The slots that cover [start, end], both ends included.

    Args:
        calendar: The calendar to lay out.
        start: First instant that will be looked up, whole seconds since 1970.
        end: Last instant that will be looked up.
        width: Seconds in a slot; None for `slot_width`.

    Returns:
        Columns of `SCHEMA`: `slot` (slot · width is its first instant), `before` (open seconds before
        it, counted from the table's beginning), `opens` and `closes` (the open run within it, in
        seconds after its start; equal where it is closed), `local_week` (the Monday), `local_month`
        (the first), `local_hour` (0–23), `local_weekday` (ISO, 1–7).

    Raises:
        ValueError: A slot of this width would hold two open runs or two local times.
    """
    width = width or slot_width(calendar, start, end)
    offsets, open_ = _layout(calendar, start, end, width)
    if not _fits(offsets, open_, width):
        raise ValueError(f"slots of {width} s are too wide for {calendar.name}")
    number = np.arange(start // width, end // width + 1, dtype=np.int64)
    edges = number * width
    columns = [np.full(len(number), width), open_before(open_, edges), *_run(open_, edges, width)]
    name = pa.repeat(pa.scalar(calendar.name, pa.string()), len(number))
    return pa.table([name, number, *columns, *_local(edges + offsets.at(edges))], schema=SCHEMA)


def slot_width(calendar: BusinessCalendar, start: int, end: int) -> int:
    """The widest slot, a divisor of 900 s, with at most one open run and one local time in each slot.

    It is 900 unless the calendar closes for less than a quarter of an hour within one, or its zone
    changes its clock off the quarter hour (Newfoundland at 00:01 until 2011).
    """
    widths = [w for w in range(WIDTH, 0, -1) if WIDTH % w == 0]
    return next(w for w in widths if _fits(*_layout(calendar, start, end, w), w))


def _layout(calendar: BusinessCalendar, start: int, end: int, width: int) -> tuple[Offsets, Intervals]:
    first, last = start // width * width, (end // width + 1) * width
    return offsets_between(calendar.zone, first, last), open_intervals(calendar, first, last)


def _fits(offsets: Offsets, open_: Intervals, width: int) -> bool:
    one_run = (open_.starts[1:] // width > (open_.ends[:-1] - 1) // width).all()
    one_time = not (offsets.since[1:] % width).any() and not (offsets.offset % width).any()
    return bool(one_run and one_time)


def _run(open_: Intervals, edges: Seconds, width: int) -> tuple[Seconds, Seconds]:
    """The open run in each slot, in seconds after its start; (0, 0) or (width, width) where there is none."""
    later = np.searchsorted(open_.ends, edges, side="right")
    starts, ends = (np.append(side, np.iinfo(np.int64).max)[later] for side in open_)
    return np.clip(starts - edges, 0, width), np.clip(ends - edges, 0, width)


def _local(wall: Seconds) -> list[pa.Array]:
    day = wall // DAY
    weekday = (day + 3) % 7
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return [*(_dates(d) for d in (day, day - weekday, month)), pa.array(wall % DAY // 3600), pa.array(weekday + 1)]


def _dates(days: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())
