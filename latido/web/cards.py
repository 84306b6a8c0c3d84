"""A metric as a card: value, interval, change that says when it is only noise, course, target."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from latido.i18n import Message, _, number
from latido.metrics.names import group_name, part_name
from latido.metrics.present import difference, interval_cell, quantity, span_label
from latido.report.charts import Spark, sparkline_svg
from latido.report.figures import BRAND, keys_of, state
from latido.report.verdict import Verdict
from latido.stats.estimate import unknown
from latido.web.render import link
from latido.web.view import View, asked, course
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.metrics.measurement import Change, Figure, Measurement
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

GROUPS = 3  # cards of a metric that is split
PATIENCE = 0.3  # seconds after which further cards are left for the browser to ask for
LARGE = 3_000_000  # rows of a table whose figures take longer than that
_UNSAID = {"value", "median"}
_STATES: dict[Verdict, tuple[str, str, Message]] = {
    Verdict.ON_TARGET: ("good", "circle-check", _("On target")),
    Verdict.COMPATIBLE: ("warn", "circle-dashed-check", _("Compatible with target")),
    Verdict.OFF_TARGET: ("bad", "alert-circle", _("Off target")),
}


@dataclass(frozen=True)
class Pill:
    """A change: its text, its meaning for the eye (`good`, `bad`, `noise`) and in words."""

    text: str
    tone: str
    icon: str
    meaning: str


@dataclass(frozen=True)
class Goal:
    """A figure against its target."""

    tone: str
    icon: str
    label: str
    target: str


@dataclass(frozen=True)
class Card:
    """What a card shows; see the macro of that name."""

    key: str
    label: str
    group: str
    href: str
    value: str
    unit: str
    interval: str
    n: str
    change: Pill | None
    spark: Spark | None
    state: Goal | None
    span: str
    withheld: str


@dataclass(frozen=True)
class Pending:
    """A card that is still to be computed: the browser asks for it by itself."""

    key: str
    label: str
    href: str
    card: str


def waits_until(ask: Ask) -> float:
    """Until when figures are computed while somebody waits for the page; for ever where all of them are asked for."""
    return inf if ask.query.get("whole") else monotonic() + PATIENCE


def in_time(ask: Ask, metric: Metric, until: float) -> bool:
    """Whether a metric may still be computed while somebody waits: there is time, and it does not take long."""
    return until == inf or (monotonic() < until and ask.workspace.snapshot().rows(metric.table) <= LARGE)


def at_hand(ask: Ask, metrics: Sequence[Metric], view: View, most: int = GROUPS) -> list[Card | Pending]:
    """The cards of metrics, as many as can be computed while somebody waits for the page; the others are pending."""
    until = waits_until(ask)
    shown: list[Card | Pending] = []
    for metric in metrics:
        query = asked(ask.answers, view, metric)
        if query is None or ask.answers.knows(query) or in_time(ask, metric, until):
            shown += cards(ask, metric, view)[:most]
        else:
            href = link(f"/metrics/{metric.name}", view.pairs)
            card = link(f"/metrics/{metric.name}/card", view.pairs, most=most)
            shown.append(Pending(metric.name, str(metric.label), href, card))
    return shown


def known(ask: Ask, metric: Metric, view: View) -> bool:
    """Whether the metric knows every dimension that is filtered by, and may be shown as it was once known."""
    if metric.protected and view.as_of:
        return False
    wanted = {condition(text).dimension for text in view.filters}
    return wanted <= set(ask.answers.dimensions(metric)) if wanted else True


def cards(ask: Ask, metric: Metric, view: View) -> list[Card]:
    """The cards of a metric: one, or one a group where figures are never merged."""
    query = asked(ask.answers, view, metric)
    if query is None:
        return []
    found = ask.answers.ask(query)
    courses = _courses(ask, found, view)
    ours = [f for f in found.figures if f.keys.get(BRAND) in {None, ask.workspace.settings.brand}]
    shown = sorted(ours, key=lambda f: -f.estimate.n)[:GROUPS]
    return [_card(ask, found, figure, courses.get(keys_of(figure), ()), view) for figure in shown]


def _courses(ask: Ask, found: Measurement, view: View) -> Mapping[object, Sequence[Figure | None]]:
    """The figures of each group, by day, week or month; None for a period without rows."""
    figures = told.figures if (told := course(ask.answers, view, found)) else ()
    known = {(keys_of(f), f.period): f for f in figures}
    periods = sorted({f.period for f in figures if f.period}, key=lambda p: p.start)
    return {keys: [known.get((keys, p)) for p in periods] for keys in {keys_of(f) for f in figures}}


def _card(ask: Ask, found: Measurement, figure: Figure, points: Sequence[Figure | None], view: View) -> Card:
    metric, estimate = found.metric, figure.estimate
    value, unit = split_unit(quantity(estimate.value, metric.unit))
    return Card(
        key="-".join([metric.name, *(str(value) for value in figure.keys.values() if value)]).replace(" ", "-"),
        label=str(metric.label),
        group=_group(figure),
        href=link(f"/metrics/{metric.name}", view.pairs),
        value=value,
        unit=unit,
        interval=_interval(figure, metric),
        n=f"n\u00a0{number(estimate.n)}",
        change=pill(figure.change, metric),
        spark=_spark(figure, points, goal_of(ask, found, figure)),
        state=goal(ask, found, figure),
        span=span_label(figure.period.start, figure.period.end) if figure.period else str(_("all data")),
        withheld=str(figure.withheld or ""),
    )


def split_unit(text: str) -> tuple[str, str]:
    """A quantity and the sign behind it, which is drawn smaller: `85.3%` → `85.3`, `%`.

    >>> split_unit("85.3%"), split_unit("2 h 10 min")
    (('85.3', '%'), ('2 h 10 min', ''))
    """
    for sign in ("%", "EUR", "USD", "MXN"):
        if text.endswith(sign):
            return text.removesuffix(sign).rstrip("\u00a0"), sign
    return text, ""


def _group(figure: Figure) -> str:
    """The group's values, and the part that is shown where that is not what the name says."""
    told = [] if figure.main in _UNSAID else [part_name(figure.main)]
    return " · ".join(filter(None, [group_name(figure.keys), *told]))


def _interval(figure: Figure, metric: Metric) -> str:
    estimate = figure.estimate
    if math.isnan(estimate.low) and math.isnan(estimate.high):
        return ""
    return interval_cell(estimate, metric.unit).text


def pill(change: Change | None, metric: Metric) -> Pill | None:
    """A change for the eye: coloured by what it means, grey and called noise where it may be none."""
    if change is None or not change.difference.known:
        return None
    value = change.difference.value
    text = ("+" if value > 0 else "") + difference(value, metric.unit)
    if change.noise:
        return Pill(str(_("{change} noise", change=text)), "noise", "", str(_("cannot be told from chance")))
    icon = "trending-up" if value > 0 else "trending-down"
    if metric.better is None:
        return Pill(text, "noise", icon, str(_("changed")))
    good = (value > 0) == (metric.better == "higher")
    return Pill(text, "good" if good else "bad", icon, str(_("better") if good else _("worse")))


def goal_of(ask: Ask, found: Measurement, figure: Figure) -> float | None:
    """The figure's target, where it has one."""
    told = state(ask.workspace, found, figure)
    return told.target if told else None


def goal(ask: Ask, found: Measurement, figure: Figure) -> Goal | None:
    """The figure against its target, for the eye; None where it has none."""
    told = state(ask.workspace, found, figure)
    if told is None or told.verdict is None:
        return None
    return judged(told.verdict, told.target, found.metric.unit)


def judged(verdict: Verdict, target: float, unit: str) -> Goal:
    """A verdict for the eye."""
    tone, icon, label = _STATES[verdict]
    return Goal(tone, icon, str(label), quantity(target, unit))


def _spark(figure: Figure, points: Sequence[Figure | None], target: float | None) -> Spark | None:
    told = [f for f in points if f]
    shown = told if len(told) < len(points) / 2 else points  # a survey in waves: wave by wave
    none = unknown(0)
    parts = [f.parts.get(figure.main, f.estimate) if f else none for f in shown]
    return sparkline_svg([e.value for e in parts], [e.low for e in parts], [e.high for e in parts], target)
