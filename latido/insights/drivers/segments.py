"""Whether drivers weigh differently in parts of a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from latido.insights.drivers.found import Difference, Segments
from latido.stats.critical import student
from latido.stats.discovery import p_value, q_values
from latido.stats.estimate import Estimate
from latido.stats.regression import slopes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from latido.metrics.units import Variable
    from latido.stats.moments import Moments

    Floats = NDArray[np.float64]

LEVEL = 0.05
_ROWS = 100
_ROWS_A_DRIVER = 10
_BLOCKS = 30
# With 300, standard errors waver so much that 7 in 100 quiet companies are told something; with 1,000, 4.
_SAMPLES = 1_000


def segments(
    by: str,
    stacks: Mapping[str, Moments],
    outcome: str,
    drivers: Sequence[Variable],
    *,
    seed: int,
) -> Segments:
    """Each driver's coefficient in each segment against that in all other rows, judged together.

    Blocks of customers are drawn for all segments at once, since a customer may be in several. A difference is told
    where its q-value (Benjamini & Hochberg over all drivers and segments) is at most .05 and its own interval
    leaves out 0. Of two segments only one is compared: the other says the same.

    Args:
        by: The dimension.
        stacks: Its value → moments by block, of the outcome and all drivers.
        outcome: What is explained.
        drivers: With what.
        seed: Of the bootstrap samples.
    """
    names = [each.name for each in drivers]
    own = {value: stack.of([outcome, *names]) for value, stack in stacks.items()}
    least = max(_ROWS, _ROWS_A_DRIVER * (len(names) + 1))
    large = [value for value, stack in own.items() if stack.n.sum() >= least and stack.blocks >= _BLOCKS]
    small = tuple(sorted(value for value in own if value not in large))
    found: list[Difference] = []
    for value in sorted(large)[: 1 if len(own) == 2 and len(large) == 2 else None]:
        others = [stack for other, stack in own.items() if other != value]
        if not others:
            continue
        rest = sum(others[1:], start=others[0])
        if rest.n.sum() >= least and rest.blocks >= _BLOCKS:
            # The same seed draws the same blocks.
            drawn = slopes(own[value].resampled(_SAMPLES, seed)), slopes(rest.resampled(_SAMPLES, seed))
            found += _against(value, (own[value], rest), drawn, drivers)
    return Segments(by, _judged(found), small)


def _against(
    value: str, sides: tuple[Moments, Moments], drawn: tuple[Floats, Floats], drivers: Sequence[Variable]
) -> list[Difference]:
    here, rest = (side.total() for side in sides)
    mine, theirs = slopes(here), slopes(rest)
    degrees = min(side.blocks for side in sides) - 1
    told = []
    for at, variable in enumerate(drivers):
        if not (here.deviation[at + 1] > 0 and rest.deviation[at + 1] > 0):
            continue
        change = _sure(mine[at] - theirs[at], drawn[0][:, at] - drawn[1][:, at], float(here.n + rest.n), degrees)
        one = _sure(mine[at], drawn[0][:, at], float(here.n), degrees)
        other = _sure(theirs[at], drawn[1][:, at], float(rest.n), degrees)
        told.append(Difference(variable, value, one, other, change, p_value(change, degrees), 1.0, holds=False))
    return told


def _sure(value: float, drawn: Floats, n: float, degrees: int) -> Estimate:
    """A value with its bootstrap standard error and t: quantiles of some hundred samples say too little far out."""
    reach = student(0.95, degrees) * float(np.std(drawn, ddof=1))
    return Estimate(float(value), float(value - reach), float(value + reach), n, method="block_bootstrap")


def _judged(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """All of them as one family, the clearest first."""
    q = q_values([each.p for each in found])
    judged = [
        replace(each, q=float(own), holds=own <= LEVEL and (each.difference.low > 0 or each.difference.high < 0))
        for each, own in zip(found, q, strict=True)
    ]
    return tuple(sorted(judged, key=lambda each: (each.q, each.p)))
