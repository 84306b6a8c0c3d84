"""What moved: every metric that changed beyond chance, the clearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan
from time import monotonic
from typing import TYPE_CHECKING

from latido.metrics.catalog import METRICS
from latido.metrics.names import group_name
from latido.metrics.present import quantity
from latido.report.figures import BRAND
from latido.stats.discovery import p_value, q_values
from latido.web.cards import Pill, known, pill, waits_until
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.render import link
from latido.web.view import View, asked

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.measurement import Figure
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

MOST = 8
FALSE = 0.05  # expected share of chance among what is called a change


@dataclass(frozen=True)
class Move:
    """A metric that changed.

    Attributes:
        label: The metric.
        group: Which of its figures.
        before: The figure that it is compared with.
        after: The figure.
        change: The difference.
        clarity: How many half-widths of its interval the difference is away from nothing.
        href: The metric's page.
    """

    label: str
    group: str
    before: str
    after: str
    change: Pill
    clarity: float
    href: str


def show(ask: Ask) -> Response:
    """The page."""
    metrics = [m for m in METRICS.values() if has_rows(ask, m) and not ask.not_by(m) and known(ask, m, ask.view)]
    there = _while_waiting(ask, metrics)
    compared = [pair for metric in there for pair in _compared(ask, metric, ask.view)]
    found = [_move(metric, figure, ask.view) for metric, figure in _beyond_chance(compared)]
    clearest = sorted(found, key=lambda move: -move.clarity)
    return ask.page("moved.html", view=ask.view, moves=clearest[:MOST], rest=len(found) - MOST, compared=len(compared),
                    all=len(metrics), done=len(there))  # fmt: skip


def _while_waiting(ask: Ask, metrics: Sequence[Metric]) -> list[Metric]:
    """The metrics that are compared while somebody waits; none is said to have moved before all are compared."""
    until = waits_until(ask)
    done: list[Metric] = []
    for metric in metrics:
        query = asked(ask.answers, ask.view, metric)
        if query is None or monotonic() < until or ask.answers.knows(query):
            _compared(ask, metric, ask.view)
            done.append(metric)
    return done


def _compared(ask: Ask, metric: Metric, view: View) -> list[tuple[Metric, Figure]]:
    """The metric's figures of the own brand that have something to be compared with."""
    query = asked(ask.answers, view, metric)
    if query is None or query.compare is None:
        return []
    figures = ask.answers.ask(query).figures
    ours = (f for f in figures if f.keys.get(BRAND) in {None, ask.workspace.settings.brand})
    return [(metric, f) for f in ours if f.change and f.change.difference.known and _clarity(f) >= 0]


def _beyond_chance(compared: Sequence[tuple[Metric, Figure]]) -> list[tuple[Metric, Figure]]:
    """Those changed of which at most one in twenty is expected to be chance (Benjamini & Hochberg 1995)."""
    q = q_values([p_value(figure.change.difference) if figure.change else nan for _metric, figure in compared])
    return [pair for pair, chance in zip(compared, q, strict=True) if chance <= FALSE]


def _clarity(figure: Figure) -> float:
    """How many half-widths of its interval a change is away from nothing; below 0 where it has no interval."""
    difference = figure.change.difference if figure.change else None
    width = (difference.high - difference.low) / 2 if difference else 0.0
    return abs(difference.value) / width if difference and 0 < width < inf else -1


def _move(metric: Metric, figure: Figure, view: View) -> Move:
    change = figure.change
    shown = pill(change, metric)
    assert change is not None and shown is not None  # noqa: S101, PT018 - only what changed comes here
    return Move(
        label=str(metric.label),
        group=group_name(figure.keys),
        before=quantity(change.baseline.value, metric.unit),
        after=quantity(figure.estimate.value, metric.unit),
        change=shown,
        clarity=_clarity(figure),
        href=link(f"/metrics/{metric.name}", view.pairs),
    )


ROUTES = (Page("/moved", show, right="read"),)
