"""What would be expected if drivers were otherwise, by two models side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.insights.drivers.found import Change, Effect, WhatIf
from latido.stats.bootstrap import interval
from latido.stats.expected import expected_change
from latido.stats.regression import slopes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from latido.insights.drivers.rows import Sample
    from latido.metrics.units import Variable
    from latido.stats.moments import Moments

HOURS = ".hours"


def what_if(
    asked: Mapping[str, float],
    outcomes: Sequence[Variable],
    drivers: Sequence[Variable],
    stack: Moments,
    sample: Sample,
    *,
    samples: int,
    seed: int,
) -> WhatIf:
    """The expected change of an outcome.

    Every row is moved: a wait that counts in doublings by hours, and none below 0 hours, so that who waits twenty
    minutes gains twenty at most; anything else by the same amount. The straight line (least squares on all rows,
    bootstrap of customers) and the model of single answers (proportional odds on the sample, variance by customer)
    answer the same question about the same rows.

    Args:
        asked: Driver → by how much it changes, in its unit; `<driver>.hours` for a wait that counts in doublings.
        outcomes: The outcome, and what its answers count where that is another thing.
        drivers: All of them.
        stack: Moments by block, of outcomes and drivers.
        sample: Some of the rows.
        samples: Bootstrap samples.
        seed: Of the samples.

    Raises:
        UnknownNameError: A change of what is no driver.
        UsageError: A change by nothing.
    """
    names = [each.name for each in drivers]
    x = np.column_stack([sample.column(name) for name in names])
    moved, changes = x.copy(), []
    for text, by in asked.items():
        variable, unit = _driver(text, drivers)
        if not np.isfinite(by) or by == 0:
            raise UsageError(_("{driver} has to change by some number.", driver=text))
        at = names.index(variable.name)
        moved[:, at] = _moved(moved[:, at], by, hours=unit == "h" and variable.unit != "h")
        changes.append(Change(variable, by, unit, float((moved[:, at] - x[:, at]).mean())))
    step = (moved - x).mean(axis=0)
    scores = sample.column(outcomes[0].name)
    expected = expected_change(x, moved, scores, [sample.column(each.name) for each in outcomes], blocks=sample.blocks)
    effects = []
    for outcome, answers in zip(outcomes, expected.changes, strict=True):
        own = stack.of([outcome.name, *names])
        drawn = slopes(own.resampled(samples, seed)) @ step
        line = interval(float(slopes(own.total()) @ step), drawn, float(own.total().n), own.blocks)
        effects.append(Effect(outcome, float(own.total().mean[0]), line, answers))
    return WhatIf(tuple(changes), tuple(effects), expected.n, expected.converged)


def _driver(text: str, drivers: Sequence[Variable]) -> tuple[Variable, str]:
    """The driver that a change names, and the unit in which it is said."""
    for each in drivers:
        if each.name == text:
            return each, each.unit
        if each.unit == "doublings" and text == each.name + HOURS:
            return each, "h"
    known = [each.name + (HOURS if each.unit == "doublings" else "") for each in drivers]
    raise UnknownNameError.among(_("driver"), text, known)


def _moved(values: NDArray[np.float64], by: float, *, hours: bool) -> NDArray[np.float64]:
    if not hours:
        return values + by
    return np.asarray(np.log2(1 + np.maximum(np.exp2(values) - 1 + by, 0)), dtype=np.float64)
