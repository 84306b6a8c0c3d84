"""Where figures stand against a target that is set, or only typed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latido.config import Target
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.names import group_name, part_name, value_name
from latido.metrics.present import NOTHING, interval_cell, quantity
from latido.report.figures import BRAND
from latido.report.verdict import verdict
from latido.web.cards import GROUPS, Goal, judged, known
from latido.web.view import View, asked

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.web.ask import Ask

MOST = 40  # groups of a dimension


@dataclass(frozen=True)
class Standing:
    """A figure beside its target.

    Attributes:
        group: The group's values, and the part that is meant where it is not the main one.
        value: The figure.
        interval: Its interval; empty where there is none.
        n: On how many cases it rests.
        target: What it should reach; empty for nothing.
        goal: In which of the three states it is.
    """

    group: str
    value: str
    interval: str
    n: int
    target: str
    goal: Goal | None


def question(ask: Ask, metric: Metric) -> Query | None:
    """What the home page asks of a metric; None where there are no data, or none that the asker may see."""
    view = View(limits=ask.limits)
    if ask.not_by(metric) or not known(ask, metric, view):
        return None
    return asked(ask.answers, view, metric)


def standings(ask: Ask, metric: Metric, target: Target | None) -> list[Standing]:
    """The metric's figures against a target: one, or some where figures are never merged."""
    query = question(ask, metric)
    if query is None:
        return []
    found = ask.answers.ask(query)
    ours = [f for f in found.figures if f.keys.get(BRAND) in {None, ask.workspace.settings.brand}]
    largest = sorted(ours, key=lambda f: -f.estimate.n)[:GROUPS]
    return [_standing(found, figure, target, _group(figure, figure.keys, target)) for figure in largest]


def by_group(ask: Ask, metric: Metric, target: Target | None, dimension: str) -> Mapping[str, Standing]:
    """The largest figure of each value of a dimension, against its target."""
    query = question(ask, metric)
    if query is None or dimension not in ask.answers.dimensions(metric):
        return {}
    found = ask.answers.ask(replace(query, by=(dimension,)))
    told: dict[str, Standing] = {}
    for figure in sorted(found.figures, key=lambda f: -f.estimate.n)[:MOST]:
        value = figure.keys.get(dimension)
        if value is not None and value not in told and figure.keys.get(BRAND) in {None, ask.workspace.settings.brand}:
            told[value] = _standing(found, figure, target, value_name(dimension, value))
    return told


def parts(ask: Ask, metric: Metric) -> Sequence[tuple[str, str]]:
    """The parts of a metric's figures that a target can be for: median, p90 …; none where there is but one."""
    query = question(ask, metric)
    figures = ask.answers.ask(query).figures if query else ()
    names = list(figures[0].parts) if figures else []
    return [(name, part_name(name)) for name in names] if len(names) > 1 else []


def _standing(found: Measurement, figure: Figure, target: Target | None, group: str) -> Standing:
    unit, better = found.metric.unit, found.metric.better
    wanted = target.of(figure.keys) if target else None
    estimate = figure.parts.get((target.part if target else None) or "", figure.estimate)
    if figure.withheld:
        return Standing(group, str(figure.withheld), "", round(estimate.n), "", None)
    interval = interval_cell(estimate, unit).text.removeprefix(NOTHING)
    shown = Standing(group, quantity(estimate.value, unit), interval, round(estimate.n), "", None)
    if wanted is None:
        return shown
    told = verdict(estimate, wanted, better)
    return replace(shown, target=quantity(wanted, unit), goal=judged(told, wanted, unit) if told else None)


def _group(figure: Figure, keys: Mapping[str, str | None], target: Target | None) -> str:
    part = target.part if target and target.part else figure.main
    told = [] if part in {"value", "median"} else [part_name(part)]
    return " · ".join(filter(None, [group_name(keys), *told]))
