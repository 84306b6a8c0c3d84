"""Waiting times of every segment at once: Kaplan–Meier of thousands of groups in both periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from latido.insights.moved.sums import added

if TYPE_CHECKING:
    from latido.insights.moved.segments import Finest
    from latido.insights.moved.sums import Codes, Floats

Read = tuple["Floats", "Floats", "Floats"]
_NOBODY = 1e-12  # of those at risk
_ENDED = -50.0  # log S once everybody has ended
# Sums of thousands of logarithms are off by less than this; two steps of a curve differ by more.
_TOLERANCE = 1e-9
_FEW = 2**15  # group numbers that fit into 16 bits are sorted in linear time


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of many groups' curves: one row a distinct time of a group, in the order of both.

    Attributes:
        group: Group of each row, ascending; each has rows.
        time: Place of its time among all times.
        sums: Sum → its value by row and side; `n` observed, `k` ended.
        groups: How many groups there are.
        times: How many times there are.
    """

    group: Codes
    time: Codes
    sums: Mapping[str, Floats]
    groups: int
    times: int

    @cached_property
    def first(self) -> Codes:
        """First row of each group."""
        return np.searchsorted(self.group, np.arange(self.groups))

    @property
    def last(self) -> Codes:
        """Last row of each group."""
        return np.append(self.first[1:], len(self.group)) - 1

    def half(self) -> Codes:
        """Of each group, the row at which half of both periods together has had the event; its last where never."""
        n, k = (self.sums[name].sum(axis=1) for name in "nk")
        log, _greenwood = _falls(self._risk(n), k)
        start = self.first[self.group]
        total = np.cumsum(log)
        row = np.arange(len(log))
        reached = np.where(total - (total[start] - log[start]) <= np.log(0.5) + _TOLERANCE, row, len(log))
        return np.minimum(np.minimum.reduceat(reached, self.first), self.last) if len(log) else row

    def at(self, time: int) -> Codes:
        """Of each group, the last row up to a time; the one before its first where there is none."""
        key = self.group * self.times + self.time
        return np.searchsorted(key, np.arange(self.groups) * self.times + time, side="right") - 1

    def read(self, row: Codes, effect: Floats) -> tuple[Read, Read]:
        """S, Greenwood's sum and the number of values of each group at a row of its own, in either period.

        Args:
            row: Of each group.
            effect: Of each group, how many values say no more than one: the design effect of waits that hang together.
        """
        upto = np.arange(len(self.group)) <= row[self.group]
        now, then = (self._read(side, upto, effect) for side in (0, 1))
        return now, then

    def _read(self, side: int, upto: NDArray[np.bool_], effect: Floats) -> Read:
        """One period, from the rows that count."""
        n, k = (np.ascontiguousarray(self.sums[name][:, side]) for name in "nk")
        counts = np.flatnonzero(upto & (k > 0))
        log, greenwood = _falls(self._risk(n)[counts], k[counts])
        fallen, spread = (np.bincount(self.group[counts], x, self.groups) for x in (log, greenwood))
        return np.exp(fallen), spread * effect, np.add.reduceat(n, self.first) / effect

    def _risk(self, n: Floats) -> Floats:
        """How many are still waiting just before each row."""
        before = np.cumsum(n) - n
        return np.asarray(
            np.bincount(self.group, n, self.groups)[self.group] - (before - before[self.first][self.group])
        )


@dataclass(frozen=True, eq=False)
class Waits:
    """The rows of a metric's finest cells by their waiting time, ready to be grouped.

    Attributes:
        found: The cells.
    """

    found: Finest

    @cached_property
    def times(self) -> Codes:
        """The distinct waiting times as the engine groups them, ascending."""
        return np.unique(self.found.rows["_t"].to_numpy())

    def steps(self, place: Codes, groups: int) -> Steps:
        """The steps of each segment's curves.

        Args:
            place: Segment of each cell, −1 for none.
            groups: How many segments there are.
        """
        cell, side, time, sums = self._sorted
        segment = place[cell]
        known = np.flatnonzero(segment >= 0)
        own = segment[known]
        order = np.argsort(own.astype(np.int16) if groups < _FEW else own, kind="stable")
        rows, group = known[order], own[order]
        new = np.ones(len(rows), dtype=bool)
        new[1:] = (group[1:] != group[:-1]) | (time[rows][1:] != time[rows][:-1])
        at = (np.cumsum(new) - 1) * 2 + side[rows]
        steps = {name: added(at, values[rows], int(new.sum())) for name, values in sums.items()}
        return Steps(group[new], time[rows][new], steps, groups, len(self.times))

    def frame(self, steps: Steps, group: int, side: int) -> pd.DataFrame:
        """One group and side as a metric's method reads it: one row a waiting time."""
        own = slice(steps.first[group], steps.last[group] + 1)
        values = np.column_stack([self.times[steps.time[own]], *(sums[own, side] for sums in steps.sums.values())])
        return pd.DataFrame(values[steps.sums["n"][own, side] > 0], columns=self._columns)

    @cached_property
    def _columns(self) -> pd.Index[Any]:
        return pd.Index(["_t", *self.found.sums])

    @cached_property
    def _sorted(self) -> tuple[Codes, Codes, Codes, Mapping[str, Floats]]:
        """Cell, side, time and sums of the rows, in the order of time."""
        found = self.found
        time = np.searchsorted(self.times, found.rows["_t"].to_numpy())
        order = np.argsort(time, kind="stable")
        sums = {name: found.values(name)[order] for name in found.sums}
        return found.cell[order], found.side[order], time[order], sums


def _falls(risk: Floats, k: Floats) -> tuple[Floats, Floats]:
    """By how much the logarithm of S falls at each row, and the step of Greenwood's sum."""
    left = risk - k
    gone = (k > 0) & (left <= _NOBODY * risk)
    stays = (k == 0) | gone
    # Once nobody is left the logarithm has no end: a finite one, so that the next groups' sums keep their digits.
    log = np.where(gone, _ENDED, np.log(np.where(stays, 1, left) / np.where(stays, 1, risk)))
    return log, np.where(stays, 0, k / np.where(stays, 1, risk * left))
