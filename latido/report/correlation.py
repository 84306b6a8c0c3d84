"""What goes together, in words: what holds, how closely, and that no cause is shown."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

from latido.i18n import Message, _, _n, number
from latido.metrics.names import dimension_name
from latido.metrics.present import Cell, Column, Grid, quantity, span_label
from latido.report.correlation_words import says

if TYPE_CHECKING:
    from latido.insights.correlation import Correlations, Delay, Pair
    from latido.metrics.units import Variable
    from latido.stats.estimate import Estimate

ENDLESS = 1970  # a span that begins then has no first day

_LINKS: tuple[tuple[float, Message], ...] = (
    (0.1, _("hardly a link")), (0.3, _("a weak link")), (0.5, _("a moderate link")), (2.0, _("a strong link")),
)  # fmt: skip


def rho(value: float) -> str:
    """A correlation with two decimals: −0.41."""
    return number(round(value, 2) + 0.0, 2).replace("-", "−")  # + 0.0: what rounds to nothing has no sign


def interval(estimate: Estimate) -> str:
    """The interval's ends: −0.43 to −0.39."""
    return str(_("{low} to {high}", low=rho(estimate.low), high=rho(estimate.high)))


def chance(q: float) -> str:
    """A q-value with four decimals; one below them as that."""
    least = 0.0001
    return f"< {number(least, 4)}" if q < least else number(q, 4)


def strength(value: float) -> str:
    """How close a link is, in words, with the usual bounds (Cohen 1988)."""
    return str(next(word for most, word in _LINKS if abs(value) < most))


def many(grain: str, n: float) -> str:
    """So many units: 13,444 tickets."""
    if grain == "customer":
        return str(_n("{count} customer", "{count} customers", n))
    if grain == "ticket":
        return str(_n("{count} ticket", "{count} tickets", n))
    return str(_n("{count} week of a team", "{count} weeks of teams", n))


def units_of(grain: str) -> str:
    """What is compared, in the plural."""
    return str({"ticket": _("tickets"), "customer": _("customers"), "team_week": _("weeks of teams")}[grain])


def sentence(pair: Pair, grain: str) -> str:
    """What is known of a pair, in one sentence that claims no more than holds."""
    if pair.untold:
        return _untold(pair, grain)
    told = {"rho": rho(pair.estimate.value), "interval": interval(pair.estimate), "n": many(grain, pair.estimate.n)}
    if not pair.holds:
        both = {"first": pair.first.label, "second": pair.second.label}
        return str(_("Whether {first} and {second} go together cannot be told from chance: ρ {rho} ({interval}), {n}.",
                     **both, **told))  # fmt: skip
    return str(_("{claim}: ρ {rho} ({interval}), {strength}, {n}. Association, not cause.", claim=claim(pair, grain),
                 strength=strength(pair.estimate.value), **told))  # fmt: skip


def claim(pair: Pair, grain: str) -> str:
    """Who has more of the first, and what that goes with: “Tickets that waited longer … were felt as harder”."""
    second = says(pair.second, grain)
    told = {"first": says(pair.first, grain).more, "second": second.more if pair.estimate.value > 0 else second.less}
    if grain == "customer":
        return str(_("Customers who {first} {second}", **told))
    if grain == "ticket":
        return str(_("Tickets that {first} {second}", **told))
    return str(_("In weeks in which a team's tickets {first}, they {second}", **told))


def _untold(pair: Pair, grain: str) -> str:
    both = {"first": pair.first.label, "second": pair.second.label}
    if pair.untold == "linked":
        return str(_("{first} and {second} go together by definition: one is computed from the other, or both are "
                     "read from the same rows. So that they do says nothing.", **both))  # fmt: skip
    if pair.untold == "few":
        return str(_("{first} and {second} are both known of {n}: too few to say anything.", **both,
                     n=many(grain, pair.of)))  # fmt: skip
    return str(_("{first} or {second} is the same everywhere, so that nothing can go with it.", **both))


def beneath(pair: Pair, grain: str) -> tuple[str, ...]:
    """What a pair's figure does not say: how it is within channels and the like, and with a delay."""
    told = []
    for each in pair.within:
        dimension = dimension_name(each.dimension)
        values = {"units": units_of(grain), "dimension": dimension[:1].lower() + dimension[1:],
                  "rho": rho(each.estimate.value), "interval": interval(each.estimate)}  # fmt: skip
        if each.turns(pair.estimate):
            told.append(_("Among {units} of the same {dimension} it is the other way round: ρ {rho} ({interval}).",
                          **values))  # fmt: skip
        elif each.vanishes(pair.estimate):
            told.append(_("Among {units} of the same {dimension} nothing of it is left that could be told from chance: "
                          "ρ {rho} ({interval}).", **values))  # fmt: skip
    return (*map(str, told), *filter(None, [delayed(pair)]))


def delayed(pair: Pair) -> str:
    """With which delay a pair goes together most clearly; empty where no delay was looked for or none holds."""
    found = pair.delay
    if found is None or not found.holds:
        return ""
    first, second = (pair.first.label, pair.second.label) if found.lag >= 0 else (pair.second.label, pair.first.label)
    told = {"rho": rho(found.estimate.value), "interval": interval(found.estimate), "first": first, "second": second}
    if not found.lag:
        return str(_("Of all delays the same week is the clearest: ρ {rho} ({interval}).", rho=told["rho"],
                     interval=told["interval"]))  # fmt: skip
    return str(_n("It is clearest with a delay: {first}, and {second} a week later: ρ {rho} ({interval}).",
                  "It is clearest with a delay: {first}, and {second} {count} weeks later: ρ {rho} ({interval}).",
                  abs(found.lag), **told))  # fmt: skip


def grid(found: Correlations, most: int) -> Grid:
    """The pairs that go together as a table, the strongest first; with delays, the clearest delay of each."""
    lagged = bool(found.compared_lags)
    shown = (found.delayed if lagged else found.holding)[:most]
    columns = (
        Column(str(_("metric")), right=False), Column(str(_("goes with")), right=False),
        *([Column(str(_("weeks later")))] if lagged else []),
        Column("ρ"), Column(str(_("95% interval"))), Column("q", spare=2), Column("n", spare=1),
    )  # fmt: skip
    rows = tuple(_delayed_cells(pair) if lagged else _cells(pair) for pair in shown)
    return Grid(str(_("What goes together")), subtitle(found), columns, rows, notes(found, len(shown), lagged=lagged))


def lines(found: Correlations, most: int) -> tuple[str, ...]:
    """The pairs that go together in sentences, the strongest first, and what is not told."""
    grain = found.grain.name
    lagged = bool(found.compared_lags)
    shown = (found.delayed if lagged else found.holding)[:most]
    told = (" ".join((sentence(pair, grain), *beneath(pair, grain))) for pair in shown)
    return *told, *notes(found, len(shown), lagged=lagged)


def subtitle(found: Correlations) -> str:
    """Of what, and when."""
    if found.span is None:
        when = str(_("all data"))
    elif found.span.start.year == ENDLESS:
        when = str(_("before {day}", day=found.span.end))
    else:
        when = span_label(found.span.start, found.span.end)
    return f"{units_of(found.grain.name)} · {when} · {found.calendar}"


def _ends(estimate: Estimate) -> tuple[Cell, Cell]:
    return Cell(rho(estimate.value)), Cell(interval(estimate), "muted")


def _names(pair: Pair) -> tuple[Cell, Cell]:
    return Cell(pair.first.label), Cell(pair.second.label)


def _cells(pair: Pair) -> tuple[Cell, ...]:
    return *_names(pair), *_ends(pair.estimate), Cell(chance(pair.q)), Cell(number(pair.estimate.n))


def _delayed_cells(pair: Pair) -> tuple[Cell, ...]:
    found = pair.delay
    assert found is not None  # noqa: S101 - only such come here
    weeks = number(found.lag).replace("-", "−")
    return *_names(pair), Cell(weeks), *_ends(found.estimate), Cell(chance(found.q)), Cell(number(found.estimate.n))


def notes(found: Correlations, shown: int, *, lagged: bool = False) -> tuple[str, ...]:
    """What is not told, and why.

    Args:
        found: What goes together.
        shown: How many pairs are told.
        lagged: Whether those are told that go together with any delay, and not those that do in the same week.
    """
    grain, told = found.grain.name, _rest(found, shown, lagged=lagged)
    linked, few = (sum(1 for pair in found.pairs if pair.untold == why) for why in ("linked", "few"))
    if linked:
        told.append(_n("One pair goes together by definition and was left out.",
                       "{count} pairs go together by definition and were left out.", linked))  # fmt: skip
    if few:
        told.append(_n("Of one pair too little is known.", "Of {count} pairs too little is known.", few))
    if found.drawn:
        most = max(pair.estimate.n for pair in found.pairs if not pair.untold)
        told.append(_("Of pairs with more than {n}, so many were drawn by lot, the same ones every time.",
                      n=many(grain, most)))  # fmt: skip
    if shown:
        told.append(_("ρ says how surely more of one comes with more of the other (less, where it is below 0): "
                      "1 always, 0 not at all."))  # fmt: skip
    if grain == "team_week":
        told.append(_("Each team is compared with itself, less its trend and less what all teams share in a week."))
    if found.after:
        told.append(_("Who left was counted from {start} on, for {weeks} weeks.", start=found.after.start,
                      weeks=(found.after.end - found.after.start).days // 7))  # fmt: skip
    if found.waiting:
        told.append(_("Who leaves is looked for after these days, and the data end too soon for that."))
    if found.absent:
        told.append(_("No data for: {metrics}.", metrics=", ".join(each.label for each in found.absent)))
    return tuple(map(str, told))


def _rest(found: Correlations, shown: int, *, lagged: bool) -> list[Message]:
    holding = len(found.delayed if lagged else found.holding)
    others = (found.compared_lags if lagged else found.compared) - holding
    told: list[Message] = []
    if holding > shown:
        told.append(_n("One more pair goes together.", "{count} more pairs go together.", holding - shown))
    if not holding:
        none = _n("The one pair that was compared cannot be told from chance.",
                  "None of {count} pairs that were compared can be told from chance.", others)  # fmt: skip
        delays = _("None of {count} pairs and delays that were compared can be told from chance.", count=others)
        return [delays if lagged else none]
    if lagged:
        told.append(_("{count} pairs and delays were judged together.", count=found.compared_lags))
    elif others:
        told.append(_n("One other pair was compared and cannot be told from chance.",
                       "{count} other pairs were compared and cannot be told from chance.", others))  # fmt: skip
    told.append(_("Of what is told, at most one in twenty is expected to be chance."))
    return told


def amount(value: float, variable: Variable) -> str:
    """A value of a column as people write it: doublings as the wait that they stand for."""
    if isinf(value):
        return quantity(value, "")
    return quantity(plain(value, variable), unit_of(variable))


def plain(value: float, variable: Variable) -> float:
    """A value of a column in a unit that people use: seconds for waits."""
    if variable.unit == "doublings":
        return float(max(2.0**value - 1, 0.0) * 3600)
    return value * 3600 if variable.unit == "h" else value


def unit_of(variable: Variable) -> str:
    """The unit that those values are in."""
    if variable.unit in {"doublings", "h"}:
        return "s"
    return variable.unit if variable.unit not in {"score", "times"} else ""


def delay_sign(delay: Delay) -> str:
    """A delay as a number of weeks: −3, 0, +1."""
    return f"{'+' if delay.lag > 0 else ''}{number(delay.lag)}".replace("-", "−")


def delay_label(delay: Delay) -> str:
    """A delay in words: 3 weeks before, same week, 1 week after."""
    if not delay.lag:
        return str(_("same week"))
    if delay.lag < 0:
        return str(_n("{count} week before", "{count} weeks before", -delay.lag))
    return str(_n("{count} week after", "{count} weeks after", delay.lag))
