"""The chain in words: what goes with what, and what a change would be worth. Association, not cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.i18n import Message, _, _n, duration, number
from latido.insights.chain.links import LEAST
from latido.insights.chain.worth import HOURS
from latido.metrics.present import Cell, Column, Grid, quantity, unit_label
from latido.metrics.units.variable import LABELS as UNITS
from latido.report.correlation import strength

if TYPE_CHECKING:
    from latido.insights.chain import Chained, Gain, Path, Present, Worth
    from latido.metrics.units import Variable
    from latido.stats.chain import Effect
    from latido.stats.estimate import Estimate

HOUR = 3600.0
STRENGTH = _("Strengths run from −1 to 1, and 0 is no relation; in brackets the 95% interval.")
CAUTION = _("Association, not cause: customers who had it better may differ in other ways, too. Only a test can tell.")


def answer(worth: Worth) -> str:
    """What a change goes with, in one sentence: points of the net promoter score, and customers kept."""
    told = [gain for gain in (worth.points, worth.kept) if gain is not None] or list(worth.gains[-1:])
    holds, noise = [gain for gain in told if gain.holds], [gain for gain in told if not gain.holds]
    what = changed(worth)
    said = []
    if holds:
        joined = str(_(" and ")).join(map(_clause, holds))
        said.append(_("{what} goes with {gains}.", what=what, gains=joined))
    said += [_("What {what} goes with in “{name}” cannot be told from zero ({low} to {high}).", what=what,
               name=gain.part.label, **_ends(gain)) for gain in noise]  # fmt: skip
    return " ".join(map(str, (*said, _("Association, not cause."))))


def changed(worth: Worth) -> str:
    """The change in words: `1 h less of first reply time (FRT)`."""
    amount = _amount(abs(worth.change), worth.unit)
    name = lower(str(worth.variable.label))
    if worth.change < 0:
        return str(_("{amount} less of {metric}", amount=amount, metric=name))
    return str(_("{amount} more of {metric}", amount=amount, metric=name))


def gains(worth: Worth) -> list[str]:
    """Every link that the change reaches, the nearest first."""
    return [_gain(gain) for gain in worth.gains]


def notes(worth: Worth) -> list[str]:
    """What the answer rests on."""
    said: list[str | Message] = []
    if worth.present is None and worth.asked != worth.change:
        said.append(_("More than that there cannot be."))
    if worth.present is not None:
        now = quantity(worth.present * HOUR, "s")
        if worth.asked < worth.change:
            said.append(_("A wait cannot get shorter than nothing: taken away is all of the {now}.", now=now))
        said.append(_("Half of the tickets wait less than {now} now; the change is one from there. Every doubling of a "
                      "wait counts the same, so an hour less counts more where waits are short.", now=now))  # fmt: skip
    all_kept, kept = worth.kept_of_all, worth.kept
    if all_kept is not None and kept is not None and kept.holds:
        said.append(_("Of the {count} customers who wrote in the last half-year that is {kept} ({low} to {high}).",
                      count=worth.wrote, **_numbers(all_kept)))  # fmt: skip
    return [str(each) for each in said]


def sentences(found: Chained) -> list[str]:
    """Every arrow, in words."""
    return [*map(arrow, found.paths), *([str(STRENGTH)] if found.paths else [])]


def arrow(path: Path) -> str:
    """One arrow: more of this goes with more or less of that, or cannot be told from zero."""
    names = {"source": path.source.label, "target": path.target.label}
    told = {"strength": signed(path.strength.value), "low": signed(path.strength.low),
            "high": signed(path.strength.high), "link": strength(path.strength.value)}  # fmt: skip
    if not path.holds:
        return str(_("“{source}” and “{target}”: beside what passes by way of others, nothing clear goes from one to "
                     "the other.", **names))  # fmt: skip
    if path.strength.value < 0:
        return str(_("More of “{source}” goes with less of “{target}”: {strength} ({low} to {high}), {link}.",
                     **names, **told))  # fmt: skip
    return str(_("More of “{source}” goes with more of “{target}”: {strength} ({low} to {high}), {link}.",
                 **names, **told))  # fmt: skip


def remarks(found: Chained) -> list[str]:
    """What is not in the chain and why, and that it is no proof."""
    said: list[str | Message] = [
        _("Nothing in your data measures “{name}” yet; what led to it leads past it.", name=part.label)
        for part in found.missing
    ]
    said += [
        _("Fewer than {least} rows know both “{source}” and “{target}”: that path is left out.", least=LEAST,
          source=found.used.part(source).label, target=found.used.part(target).label)
        for source, target in found.left
    ]  # fmt: skip
    if found.found is not None:
        said += [
            _("Each arrow rests on the customers who answered its questions, and they are not the same for all: along "
              "a way, what holds for some is carried over to others."),
            CAUTION,
        ]  # fmt: skip
    return [str(each) for each in said]


def grid(found: Chained) -> Grid:
    """Direct, indirect and total effects of everything on all that it leads to."""
    columns = (
        Column(str(_("of")), right=False), Column(str(_("on")), right=False), Column(str(_("direct")), spare=2),
        Column(str(_("over others")), spare=3), Column(str(_("in all"))), Column(str(_("95% interval"))),
        Column("n", spare=1),
    )  # fmt: skip
    rows = tuple(_row(found, effect) for effect in found.effects)
    unit = _("How much higher the second is where the first is higher by one, each in its own unit.")
    return Grid(str(_("The chain")), _subtitle(found), columns, rows, (str(unit), *remarks(found)))


def name(asked: str, variable: Variable) -> str:
    """A metric with the way in which it counts: `Transfer rate (times)`, `First reply time (hours)`."""
    unit = UNITS.get("h" if asked.endswith(HOURS) else variable.unit)
    return f"{variable.label} ({unit})" if unit else str(variable.label)


def level(now: Present) -> str:
    """A present level: `49 min`, `NPS 18.8`, `4.14`."""
    if now.unit == "points":
        return f"NPS {quantity(now.value, 'points')}"
    if now.variable.metric.unit == "currency":
        return str(_("{amount} a year", amount=quantity(now.value, "")))
    return quantity(now.value, now.unit if now.unit in {"s", "%"} else "")


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, a true minus."""
    text = number(abs(value), digits)
    return f"−{text}" if value < 0 else f"+{text}"


def lower(text: str) -> str:
    """A name within a sentence: its first letter small, unless it is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _subtitle(found: Chained) -> str:
    outer = {"unit": _("metrics of one link count alike"), "pls": _("partial least squares")}
    return " · ".join((str(outer[found.outer]), found.calendar))


def _row(found: Chained, effect: Effect) -> tuple[Cell, ...]:
    source, target = (found.used.part(each) for each in (effect.source, effect.target))
    whole = effect.total
    holds = whole.low > 0 or whole.high < 0
    between = effect.indirect.low or effect.indirect.high
    return (
        Cell(source.label), Cell(target.label),
        Cell(_rounded(effect.direct.value) if effect.target in _led(found, effect.source) else "—"),
        Cell(_rounded(effect.indirect.value) if between else "—"),
        Cell(_rounded(whole.value), "plain" if holds else "muted"),
        Cell(str(_("{low} to {high}", low=_rounded(whole.low), high=_rounded(whole.high))), "muted"),
        Cell(number(whole.n)),
    )  # fmt: skip


def _led(found: Chained, source: str) -> set[str]:
    return {target for name, target in found.used.paths if name == source}


def _rounded(value: float) -> str:
    """Three digits that matter, with the sign."""
    size = abs(value)
    return signed(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)


def _amount(value: float, unit: str) -> str:
    if unit == "h":
        return duration(round(value * 60) * 60)
    if unit == "%":
        return quantity(value, "%")
    said = {
        "score": _n("{count} point of the scale", "{count} points of the scale", value),
        "times": _n("{count} time", "{count} times", value),
    }
    return str(said[unit]) if unit in said else f"{number(value)} {UNITS.get(unit, unit_label(unit))}"


def _clause(gain: Gain) -> str:
    """`3 points more of NPS (2.6 to 3.4)`, `1.2 of 1,000 customers more kept in half a year (0.9 to 1.5)`."""
    more, sizes = gain.effect.value > 0, _sizes(gain.effect)
    if gain.unit == "points":
        text = _("{size} points more of NPS ({low} to {high})", **sizes) if more else (
            _("{size} points less of NPS ({low} to {high})", **sizes))  # fmt: skip
    elif gain.unit == "customers":
        text = _("{size} of 1,000 customers more kept in half a year ({low} to {high})", **sizes) if more else (
            _("{size} of 1,000 customers more lost in half a year ({low} to {high})", **sizes))  # fmt: skip
    else:
        named = {"name": lower(gain.part.label), **sizes}
        text = _("{size} more of {name} ({low} to {high})", **named) if more else (
            _("{size} less of {name} ({low} to {high})", **named))  # fmt: skip
    return str(text)


def _gain(gain: Gain) -> str:
    unit = {"points": "NPS", "%": str(_("pp"))}.get(gain.unit, "")
    told = {"name": gain.part.label, "unit": unit, **_ends(gain), "value": _rounded(gain.effect.value)}
    if not gain.holds:
        return str(_("{name}: cannot be told from zero ({low} to {high}).", **told))
    return str(_("{name}: {value} {unit} ({low} to {high}).", **told)).replace("  ", " ")


def _ends(gain: Gain) -> dict[str, str]:
    return {"low": _rounded(gain.effect.low), "high": _rounded(gain.effect.high)}


def _sizes(effect: Estimate) -> dict[str, str]:
    low, high = sorted((abs(effect.low), abs(effect.high)))
    return _told(size=abs(effect.value), low=low, high=high)


def _numbers(effect: Estimate) -> dict[str, str]:
    return _told(kept=effect.value, low=effect.low, high=effect.high)


def _told(**sizes: float) -> dict[str, str]:
    """Numbers with as many digits as the first of them deserves: 34, 1.3, 0.17."""
    first = abs(next(iter(sizes.values())))
    digits = 0 if first >= 20 else 1 if first >= 0.95 else 2
    return {name: number(value, digits) for name, value in sizes.items()}
