"""Drivers in words: how much goes with each, which way, how sure that is, and that it is no cause."""

from __future__ import annotations

from math import floor, isnan, log10
from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _, _n, number, percent
from latido.metrics.names import dimension_name, preset_name, value_name
from latido.metrics.present import NOTHING, Cell, Column, Grid, Tone, span_label, unit_label
from latido.metrics.units.variable import LABELS

if TYPE_CHECKING:
    from latido.insights.drivers import Change, Difference, Effect, Explained, Ranked, WhatIf
    from latido.metrics.measurement import Period
    from latido.metrics.units import Grain, Variable
    from latido.stats.estimate import Estimate

ASSOCIATION = _("This says what goes together, not what causes what: association, not cause.")
PLACES: dict[str, Message] = {
    "improve": _("Improve first: it matters, and there is room"),
    "keep": _("Keep it up: it matters, and is good"),
    "next": _("Comes later: there is room, but it matters less"),
    "fine": _("Good enough: it is good, and matters less"),
    "against": _("Look closer: better goes with worse here"),
    "unclear": _("Cannot be told from chance"),
}
_RISES, _FALLS, _UNCLEAR = _("rises with it"), _("falls as it rises"), _("unclear")
_STEPS: dict[str, tuple[float, Message]] = {
    "doublings": (1, _("each doubling of the wait")),
    "h": (1, _("each hour more")),
    "times": (1, _("each one more")),
    "%": (10, _("each 10 percentage points more")),
    "points": (10, _("each 10 points more")),
    "score": (1, _("each point more")),
    "scale points": (1, _("each point more")),
    "tickets": (1, _("each ticket more")),
    "touches": (1, _("each reply more")),
    "currency": (100, _("each 100 more")),
}
_OF: dict[str, Message] = {
    "points": _("points"),
    "scale points": _("points of the scale"),
    "%": _("pp"),
    "currency": _("of money"),
    **LABELS,
    "doublings": _("doublings"),
}


def name(variable: Variable) -> str:
    """A column for people: the metric, and which reading of it where there are several."""
    return f"{variable.label} · {preset_name(variable.preset)}" if variable.preset else variable.label


def step(variable: Variable) -> tuple[float, Message]:
    """By how much of its unit one more of a driver is said, and how that is called."""
    return _STEPS.get(variable.unit, (1, _("each one more")))


def amount(value: float, unit: str, digits: int) -> str:
    """A size in its unit: 0.27 points of the scale, 2.4 pp, 1.5 hours."""
    return f"{plain(value, digits)} {unit_name(unit)}"


def unit_name(unit: str) -> str:
    """What one of a unit is called."""
    return str(_OF[unit]) if unit in _OF else unit_label(unit)


def plain(value: float, digits: int) -> str:
    """A number with a minus that is one."""
    return NOTHING if isnan(value) else number(value, digits).replace("-", "−")


def signed(value: float, digits: int) -> str:
    """A number that says its sign."""
    return ("+" if value > 0 else "") + plain(value, digits)


def digits(estimate: Estimate) -> int:
    """As many decimals as the interval's width bears."""
    width = estimate.high - estimate.low
    if not width > 0:
        width = abs(estimate.value) or 1.0
    return max(0, min(4, -floor(log10(width / 2))))


def bounds(estimate: Estimate, n: int | None = None) -> str:
    """The interval in words, with so many decimals."""
    n = digits(estimate) if n is None else n
    return str(_("{low} to {high}", low=plain(estimate.low, n), high=plain(estimate.high, n)))


def per_step(each: Ranked) -> Estimate:
    """The coefficient for as much more of the driver as is said."""
    return each.driver.coefficient.scaled(step(each.variable)[0])


def units_of(grain: Grain, n: float) -> Message:
    """So many rows, by what one of them is."""
    return {
        "ticket": _n("{count} ticket", "{count} tickets", n),
        "customer": _n("{count} customer", "{count} customers", n),
    }.get(grain.name, _n("{count} week of a team", "{count} weeks of teams", n))


def headline(found: Explained) -> str:
    """How much goes with all drivers together, of what, in how many rows."""
    return str(_(
        "Together they go with {r2} of the differences in {outcome} ({low} to {high}), over {rows}.",
        r2=percent(found.r2.value), low=percent(found.r2.low), high=percent(found.r2.high),
        outcome=name(found.outcome), rows=units_of(found.grain, found.n),
    ))  # fmt: skip


def sentence(found: Explained, rank: int) -> str:
    """One driver: its part of what is explained, which way it goes, and how far, at least and at most."""
    each = found.ranked[rank]
    share = each.driver.share
    told = {
        "rank": rank + 1, "driver": name(each.variable), "share": percent(share.value / 100),
        "low": percent(share.low / 100), "high": percent(share.high / 100),
    }  # fmt: skip
    if not each.driver.holds:
        return str(_("{rank}. {driver}: {share} of that part ({low} to {high}); beside the others it cannot be told "
                     "from chance.", **told))  # fmt: skip
    first = _("{rank}. {driver}: {share} of that part ({low} to {high}).", **told)
    also = _("Mind the direction: better goes with worse here.") if found.against(each) else ""
    return " ".join(filter(None, (str(first), way(found, each), str(also))))


def way(found: Explained, each: Ranked) -> str:
    """Which way a driver goes, and by how much."""
    effect, unit = per_step(each), found.outcome.unit
    n = digits(effect)
    low, high = sorted((abs(effect.low), abs(effect.high)))
    told = {
        "step": _capital(str(step(each.variable)[1])), "amount": amount(abs(effect.value), unit, n),
        "least": plain(low, n), "most": plain(high, n),
    }  # fmt: skip
    if effect.value < 0:
        return str(_("{step} goes with {amount} less ({least} to {most}).", **told))
    return str(_("{step} goes with {amount} more ({least} to {most}).", **told))


def sentences(found: Explained) -> list[str]:
    """All that is found, in words; association, and not cause, always among it."""
    told = [headline(found), *(sentence(found, rank) for rank in range(len(found.ranked)))]
    told += what_if(found) if found.what_if else []
    told += differences(found) if found.segments else []
    return [*told, *notes(found)]


def what_if(found: Explained) -> list[str]:
    """What would be expected, by both models."""
    told = found.what_if
    return [] if told is None else [premise(found, told), *(expectation(effect) for effect in told.effects)]


def premise(found: Explained, told: WhatIf) -> str:
    """What would be otherwise."""
    changes = ", ".join(changed(each) for each in told.changes)
    return str(_("With {changes} for every {grain}, if all went on going together as it does now:",
                 grain=found.grain.label, changes=changes))  # fmt: skip


def changed(change: Change) -> str:
    """How one driver is otherwise: 1 hour less of first reply time."""
    size = abs(change.by)
    by = plain(size, 0 if float(size).is_integer() else 2)
    if change.unit == "h":
        told = {"by": _n("{by} hour", "{by} hours", size, by=by), "driver": name(change.variable)}
        return str(_("{by} less of {driver}", **told) if change.by < 0 else _("{by} more of {driver}", **told))
    told = {"by": f"{by} {unit_name('%')}" if change.unit == "%" else by, "driver": name(change.variable)}
    return str(_("{by} less in {driver}", **told) if change.by < 0 else _("{by} more in {driver}", **told))


class Expectation(NamedTuple):
    """What would be expected of one reading of the outcome, by both models, in letters."""

    outcome: str
    unit: str
    now: str
    line: str
    line_interval: str
    answers: str
    answers_interval: str


def expectations(found: Explained) -> list[Expectation]:
    """What would be expected, side by side."""
    return [_expectation(each) for each in (found.what_if.effects if found.what_if else ())]


def _expectation(effect: Effect) -> Expectation:
    line, other = effect.line, effect.answers
    n = max(digits(line), digits(other))
    return Expectation(
        name(effect.outcome), unit_name(effect.outcome.unit), plain(effect.now, 2), signed(line.value, n),
        bounds(line, n), signed(other.value, n), bounds(other, n),
    )  # fmt: skip


def expectation(effect: Effect) -> str:
    """What would be expected of one reading of the outcome, in one sentence."""
    told = _expectation(effect)
    return str(_(
        "{outcome}: expected {line} {unit} ({line_bounds}) by the straight line, {other} ({other_bounds}) by the "
        "model of single answers; now {now}.",
        outcome=told.outcome, unit=told.unit, line=told.line, line_bounds=told.line_interval, other=told.answers,
        other_bounds=told.answers_interval, now=told.now,
    ))  # fmt: skip


def differences(found: Explained) -> list[str]:
    """Where drivers weigh differently; that nothing of the kind holds, where nothing does."""
    segments = found.segments
    if segments is None:
        return []
    told = [difference(found, segments.by, each) for each in segments.told]
    if not told:
        told = [str(_("That drivers weigh differently by {dimension} cannot be told from chance.",
                      dimension=dimension_name(segments.by)))]  # fmt: skip
    if segments.small:
        listed = ", ".join(value_name(segments.by, value) for value in segments.small)
        told.append(str(_("Too small to compare: {listed}.", listed=listed)))
    return told


def difference(found: Explained, by: str, each: Difference) -> str:
    """One driver in one segment against all others."""
    size, phrase = step(each.variable)
    here, there = each.here.scaled(size), each.elsewhere.scaled(size)
    return str(_(
        "{driver} in {dimension} {segment}: {step} goes with {here} ({here_bounds}), elsewhere with {there} "
        "({there_bounds}) {unit}.",
        driver=name(each.variable), dimension=dimension_name(by), segment=value_name(by, each.segment),
        step=phrase, here=signed(here.value, digits(here)), here_bounds=bounds(here),
        there=signed(there.value, digits(there)), there_bounds=bounds(there), unit=unit_name(found.outcome.unit),
    ))  # fmt: skip


def notes(found: Explained) -> list[str]:
    """What was left out or filled in, what can hardly be told apart, which days, and that it is no cause."""
    told: list[str | Message] = [ASSOCIATION]
    lacking = [(name(each.variable), found.asked - each.known) for each in found.ranked if each.known < found.asked]
    listed = ", ".join(f"{label} {number(count)}" for label, count in sorted(lacking, key=lambda pair: -pair[1]))
    of = units_of(found.grain, found.asked)
    if lacking and found.missing == "complete":
        told.append(_("Of {rows} with a known outcome {count} were left out, because a driver is not known there: "
                      "{listed}.", rows=of, count=found.asked - found.n, listed=listed))  # fmt: skip
    elif lacking:
        told.append(_("Of {rows} these lack a driver, which was set to its mean: {listed}.", rows=of, listed=listed))
        if any(2 * each.known < found.asked for each in found.ranked):
            told.append(_("Where more than half is set to the mean, a driver's share is understated."))
    if found.passed:
        told.append(_("Not taken, because fewer than half of the rows know them: {listed}.",
                      listed=", ".join(map(name, found.passed))))  # fmt: skip
    alike = [name(each.variable) for each in found.ranked if each.alike]
    if alike:
        told.append(_("These can hardly be told apart from the others (VIF of 5 or more), so that their shares may "
                      "belong to one another: {listed}.", listed=", ".join(alike)))  # fmt: skip
    if any(each.variable.unit == "doublings" for each in found.ranked):
        told.append(_("A wait counts in doublings of 1 hour + the wait, so that a few very long ones do not decide: "
                      "from none to 1 hour is one, from 1 to 3 hours the next, from 3 to 7 one more."))  # fmt: skip
    if found.after:
        told.append(_("The drivers are those until {day}; the outcome is looked for in {after}.",
                      day=found.after.start, after=_span(found.after)))  # fmt: skip
    if found.what_if:
        told.append(_("“Now” is of {rows} alone, in which all of this is known; the metric's own figure is of all.",
                      rows=units_of(found.grain, found.n)))  # fmt: skip
    if found.what_if and not found.what_if.converged:
        told.append(_("The model of single answers was not found for certain: rely on the straight line."))
    return [str(text) for text in told]


def grid(found: Explained) -> Grid:
    """The drivers as a table, the largest share first."""
    columns = (
        Column("#"), Column(str(_("driver")), right=False), Column(str(_("share"))),
        Column(str(_("95% interval")), spare=1), Column(str(_("direction")), right=False),
        Column(str(_("how much")), right=False), Column(str(_("95% interval")), spare=3),
        Column(str(_("level")), spare=2), Column("VIF", spare=4), Column(str(_("known in")), spare=5),
    )  # fmt: skip
    rows = tuple(_cells(found, rank) for rank in range(len(found.ranked)))
    told = (*(what_if(found) if found.what_if else ()), *(differences(found) if found.segments else ()), *notes(found))
    return Grid(str(_("Drivers of {outcome}", outcome=name(found.outcome))), headline(found), columns, rows, told)


def _cells(found: Explained, rank: int) -> tuple[Cell, ...]:
    each = found.ranked[rank]
    share, effect = each.driver.share, per_step(each)
    sure = str(_("{low} to {high}", low=plain(share.low, 1), high=plain(share.high, 1)))
    return (
        Cell(str(rank + 1)), Cell(name(each.variable)), Cell(percent(share.value / 100)), Cell(sure, "muted"),
        Cell(*direction(found, each)),
        Cell(f"{step(each.variable)[1]}: {signed(effect.value, digits(effect))}"), Cell(bounds(effect), "muted"),
        Cell(NOTHING if each.level is None else plain(each.level.position, 0)),
        Cell(NOTHING if each.driver.vif == float("inf") else plain(each.driver.vif, 1)), Cell(number(each.known)),
    )  # fmt: skip


def direction(found: Explained, each: Ranked) -> tuple[str, Tone]:
    """Which way it goes in a word with a sign, and whether that is good, bad or nothing."""
    if not each.driver.holds:
        return f"○ {_UNCLEAR}", "muted"
    up = each.driver.coefficient.value > 0
    tone: Tone = "plain"
    if found.outcome.better is not None:
        tone = "good" if up == (found.outcome.better == "higher") else "bad"
    return (f"▲ {_RISES}" if up else f"▼ {_FALLS}"), tone


def _span(period: Period) -> str:
    return span_label(period.start, period.end)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
