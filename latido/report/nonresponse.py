"""Who did not answer, in words: the score raw and weighted, who keeps silent, and how wrong that would have to be."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _, _n, duration, number
from latido.insights.nonresponse.traits import OTHER
from latido.metrics.names import dimension_name, group_name, value_said
from latido.metrics.present import Cell, Column, Grid, quantity, span_label
from latido.report.sizes import between, size

if TYPE_CHECKING:
    from latido.insights.nonresponse import Nonresponse, Scored
    from latido.insights.nonresponse.traits import Level, Trait
    from latido.metrics.metric import Metric
    from latido.stats.estimate import Estimate
    from latido.workspace import Workspace

_TRAITS: dict[str, Message] = {
    "open": _("A ticket was open when asked"),
    "about": _("The ticket that was asked about"),
    "tenure": _("Customer for"),
}
_LEVELS: dict[tuple[str, str | None], Message] = {
    ("open", "0"): _("no"),
    ("open", "1"): _("yes"),
    ("about", "0"): _("none that is known"),
    ("about", "1"): _("went smoothly"),
    ("about", "2"): _("was slow, handed over or reopened"),
    ("tenure", "0"): _("less than half a year"),
    ("tenure", "1"): _("half a year to 2 years"),
    ("tenure", "2"): _("2 to 5 years"),
    ("tenure", "3"): _("more than 5 years"),
    ("tenure", None): _("not known"),
}
_MOST = 3  # counts are told apart up to it
_FAR = 0.005  # share of the answers or people below which it is not worth a sentence


class Threshold(NamedTuple):
    """A figure that would overturn what the score says.

    Attributes:
        name: What it is.
        value: The figure.
    """

    name: str
    value: float


def sentences(found: Nonresponse, group: Scored, thresholds: tuple[Threshold, ...] = ()) -> tuple[str, ...]:
    """All that is to be said of one score."""
    return (headline(found, group), *weights(found, group), *silent(found, group),
            *(overturn(found, group, one) for one in thresholds), *caveat(group))  # fmt: skip


def headline(found: Nonresponse, group: Scored) -> str:
    """The score of those who answered, and weighted for those who did not."""
    unit = found.metric.unit
    if not group.raw.known:
        return str(_("Too few answered for a score to be shown: {n}.", n=group.answered))
    told = {"score": name(found, group), "raw": quantity(group.raw.value, unit), "range": between(group.raw, unit)}
    if not group.weighted.known:
        return str(_("{score} is {raw} among those who answered ({range}); for weights there is too little to go by.",
                     **told))  # fmt: skip
    weighted = {"weighted": quantity(group.weighted.value, unit), "band": between(group.weighted, unit)}
    if found.whom == "customers":
        return str(_("{score} is {raw} among those who answered ({range}); weighted for all customers it is {weighted} "
                     "({band}).", **told, **weighted))  # fmt: skip
    return str(_("{score} is {raw} among those who answered ({range}); weighted for those who did not, it is "
                 "{weighted} ({band}).", **told, **weighted))  # fmt: skip


def name(found: Nonresponse, group: Scored) -> str:
    """The metric, and the kind of survey in brackets where there are several."""
    told = group_name(group.keys) if len(found.groups) > 1 else ""
    return f"{found.metric.label} · {told}" if told else str(found.metric.label)


def weights(found: Nonresponse, group: Scored) -> tuple[str, ...]:
    """What the weights do, and what they cost; nothing where there are none."""
    raked = group.raked
    if raked is None:
        return ()
    low, high = (number(float(x), 1) for x in (raked.weights.min(), raked.weights.max()))
    told: list[Message] = [
        _("An answer counts {low} to {high} times: more where people like those who gave it answer seldom.",
          low=low, high=high),
        _("Weighted, {n} answers say as much as {worth} plain ones.", n=group.answered, worth=round(raked.effective)),
    ]  # fmt: skip
    if raked.capped > _FAR:
        told.append(_("{share} of the answers count as much as the cap of {cap} allows; without it they would count "
                      "more.", share=_percent(100 * raked.capped), cap=found.cap))  # fmt: skip
    if raked.uncovered > _FAR:
        told.append(_("For {share} of the people nobody like them answered: no weight speaks for them.",
                      share=_percent(100 * raked.uncovered)))  # fmt: skip
    if group.robust.known and found.whom == "asked":
        told.append(_("A second method, which foresees who answers and what, says {value} ({range}).",
                      value=quantity(group.robust.value, found.metric.unit),
                      range=between(group.robust, found.metric.unit)))  # fmt: skip
    return tuple(map(str, told))


def silent(found: Nonresponse, group: Scored) -> tuple[str, ...]:
    """How many answered, and who least."""
    share = _("{answered} of {asked} invitations were answered: {share} ({range}).", answered=group.answered,
              asked=group.asked, share=_percent(group.response.value), range=between(group.response, "%"))  # fmt: skip
    clear = [trait for trait in group.traits if trait.tells > 0]
    if not clear:
        return (str(share), str(_("No difference in who answers can be told from chance.")))
    return (str(share), answering(found, clear[0]))


def answering(found: Nonresponse, trait: Trait) -> str:
    """Which level of a trait answered least, and which most."""
    few, many = trait.gap
    return str(_("{trait}: with “{few}” {low} answered ({low_range}), with “{many}” {high} ({high_range}).",
                 trait=trait_name(found, trait.name), few=level_name(trait.name, few), low=_percent(few.rate.value),
                 low_range=between(few.rate, "%"), many=level_name(trait.name, many), high=_percent(many.rate.value),
                 high_range=between(many.rate, "%")))  # fmt: skip


def trait_name(found: Nonresponse, trait: str) -> str:
    """What people are told apart by."""
    days = found.before.days
    if trait == "tickets":
        return str(_n("Tickets of the last day", "Tickets of the last {count} days", days))
    if trait == "rough":
        return str(_n("Slow, handed-over or reopened tickets of the last day",
                      "Slow, handed-over or reopened tickets of the last {count} days", days))  # fmt: skip
    return str(_TRAITS[trait]) if trait in _TRAITS else dimension_name(trait)


def level_name(trait: str, level: Level) -> str:
    """A level in words: “none”, “3 or more”, “half a year to 2 years”, a dimension's value."""
    if (trait, level.value) in _LEVELS:
        return str(_LEVELS[trait, level.value])
    if trait in {"tickets", "rough"}:
        count = int(level.value or 0)
        return str(_("{n} or more", n=count)) if count >= _MOST else number(count)
    return str(_("Other")) if level.value == OTHER else value_said(trait, level.value)


def thresholds(workspace: Workspace, found: Nonresponse, group: Scored) -> tuple[Threshold, ...]:
    """Figures that would overturn what is said: the target, nought of a net score, the score before."""
    target = workspace.targets.get(found.metric.name)
    goal = target.of(group.keys) if target else None
    then = next((other for other in found.then.groups if other.keys == group.keys), None) if found.then else None
    told = [Threshold(str(_("the target")), goal)] if goal is not None else []
    told += [Threshold(str(_("the score before")), then.weighted.value)] if then and then.weighted.known else []
    net = found.metric.unit == "points"
    return (*told, Threshold(str(_("as many promoters as detractors")), 0)) if net else tuple(told)


def shifted(found: Nonresponse, group: Scored, by: float) -> str:
    """What the score would be if the silent differed by so much from people like them who answered."""
    unit, there = found.metric.unit, group.shifted(by)
    told = {"size": size(abs(by), unit), "score": quantity(there.value, unit), "range": between(there, unit)}
    if by < 0:
        return str(_("If those who did not answer are {size} worse than people like them who did, the score is {score} "
                     "({range}).", **told))  # fmt: skip
    if by > 0:
        return str(_("If those who did not answer are {size} better than people like them who did, the score is "
                     "{score} ({range}).", **told))  # fmt: skip
    return str(_("If those who did not answer are like people like them who did, the score is {score} ({range}).",
                 **told))  # fmt: skip


def overturn(found: Nonresponse, group: Scored, at: Threshold) -> str:
    """How much worse or better the silent would have to be for the score to be another."""
    unit, needed = found.metric.unit, group.tipping(at.value)
    told = {"what": at.name, "value": quantity(at.value, unit), "size": size(abs(needed.shift), unit),
            "sure": size(abs(needed.unsure), unit)}  # fmt: skip
    if not needed.possible:
        return str(_("For {what} ({value}) the silent would have to be beyond the scale: silence alone cannot explain "
                     "it.", **told))  # fmt: skip
    if not needed.unsure:
        return str(_("The interval covers {what} ({value}) as it stands.", **told))
    if needed.shift < 0:
        return str(_("For {what} ({value}) the silent would have to be {size} worse than people like them who "
                     "answered; from {sure} on that cannot be ruled out.", **told))  # fmt: skip
    return str(_("For {what} ({value}) the silent would have to be {size} better than people like them who "
                 "answered; from {sure} on that cannot be ruled out.", **told))  # fmt: skip


def caveat(group: Scored) -> tuple[str, ...]:
    """What no weight can do."""
    if not group.weighted.known:
        return ()
    return (str(_("Who keeps silent because of the score itself, and not for what they lived, is seen by no weight.")),)


def grid(found: Nonresponse, notes: tuple[str, ...] = ()) -> Grid:
    """The scores as a table: raw, weighted, and by the second method."""
    unit = found.metric.unit
    columns = (Column(str(_("score")), right=False), Column(str(_("value"))), Column(str(_("95% interval"))),
               Column("n"))  # fmt: skip
    rows = [
        (Cell(label), Cell(quantity(one.value, unit)), Cell(between(one, unit), "muted"), Cell(number(round(n))))
        for group in found.groups
        for label, one, n in _figures(found, group)
    ]
    return Grid(str(_("Who did not answer")), subtitle(found), columns, tuple(rows), notes)


def _figures(found: Nonresponse, group: Scored) -> list[tuple[str, Estimate, float]]:
    prefix = f"{group_name(group.keys)}: " if len(found.groups) > 1 else ""
    effective = group.raked.effective if group.raked else 0
    told = [(_("as answered"), group.raw, group.answered), (_("weighted"), group.weighted, effective),
            (_("by the second method"), group.robust, group.answered)]  # fmt: skip
    return [(f"{prefix}{label}", one, n) for label, one, n in told]


def subtitle(found: Nonresponse) -> str:
    """The metric and the days of asking."""
    span = span_label(found.period.start, found.period.end) if found.period else ""
    return " · ".join(filter(None, (str(found.metric.label), span)))


def levels_grid(found: Nonresponse, group: Scored) -> Grid:
    """Who answered, trait by trait."""
    columns = (Column(str(_("what is known of people")), right=False), Column(str(_("level")), right=False),
               Column(str(_("asked"))), Column(str(_("answered"))), Column(str(_("share"))),
               Column(str(_("95% interval")), spare=1))  # fmt: skip
    rows = [_level_cells(found, trait, level, i) for trait in group.traits for i, level in enumerate(trait.levels)]
    return Grid(str(_("Who answers")), name(found, group), columns, tuple(rows), slow(found))


def slow(found: Nonresponse) -> tuple[str, ...]:
    """When a ticket counts as slow; nothing where there are none."""
    if isnan(found.before.slow):
        return ()
    told = {"time": duration(found.before.slow), "calendar": found.before.calendar}
    return (str(_("Slow: not solved within {time} of the calendar “{calendar}”.", **told)),)


def _level_cells(found: Nonresponse, trait: Trait, level: Level, place: int) -> tuple[Cell, ...]:
    return (
        Cell("" if place else trait_name(found, trait.name)),
        Cell(level_name(trait.name, level)),
        Cell(number(level.asked)),
        Cell(number(level.answered)),
        Cell(_percent(level.rate.value)),
        Cell(between(level.rate, "%"), "muted"),
    )


def nobody(metric: Metric) -> tuple[str, str]:
    """What is said where no invitations are kept, and what to do."""
    told = _("No invitations to {metric} surveys are kept for these days.", metric=metric.label)
    hint = _("Import whom you asked, not only what was answered: one row per invitation, with the customer, the survey "
             "and when it was sent (table “asks”). Without it nobody can know who kept silent.")  # fmt: skip
    return str(told), str(hint)


def _percent(value: float) -> str:
    return quantity(value, "%")
