"""Who did not answer: a score raw and weighted, who keeps silent, and how wrong that would have to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.i18n import Message, _
from latido.insights.nonresponse import METRICS as SURVEYS
from latido.metrics.catalog import METRICS
from latido.metrics.catalog import metric as find
from latido.metrics.names import group_name
from latido.metrics.present import quantity
from latido.metrics.response_rate import RESPONSE_RATE
from latido.report.nonresponse import (
    caveat,
    grid,
    headline,
    level_name,
    levels_grid,
    nobody,
    overturn,
    shifted,
    silent,
    slow,
    thresholds,
    trait_name,
    weights,
)
from latido.report.sizes import between
from latido.web.bar import bar
from latido.web.page import Page
from latido.web.ranges import Axis, Range, axis, ranges
from latido.web.render import link
from latido.web.silence import weighted

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.insights.nonresponse import Nonresponse, Scored
    from latido.insights.nonresponse.traits import Trait
    from latido.metrics.metric import Metric
    from latido.stats.estimate import Estimate
    from latido.web.ask import Ask

PATH = "/nonresponse"
_STEPS = {"points": (1.0, 60.0), "%": (1.0, 40.0), "scale points": (0.1, 3.0)}


class Choice(NamedTuple):
    """Something to go to."""

    href: str
    label: str
    chosen: bool


class Line(NamedTuple):
    """A figure with its interval: in words and on the axis."""

    label: Message
    value: str
    interval: str
    drawn: Range
    kind: str


class Rate(NamedTuple):
    """A level of a trait: who answered, in words and drawn."""

    label: str
    rate: str
    interval: str
    asked: float
    drawn: Range


class Answering(NamedTuple):
    """A trait with its levels."""

    label: str
    tells: bool
    rates: list[Rate]


@dataclass(frozen=True)
class Slider:
    """How different the silent may be said to be.

    Attributes:
        least: Its lowest value.
        most: Its highest.
        step: From one value to the next.
        value: What is chosen.
    """

    least: float
    most: float
    step: float
    value: float


def show(ask: Ask) -> Response:
    """The page."""
    metric = _metric(ask)
    there = weighted(ask, metric)
    group = _group(ask, there.found)
    shared: dict[str, Any] = {
        "metric": metric, "view": ask.view, "bar": bar(ask, [RESPONSE_RATE]), "choices": _choices(ask, metric),
        "kept": _kept(ask), "known": there.known, "address": link(PATH, ask.view.pairs, _kept(ask)),
    }  # fmt: skip
    if there.found is None and there.kept and there.known:
        return ask.page("nonresponse.html", found=None, group=None, nobody=(), **shared)
    if there.found is None or group is None:
        said = nobody(metric) if there.known else ()
        return ask.page("nonresponse.html", found=there.found, group=None, nobody=said, **shared)
    return ask.page("nonresponse.html", found=there.found, group=group, nobody=(), **shared,
                    **_told(ask, there.found, group))  # fmt: skip


def part(ask: Ask) -> Response:
    """The weighted score of a metric in one line, for the metric's own page."""
    metric = find(ask.param["name"])
    there = weighted(ask, metric) if metric.name in SURVEYS else None
    group = there.found.main if there and there.found else None
    address = link(f"/metrics/{metric.name}/nonresponse", ask.view.pairs)
    whole = link(PATH, ask.view.pairs, metric=metric.name)
    underway = there is not None and there.found is None and there.known and there.kept
    told = [headline(there.found, one) for one in there.found.groups] if there and there.found else []
    return ask.page("metric_nonresponse.html", metric=metric, view=ask.view, underway=underway, address=address,
                    whole=whole, told=told, group=group, nobody=nobody(metric))  # fmt: skip


def _metric(ask: Ask) -> Metric:
    asked = ask.query.get("metric", "")
    return find(asked) if asked in SURVEYS else METRICS[SURVEYS[0]]


def _kept(ask: Ask) -> list[tuple[str, str]]:
    """What of the address belongs to this page."""
    return [(name, value) for name in ("metric", "group", "shift") if (value := ask.query.get(name, ""))]


def _choices(ask: Ask, metric: Metric) -> list[Choice]:
    return [Choice(link(PATH, ask.view.pairs, metric=name), str(METRICS[name].label), name == metric.name)
            for name in SURVEYS]  # fmt: skip


def _group(ask: Ask, found: Nonresponse | None) -> Scored | None:
    """The kind of survey or scale that the address names, else the one with the most answers."""
    if found is None:
        return None
    asked = ask.query.get("group", "")
    return next((one for one in found.groups if _key(one) == asked), found.main)


def _key(group: Scored) -> str:
    return " ".join(value or "" for value in group.keys.values())


def _told(ask: Ask, found: Nonresponse, group: Scored) -> dict[str, Any]:
    """All that the template shows of a result."""
    at, slider = thresholds(ask.workspace, found, group), _slider(ask, found)
    figures = [(_("as answered"), group.raw, "raw"), (_("weighted"), group.weighted, "weighted"),
               (_("by the second method"), group.robust, "robust")]  # fmt: skip
    goals = [one.value for one in at[:1]] if at and isfinite(at[0].value) else []
    on = axis([one for _label, one, _kind in figures], goals)
    return {
        "groups": [Choice(link(PATH, ask.view.pairs, metric=found.metric.name, group=_key(one)), group_name(one.keys),
                          one is group) for one in found.groups],
        "headline": headline(found, group),
        "lines": _lines(figures, on, found.metric.unit),
        "goal": (on.at(goals[0]), at[0].name, quantity(goals[0], found.metric.unit)) if goals else None,
        **_if_so(found, group, slider, goals),
        "weights": weights(found, group),
        "silent": silent(found, group),
        "slider": slider,
        "shifted": shifted(found, group, slider.value) if group.weighted.known else "",
        "overturns": [overturn(found, group, one) for one in at] if group.weighted.known else [],
        "caveat": caveat(group),
        "traits": _traits(found, group),
        "slow": slow(found),
        "grid": grid(found),
        "levels": levels_grid(found, group),
    }  # fmt: skip


def _if_so(found: Nonresponse, group: Scored, slider: Slider, goals: Sequence[float]) -> dict[str, Any]:
    """The score if the silent are so different, on the axis of all that the slider can say."""
    if not group.weighted.known:
        return {"so": [], "so_goal": None}
    on = axis([group.shifted(end) for end in (slider.least, slider.most)], goals)
    figures = [(_("weighted"), group.weighted, "weighted"), (_("if so"), group.shifted(slider.value), "so")]
    return {"so": _lines(figures, on, found.metric.unit), "so_goal": on.at(goals[0]) if goals else None}


def _lines(figures: Sequence[tuple[Message, Estimate, str]], on: Axis, unit: str) -> list[Line]:
    known = [(label, one, kind) for label, one, kind in figures if one.known]
    drawn = ranges([one for _label, one, _kind in known], on)
    return [Line(label, quantity(one.value, unit), between(one, unit), place, kind)
            for (label, one, kind), place in zip(known, drawn, strict=True)]  # fmt: skip


def _slider(ask: Ask, found: Nonresponse) -> Slider:
    step, most = _STEPS[found.metric.unit]
    try:
        asked = float(ask.query.get("shift", "").replace(",", "."))
    except ValueError:
        asked = 0.0
    return Slider(-most, most, step, min(max(asked, -most), most) if isfinite(asked) else 0.0)


def _traits(found: Nonresponse, group: Scored) -> list[Answering]:
    """Who answered, trait by trait, on one axis."""
    most = max((level.rate.high for trait in group.traits for level in trait.levels), default=100)
    on = Axis(0, min(100, 1.05 * most))
    return [Answering(trait_name(found, trait.name), trait.tells > 0, _rates(trait, on)) for trait in group.traits]


def _rates(trait: Trait, on: Axis) -> list[Rate]:
    drawn = ranges([level.rate for level in trait.levels], on)
    return [Rate(level_name(trait.name, level), quantity(level.rate.value, "%"), between(level.rate, "%"), level.asked,
                 place) for level, place in zip(trait.levels, drawn, strict=True)]  # fmt: skip


ROUTES = (
    Page(PATH, show, right="read"),
    Page("/metrics/{name}/nonresponse", part, right="read"),
)
