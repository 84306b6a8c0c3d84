"""All that a metric may know while it is measured: the tables, the question, the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from latido.errors import UnknownNameError, UsageError
from latido.facts.expr import epoch, when
from latido.i18n import _
from latido.metrics.lazy import lazy
from latido.metrics.measurement import Period
from latido.metrics.metric import Metric
from latido.metrics.periods import check, floor, instant, local_day, months_later, periods, rolling_days
from latido.metrics.query import Query
from latido.metrics.settings import Settings
from latido.model.calendar import DAY, BusinessCalendar, always
from latido.model.slots import slot_width, slots

LOCAL = {
    "hour": "local_hour", "weekday": "local_weekday", "day": "local_day", "week": "local_week", "month": "local_month",
}  # fmt: skip
ALWAYS = "24x7"


@dataclass(frozen=True)
class Scope:
    """One measurement's surroundings.

    Attributes:
        tables: Facts and canonical tables by name.
        query: The question.
        settings: The workspace's choices.
        metric: The metric, preset applied.
        execute: Runs an Ibis expression, gives a pandas frame.
    """

    tables: Mapping[str, Any]
    query: Query
    settings: Settings
    metric: Metric
    execute: Any

    def about(self, query: Query) -> Scope:
        """The surroundings of another question about the same metric; what the data said of it is not asked again."""
        same = replace(self, query=query)
        same.__dict__.update({name: self.__dict__[name] for name in _OF_THE_DATA if name in self.__dict__})
        return same

    @lazy
    def data_end(self) -> datetime:
        """Instant up to which the data speak (UTC, naive as in the engine)."""
        if self.settings.data_end is not None:
            end = self.settings.data_end
            return end.astimezone(UTC).replace(tzinfo=None) if end.tzinfo else end
        # A stamp in the future is a slip of somebody's pen; the data cannot speak of tomorrow.
        return min(self._last_stamp or datetime(1970, 1, 1), datetime.now(UTC).replace(tzinfo=None))

    @property
    def cut(self) -> bool:
        """Whether the data hold stamps later than the instant up to which they speak."""
        return self._last_stamp is not None and self._last_stamp > self.data_end

    @lazy
    def _last_stamp(self) -> datetime | None:
        latest = [self._latest(table, column) for table, column in self.metric.ends]
        return max((x for x in latest if x is not None), default=None)

    @lazy
    def span(self) -> Period | None:
        """The local days asked for; open ends are where the data begin and end. None without any.

        A cohort needs a span: without one asked for it is the year up to the data's end.
        """
        query = self.query
        if query.period is None and query.start is None and query.end is None and self.metric.time is not None:
            return None
        if query.start and query.end and query.start >= query.end:
            raise UsageError(
                _("{start} is not before {end}.", start=query.start, end=query.end),
                _("The start is the first day asked for, the end is the day after the last."),
            )
        end = query.end or max(self.last_day, query.start or date.min) + timedelta(days=1)
        if query.start is None and query.period is None and self.metric.time is None:
            return Period(months_later(end, -12), end)
        return Period(query.start or min(self._first_asked, end - timedelta(days=1)), end)

    @property
    def _first_asked(self) -> date:
        """The data's first day; the last one of the first whole window where windows are asked for."""
        return self.first_day + timedelta(days=(rolling_days(self.query.period or "") or 1) - 1)

    @lazy
    def periods(self) -> tuple[Period, ...]:
        """The periods of the answer; the whole span as one where no period is asked for."""
        check(self.query.period)
        if self.span is None:
            return ()
        if self.query.period is None:
            return (self.span,)
        return tuple(periods(self.query.period, self.span.start, self.span.end))

    @property
    def period_ends(self) -> list[datetime]:
        """Instant at which each period of the answer ends."""
        return [_naive(self.first_second(period.end)) for period in self.periods]

    @lazy
    def rows_in_table(self) -> int:
        """How many rows the metric's table has: up to a million, waiting times are grouped to the second."""
        return int(self.execute(self.tables[self.metric.table].aggregate(n=lambda t: t.count())).iloc[0, 0])

    @property
    def begin(self) -> Any | None:
        """The first instant that is asked about, as an Ibis literal; None where all are."""
        return None if self.span is None else self.instant_of(self._reach[0])

    @property
    def end(self) -> Any:
        """The data's end as an Ibis literal."""
        return ibis.literal(self.data_end).cast("timestamp(6)")

    def first_second(self, day: date) -> int:
        """Epoch second at which a day of the workspace's zone begins."""
        return instant(day, self.settings.time_zone)

    def instant_of(self, day: date) -> Any:
        """The instant at which a day of the workspace's zone begins, as an Ibis literal."""
        return _literal(self.first_second(day))

    def calendar(self, name: str) -> BusinessCalendar | None:
        """The calendar of this name; None for 24×7, whose seconds are plain ones."""
        if name == ALWAYS:
            return None
        if name not in self.settings.calendars:
            raise UnknownNameError.among(_("calendar"), name, (ALWAYS, *self.settings.calendars))
        return self.settings.calendars[name]

    def seconds(self, rows: Any, start: str, end: str, name: str, calendar: str | None = None) -> Any:
        """Add a column `name`: seconds of the calendar from column `start` to column `end` (null if either is)."""
        found = self.calendar(calendar or self.metric.calendar or self.query.calendar)
        a, b = epoch(rows[start]), epoch(rows[end])
        if found is None:
            return rows.mutate(**{name: b - a})
        width, slots_of = self._slots(found)
        there = rows.mutate(_a=a, _b=b, _ka=a // width, _kb=b // width)
        for side, table in slots_of.items():
            there = there.left_join(table, there[f"_k{side}"] == table[f"_s{side}"])
        spent = _open_until(there, "b", width) - _open_until(there, "a", width)
        return there.select(*(column for column in rows.columns if column != name), **{name: spent})

    def placed(self, rows: Any, time: str) -> Any:
        """Rows of the span, with `period` (its first day) where a period is asked for."""
        if self.span is None:
            return rows
        begin, end = (self.instant_of(day) for day in self._reach)
        rows = rows.filter((rows[time] >= begin) & (rows[time] < end))
        if self.query.period is None:
            return rows
        return self._joined(rows, time, self._period_map)

    def local(self, rows: Any, time: str, names: tuple[str, ...]) -> Any:
        """Add local-time dimensions: hour, weekday, day, week, month."""
        return self._joined(rows, time, self._local_slots.select("slot", **{n: LOCAL[n] for n in names}))

    def seen(self, instant: Any) -> Any:
        """The instant where it lies within the data, else null: what comes later has not happened yet."""
        return when(instant <= self.end, instant)

    def crossed(self, rows: Any) -> Any:
        """Each row once per period, with `begins` and `ends` (instants) and, where asked for, `period`."""
        spans = [(p.start, _naive(self.first_second(p.start)), _naive(self.first_second(p.end))) for p in self.periods]
        names = ["period", "begins", "ends"] if self.query.period else ["_span", "begins", "ends"]
        kinds = [pa.date32(), pa.timestamp("us"), pa.timestamp("us")]
        columns = [pa.array([s[i] for s in spans], k) for i, k in enumerate(kinds)]
        return rows.cross_join(ibis.memtable(pa.table(dict(zip(names, columns, strict=True)))))

    def _joined(self, rows: Any, time: str, slot_table: Any) -> Any:
        width = self._local_width
        keyed = rows.mutate(_slot=rows[time].epoch_seconds() // width)
        picked = slot_table.rename(_k="slot")
        return keyed.inner_join(picked, keyed["_slot"] == picked["_k"]).drop("_slot", "_k")

    @property
    def _reach(self) -> tuple[date, date]:
        """First day needed and the day after the last; rolling windows look back before the span."""
        return min(p.start for p in self.periods), max(p.end for p in self.periods)

    @lazy
    def _local_calendar(self) -> BusinessCalendar:
        return always(self.settings.time_zone)

    @lazy
    def _local_width(self) -> int:
        return slot_width(self._local_calendar, *self._local_bounds)

    @lazy
    def _local_bounds(self) -> tuple[int, int]:
        if self.span is not None:
            first, last = self._reach
        else:
            first, last = self.first_day, self.last_day + timedelta(days=1)
        return self.first_second(first), self.first_second(last) - 1

    @lazy
    def _local_arrow(self) -> pa.Table:
        return slots(self._local_calendar, *self._local_bounds, self._local_width)

    @lazy
    def _local_slots(self) -> Any:
        return ibis.memtable(self._local_arrow)

    @lazy
    def _period_map(self) -> Any:
        grain = self.query.period or "day"
        slot = self._local_arrow["slot"].to_numpy()
        day = self._local_arrow["local_day"].to_numpy().astype("datetime64[D]")
        days, index = np.unique(day, return_inverse=True)
        window = rolling_days(grain)
        if window is None:
            first = np.array([floor(d, grain) for d in days.tolist()], "datetime64[D]")[index]
            return ibis.memtable(pa.table({"slot": slot, "period": first}))
        # A day lies in as many windows as they are long; a window is named by its first day.
        starts = np.array([p.start for p in self.periods], "datetime64[D]")
        pairs = [(np.flatnonzero((day >= s) & (day < s + window)), s) for s in starts]
        return ibis.memtable(
            pa.table({
                "slot": np.concatenate([slot[i] for i, _s in pairs]),
                "period": np.concatenate([np.full(len(i), s) for i, s in pairs]),
            })
        )  # fmt: skip

    def _slots(self, calendar: BusinessCalendar) -> tuple[int, Mapping[str, Any]]:
        low, high = (int(moment.replace(tzinfo=UTC).timestamp()) for moment in self._bounds)
        return _laid_out(calendar, low - DAY, high + DAY)

    @lazy
    def _bounds(self) -> tuple[datetime, datetime]:
        """First instant in the metric's table, and the one up to which the data speak."""
        table = self.tables[self.metric.table]
        times = [c for c, t in table.schema().items() if t.is_timestamp()]
        if not times:
            return self.data_end, self.data_end
        found = self.execute(table.aggregate(**{c: table[c].min() for c in times})).iloc[0].dropna()
        return min([*(v.to_pydatetime().replace(tzinfo=None) for v in found), self.data_end]), self.data_end

    @property
    def first_day(self) -> date:
        """Local day on which the metric's rows begin."""
        earliest = self._earliest(self.metric.time) if self._stored_time else None
        return local_day(earliest or self._bounds[0], self.settings.time_zone)

    @property
    def last_day(self) -> date:
        """Local day of the metric's last row that has happened."""
        latest = self._latest(self.metric.table, self.metric.time) if self._stored_time else None
        return local_day(min(latest or self.data_end, self.data_end), self.settings.time_zone)

    @property
    def _stored_time(self) -> bool:
        """Whether the facts hold the instant that decides a row's period, or the metric derives it."""
        return self.metric.time in self.tables[self.metric.table].columns

    def _earliest(self, column: str | None) -> datetime | None:
        table = self.tables[self.metric.table]
        return _moment(self.execute(table.aggregate(x=table[column].min())).iloc[0, 0])

    def _latest(self, table: str, column: str | None) -> datetime | None:
        found = self.tables[table]
        return _moment(self.execute(found.aggregate(x=found[column].max())).iloc[0, 0])


_OF_THE_DATA = ("data_end", "_last_stamp", "rows_in_table", "_bounds")


@lru_cache(maxsize=16)
def _laid_out(calendar: BusinessCalendar, first: int, last: int) -> tuple[int, Mapping[str, Any]]:
    """A calendar's slots as a table to join with at either end, and their width: one table for all metrics."""
    width = slot_width(calendar, first, last)
    table = ibis.memtable(slots(calendar, first, last, width).select(["slot", "before", "opens", "closes"]))
    return width, {
        side: table.select(
            **{f"_s{side}": "slot", f"_before{side}": "before", f"_o{side}": "opens", f"_c{side}": "closes"}
        )
        for side in "ab"
    }


def _open_until(rows: Any, side: str, width: int) -> Any:
    """Open seconds up to the instant: those before its slot, and those of its slot that have passed."""
    within = rows[f"_{side}"] - rows[f"_k{side}"] * width
    passed = ibis.least(ibis.greatest(within, rows[f"_o{side}"]), rows[f"_c{side}"]) - rows[f"_o{side}"]
    return rows[f"_before{side}"] + passed


def _literal(epoch: int) -> Any:
    return ibis.literal(_naive(epoch)).cast("timestamp(6)")


def _naive(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)


def _moment(value: Any) -> datetime | None:
    if pd.isna(value):
        return None
    moment: datetime = value.to_pydatetime()
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
