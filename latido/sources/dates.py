"""Dates and times as people and programs write them, vectorised: each distinct day and clock reading is parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.sources.stamps import IGNORABLE, NUMERIC, ORDERS, SECOND, Order, Stamp, clock, day, whole
from latido.sources.zones import to_utc

STAMP = pa.timestamp("us", tz="UTC")

FEW = 0.01  # votes for the other order that are slips, not a mixture
NEVER = np.iinfo(np.int64).min
CLOCK_DIGITS = ("hh:mm:ss", "hh:mm", "h:mm:ss", "h:mm")


@dataclass
class Orders:
    """What a whole column says about the order of day and month.

    Attributes:
        votes: Stamps that can only be read in one order (a part above 12).
        either: Stamps that can be read in both.
        examples: One stamp for each vote, and one that can be read in both.
    """

    votes: dict[Order, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    either: int = 0
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, texts: pa.Array) -> None:
        """Count some more of the column."""
        days, _clocks = _split(texts)
        days = days.drop_null()
        # 2024-01-31T09:30:00Z has no order to decide, and there are as many of them as rows.
        days = days.filter(pc.invert(pc.match_substring(days, "T")))
        for pair in pc.value_counts(days).to_pylist():
            self._count(pair["values"].translate(IGNORABLE).strip(), pair["counts"])

    def _count(self, day: str, times: int) -> None:
        if not NUMERIC.fullmatch(day):
            return
        parts = re.split(r"[-/.]", day)
        one, two, _three = map(int, parts)
        if len(parts[0]) > 2 or one > 31:
            vote: Order = "ymd"
        elif one > 12 >= two:
            vote = "dmy"
        elif two > 12 >= one:
            vote = "mdy"
        else:
            if max(one, two) <= 12:
                self.either += times
                self.examples.setdefault("", day)
            return
        self.votes[vote] += times
        self.examples.setdefault(vote, day)

    @property
    def decided(self) -> Order | None:
        """The order, where the column leaves no doubt; `ymd` also where no stamp has an order to decide."""
        dmy, mdy = self.votes["dmy"], self.votes["mdy"]
        if dmy or mdy:
            return None if self.mixed else "dmy" if dmy > mdy else "mdy"
        return None if self.either else "ymd"

    @property
    def mixed(self) -> bool:
        """Whether both orders are there in earnest."""
        dmy, mdy = self.votes["dmy"], self.votes["mdy"]
        return min(dmy, mdy) > FEW * max(dmy, mdy)


def instants(values: pa.Array, order: Order | None, time_zone: ZoneInfo) -> pa.Array:
    """UTC instants of stamps written in any of the known ways.

    ISO 8601 with and without offset, day and month in numbers by `order`, months by name (Spanish,
    English), 12-hour clocks, Excel serials, seconds, milliseconds and microseconds since 1970,
    `yyyymmdd` and `yyyymmddhhmmss`.

    Args:
        values: Text, or what Parquet has: timestamps, dates, numbers.
        order: Of day and month in numeric dates; None: such dates are unreadable.
        time_zone: Zone of stamps that carry no offset.

    Returns:
        Instants, null where the value is null or unreadable.
    """
    if pa.types.is_timestamp(values.type) and values.type.tz is not None:
        return values.cast(pa.timestamp("us", tz=values.type.tz), safe=False).cast(STAMP)
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        return _utc(values.cast(pa.timestamp("us"), safe=False), time_zone)
    texts = values if pa.types.is_string(values.type) else as_text(values)
    found = _iso(texts, time_zone)
    return _general(texts, order, time_zone) if found is None else found


def as_text(values: pa.Array) -> pa.Array:
    """Numbers and truth as text; whole numbers without a point."""
    if pa.types.is_floating(values.type):
        whole = pc.and_(pc.equal(pc.floor(values), values), pc.less(pc.abs(values), 1e15))
        if pc.all(whole, min_count=0).as_py():
            return values.cast(pa.int64()).cast(pa.string())
    return values.cast(pa.string())


def _iso(texts: pa.Array, time_zone: ZoneInfo) -> pa.Array | None:
    """Arrow's own reader, where all stamps are ISO and either all or none has an offset."""
    first = texts.drop_null().slice(0, 1)
    for kind in (pa.timestamp("us"), STAMP):
        try:
            first.cast(kind)  # a failed cast of a whole column costs more than its success
            found = texts.cast(kind)
        except pa.ArrowInvalid:
            continue
        return found if kind == STAMP else _utc(found, time_zone)
    return None


def _utc(local: pa.Array, time_zone: ZoneInfo) -> pa.Array:
    micros = np.asarray(local.cast(pa.int64()).fill_null(0))
    return _masked(to_utc(micros, time_zone), np.asarray(local.is_null()))


def _general(texts: pa.Array, order: Order | None, time_zone: ZoneInfo) -> pa.Array:
    """Day and clock apart, since both repeat; what does not come apart so is parsed as a whole."""
    days, clocks = _split(texts)
    read = _parsed(days, lambda text: day(text, order)).with_clock(_clocks(clocks))
    read.complete(texts, lambda text: whole(text, order))
    utc = np.where(read.ahead == NEVER, to_utc(read.local, time_zone), read.local - read.ahead * (read.ahead != NEVER))
    return _masked(utc, ~read.done)


@dataclass(frozen=True)
class _Read:
    """Stamps by row: microseconds on the local clock, how far it is ahead of UTC, and whether all that is known."""

    local: np.ndarray
    ahead: np.ndarray
    done: np.ndarray

    def with_clock(self, clock: _Read) -> _Read:
        return _Read(self.local + clock.local, np.maximum(self.ahead, clock.ahead), self.done & clock.done)

    def complete(self, texts: pa.Array, parse: Callable[[str], Stamp | None]) -> None:
        """Parse what is not known yet."""
        rest = np.flatnonzero(~self.done & np.asarray(texts.is_valid()))
        if len(rest):
            found = _parsed(texts.take(pa.array(rest)), parse)
            self.local[rest], self.ahead[rest], self.done[rest] = found.local, found.ahead, found.done


def _clocks(clocks: pa.Array) -> _Read:
    """Midnight where there is no clock; digits by place; the rest parsed."""
    local, done = np.zeros(len(clocks), dtype=np.int64), np.asarray(clocks.is_null()).copy()
    for pattern in CLOCK_DIGITS:
        _by_place(clocks, pattern, local, done)
    read = _Read(local, np.full(len(clocks), NEVER), done)
    read.complete(clocks, clock)
    return read


def _by_place(clocks: pa.Array, pattern: str, local: np.ndarray, done: np.ndarray) -> None:
    """Read clocks of exactly this shape, where `h`, `m`, `s` are digits, straight from Arrow's bytes."""
    starts = np.frombuffer(clocks.buffers()[1], np.int32)[clocks.offset : clocks.offset + len(clocks) + 1]
    rows = np.flatnonzero((np.diff(starts) == len(pattern)) & ~done)
    if not len(rows):
        return
    text = np.frombuffer(clocks.buffers()[2], np.uint8)[starts[rows][:, None] + np.arange(len(pattern))]
    shape = np.array([c == ":" for c in pattern])
    digits = text.astype(np.int64) - ord("0")
    fits = (text[:, shape] == ord(":")).all(axis=1) & ((digits >= 0) & (digits <= 9))[:, ~shape].all(axis=1)
    parts = [digits[:, [i for i, c in enumerate(pattern) if c == unit]] for unit in "hms"]
    hour, minute, second = (part @ (10 ** np.arange(part.shape[1])[::-1]) for part in parts)
    fits &= (hour < 24) & (minute < 60) & (second < 60)
    local[rows[fits]] = ((hour * 60 + minute) * 60 + second)[fits] * SECOND
    done[rows[fits]] = True


def _split(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """What stands before and after the first space; the second is null where there is none."""
    parts = pc.split_pattern(texts, " ", max_splits=1)
    count = np.asarray(pc.fill_null(pc.list_value_length(parts), 0))
    ends = np.cumsum(count)
    flat = parts.flatten()
    first = pa.array(ends - count, mask=count == 0)
    second = pa.array(ends - 1, mask=count < 2)
    return flat.take(first), flat.take(second)


def _parsed(texts: pa.Array, parse: Callable[[str], Stamp | None]) -> _Read:
    """Each distinct text parsed once."""
    coded = texts.dictionary_encode()
    stamps = [*map(parse, coded.dictionary.to_pylist()), None]
    codes = np.asarray(coded.indices.fill_null(len(stamps) - 1))
    local = np.array([s.local if s else 0 for s in stamps], dtype=np.int64)
    ahead = np.array([NEVER if s is None or s.ahead is None else s.ahead for s in stamps], dtype=np.int64)
    done = np.array([s is not None for s in stamps])
    return _Read(local[codes], ahead[codes], done[codes])


def _masked(micros: np.ndarray, nothing: np.ndarray) -> pa.Array:
    return pa.array(micros, pa.int64(), mask=nothing).cast(STAMP)
