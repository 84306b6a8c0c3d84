"""A figure against its target: three states, never two."""

from __future__ import annotations

import math
from enum import Enum
from typing import Literal

from latido.metrics.present import Tone
from latido.stats.estimate import Estimate


class Verdict(Enum):
    """Where a figure's interval lies."""

    ON_TARGET = "on_target"
    COMPATIBLE = "compatible"
    OFF_TARGET = "off_target"

    @property
    def sign(self) -> str:
        """A sign of its own, so that nothing rests on colour alone."""
        return _SHOWN[self][0]

    @property
    def tone(self) -> Tone:
        """Its colour."""
        return _SHOWN[self][1]


_SHOWN: dict[Verdict, tuple[str, Tone]] = {
    Verdict.ON_TARGET: ("✓", "good"),
    Verdict.COMPATIBLE: ("≈", "muted"),
    Verdict.OFF_TARGET: ("✗", "bad"),
}


def verdict(estimate: Estimate, target: float, better: Literal["higher", "lower"] | None) -> Verdict | None:
    """On target where the whole interval is on its good side, off where it is on the bad one.

    In between, the interval covers the target: the figure is compatible with it. Nothing can be said
    of an unknown figure or of a metric without a better direction.
    """
    if not estimate.known or better is None:
        return None
    sign = 1 if better == "higher" else -1
    ends = [sign * (end if not math.isnan(end) else estimate.value) for end in (estimate.low, estimate.high)]
    if min(ends) >= sign * target:
        return Verdict.ON_TARGET
    return Verdict.OFF_TARGET if max(ends) < sign * target else Verdict.COMPATIBLE
