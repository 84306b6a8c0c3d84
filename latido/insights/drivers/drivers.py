"""The drivers of an outcome, from rows that the engine adds up: their number costs nothing afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.errors import UsageError
from latido.facts.catalog import Derived
from latido.i18n import _, _n
from latido.insights.drivers.found import Explained, Missing, Ranked
from latido.insights.drivers.level import level
from latido.insights.drivers.rows import Known, known, sampled
from latido.insights.drivers.segments import segments
from latido.insights.drivers.what_if import what_if
from latido.metrics.units import Units, moments, units
from latido.metrics.units import variable as named
from latido.stats.drivers import drivers as attributed
from latido.stats.importance import MOST

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Period
    from latido.metrics.query import Condition
    from latido.metrics.settings import Settings
    from latido.metrics.units import Grain, Variable
    from latido.stats.drivers import Drivers

    Execute = Callable[[Any], pd.DataFrame]

LEAST = 30
SAMPLES = 400
_HALF = 0.5


@dataclass(frozen=True)
class Asked:
    """What is wanted besides the order of the drivers.

    Attributes:
        missing: What becomes of rows in which a driver is not known.
        what_if: Driver → by how much it changes.
        by: A dimension by whose values the drivers are compared.
        samples: Bootstrap samples.
        seed: Of the samples.
    """

    missing: Missing = "complete"
    what_if: Mapping[str, float] | None = None
    by: str | None = None
    samples: int = SAMPLES
    seed: int = 0


def drivers(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Execute,
    outcome: Variable,
    names: Sequence[Variable],
    *,
    at: Grain,
    asked: Asked | None = None,
    named_by_person: bool = True,
    span: Period | None = None,
    after: Period | None = None,
    where: tuple[Condition, ...] = (),
    calendar: str = "24x7",
) -> Explained:
    """What an outcome goes with.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        outcome: What is to be explained.
        names: With what.
        at: What one row is.
        asked: Missing-data rule, changes to look at, segments.
        named_by_person: Whether all drivers are wanted; else those are passed over that fewer than half of the
            outcome's rows know.
        span: The days that are looked at; all data unless given.
        after: The days in which an outcome is looked for that follows (churn).
        where: Filters that all columns must know.
        calendar: Of durations.

    Raises:
        UsageError: More than 20 drivers, none, the outcome among them, or too few rows.
    """
    wanted = asked or Asked()
    check(outcome, names)
    found = tables if isinstance(tables, Derived) else Derived(tables.get)
    counted = companion(outcome)
    columns = list({each.name: each for each in (outcome, *counted, *names)}.values())
    rows = units(found, settings, execute, at, columns, span=span, after=after, where=where, calendar=calendar,
                 keep=(wanted.by,) if wanted.by else ())  # fmt: skip
    with found.passing(rows.rows) as kept:
        beside = replace(rows, rows=kept)
        told = of_units(beside, execute, outcome, names, wanted, counted=counted, named_by_person=named_by_person)
    return replace(told, span=span, after=after if outcome.follows else None)


def of_units(
    rows: Units,
    execute: Execute,
    outcome: Variable,
    names: Sequence[Variable],
    asked: Asked | None = None,
    *,
    counted: Sequence[Variable] = (),
    named_by_person: bool = True,
) -> Explained:
    """The same for columns that stand side by side already.

    Args:
        rows: Outcome, drivers and `counted`, one row a unit.
        execute: Runs an expression.
        outcome: What is to be explained.
        names: With what.
        asked: Missing-data rule, changes to look at, segments.
        counted: What the outcome's answers count besides.
        named_by_person: As for `drivers`.
    """
    wanted = asked or Asked()
    check(outcome, names)
    there = known(rows, execute, outcome.name, [each.name for each in (*counted, *names)])
    taken = [each for each in names if named_by_person or there.count[each.name] >= _HALF * max(there.asked, 1)]
    if not taken:
        raise UsageError(
            _("No driver of {outcome} is known in half of its rows.", outcome=outcome.label),
            _("Name the drivers, or another grain."),
        )
    return _explained(rows, execute, (outcome, *counted), taken, there, wanted, [e for e in names if e not in taken])


def _explained(  # noqa: PLR0917 - what one computation hands to its second half
    rows: Units,
    execute: Execute,
    outcomes: tuple[Variable, ...],
    taken: Sequence[Variable],
    there: Known,
    asked: Asked,
    passed: Sequence[Variable],
) -> Explained:
    outcome = outcomes[0]
    columns = tuple(dict.fromkeys(each.name for each in (*outcomes, *taken)))
    fill = asked.missing == "mean"
    stack = moments(rows, execute, columns, fill=fill, near=there.mean)[None]
    n = int(stack.n.sum())
    _enough(n, there, taken, rows.grain)
    found = attributed(stack, outcome.name, [each.name for each in taken], samples=asked.samples, seed=asked.seed)
    sample = sampled(rows, execute, columns, n, fill=there.mean if fill else None, spread=bool(asked.what_if))
    told = Explained(
        outcome=outcome, grain=rows.grain, mean=float(stack.total().mean[0]),
        ranked=_ranked(found, taken, there, sample), r2=found.r2, adjusted=found.adjusted, n=n, asked=there.asked,
        missing=asked.missing, passed=tuple(passed), samples=asked.samples,
    )  # fmt: skip
    drawn = {"samples": asked.samples, "seed": asked.seed}
    if asked.what_if:
        told = replace(told, what_if=what_if(asked.what_if, outcomes, taken, stack, sample, **drawn))
    if asked.by:
        stacks = moments(
            rows, execute, (outcome.name, *(e.name for e in taken)), fill=fill, near=there.mean, by=asked.by
        )
        by_value = {value: part for value, part in stacks.items() if value is not None}
        told = replace(told, segments=segments(asked.by, by_value, outcome.name, taken, seed=asked.seed))
    return told


def check(outcome: Variable, names: Sequence[Variable]) -> None:
    """Refuse what cannot be told apart.

    Raises:
        UsageError: No drivers, too many, one twice, or the outcome among them.
    """
    texts = [each.name for each in names]
    if not texts:
        raise UsageError(_("{outcome} needs at least one driver.", outcome=outcome.label))
    if len(texts) > MOST:
        raise UsageError(
            _("{count} drivers are too many: {most} can be told apart.", count=len(texts), most=MOST),
            _("Name the ones that you can act on, or take the mean of questions that belong together as one."),
        )
    if outcome.name in texts or len(set(texts)) < len(texts):
        raise UsageError(_("A driver is named twice, or is the outcome itself."))


def companion(outcome: Variable) -> tuple[Variable, ...]:
    """What the answers of a score count: points of the net promoter score, positives of CSAT."""
    if outcome.reading != "score" or outcome.question or outcome.metric.unit not in {"%", "points"}:
        return ()
    name = outcome.metric.name
    return (named(f"{name}@{outcome.preset}" if outcome.preset else name),)


def _ranked(found: Drivers, taken: Sequence[Variable], there: Known, sample: Any) -> tuple[Ranked, ...]:
    by_name = {each.name: each for each in taken}
    return tuple(
        Ranked(
            by_name[driver.name],
            driver,
            level(by_name[driver.name], driver.mean, np.asarray(sample.column(driver.name))),
            there.count[driver.name],
        )
        for driver in found.ranked
    )


def _enough(n: int, there: Known, taken: Sequence[Variable], at: Grain) -> None:
    """Refuse to say anything of too few rows.

    Raises:
        UsageError: There are fewer than 30, or than three a driver.
    """
    least = max(LEAST, 3 * (len(taken) + 1))
    if n >= least:
        return
    rarest = min(taken, key=lambda each: there.count[each.name])
    known_there = there.count[rarest.name]
    raise UsageError(
        _n("There is {count} row in which the outcome and all drivers are known; it takes {least}.",
           "There are {count} rows in which the outcome and all drivers are known; it takes {least}.",
           n, least=least),
        _("One row is one {grain}. The outcome is known in {asked}, {driver} in {known} of them: take more days, "
          "leave that out, or set what is missing to the mean.",
          grain=at.label, asked=there.asked, driver=rarest.label, known=known_there),
    )  # fmt: skip
