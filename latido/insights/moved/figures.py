"""The figure of single segments, as measuring them gives it, with its interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING

import pandas as pd

from latido.insights.moved.segments import NOW, THEN, extreme
from latido.stats.difference import difference

if TYPE_CHECKING:
    from latido.insights.moved.comparing import Comparing
    from latido.insights.moved.segments import Grouping
    from latido.insights.moved.sums import Floats
    from latido.insights.moved.waits import Steps
    from latido.stats.estimate import Estimate


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one grouping.

    Attributes:
        of: The metric in two periods.
        grouping: Its segments.
    """

    of: Comparing
    grouping: Grouping

    def both(self, segment: int) -> tuple[Estimate, Estimate]:
        """A segment's figure now, and then."""
        return self._figure(segment, NOW), self._figure(segment, THEN)

    def change(self, segment: int, now: Estimate, then: Estimate) -> Estimate:
        """Now minus then; of what comes in bursts, with an interval that knows of them."""
        plain = difference(now, then)
        far = float("nan") if self._reaches is None else float(self._reaches[segment])
        if not isfinite(far):
            return plain
        low, high = min(plain.low, plain.value - far), max(plain.high, plain.value + far)
        return replace(plain, low=low, high=high)

    @cached_property
    def _reaches(self) -> Floats | None:
        return self.of.reaches(self.grouping)

    def _figure(self, segment: int, side: int) -> Estimate:
        scope = (self.of.now, self.of.then)[side]
        return self.of.method.main(self._frame(segment, side), scope)

    def _frame(self, segment: int, side: int) -> pd.DataFrame:
        """One row of sums, or one row a waiting time."""
        if "_t" in self.of.found.rows:
            return self.of.waits.frame(self._steps, segment, side)
        return self._sums[side].iloc[segment : segment + 1]

    @cached_property
    def _steps(self) -> Steps:
        return self.of.waits.steps(self.grouping.place, len(self.grouping))

    @cached_property
    def _sums(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        found = self.of.found
        extremes = {name: found.extremes(name, self.grouping) for name in found.sums if extreme(name)}
        columns = {**self.grouping.sums, **extremes}
        now, then = (pd.DataFrame({name: x[:, side] for name, x in columns.items()}) for side in (NOW, THEN))
        return now, then
