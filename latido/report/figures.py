"""A measurement on a terminal: its grid, with the course of twelve months and the state against the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from latido.i18n import _
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.periods import local_day, months_later
from latido.metrics.present import COURSE, Cell, Column, Grid, grid, quantity
from latido.report.sparkline import sparkline
from latido.report.verdict import Verdict, verdict
from latido.workspace import Workspace
from latido.workspace.question import AsOf

MONTHS = 12
BRAND = "rated_brand"  # what we aim at does not bind our competitors

Keys = tuple[tuple[str, str | None], ...]


LEGEND = _("✓ on target · ≈ compatible with the target: the interval covers it · ✗ off target")


class State(NamedTuple):
    """A figure against its target."""

    target: float
    verdict: Verdict | None


def figures(workspace: Workspace, found: Measurement, as_of: AsOf = None) -> Grid:
    """The measurement's grid; each figure with its course and its state."""
    shown = grid(found)
    if found.query.period is None:
        shown = with_column(shown, course_column(), course_cells(workspace, found, as_of))
    if any(state(workspace, found, f) for f in found.figures):
        shown = with_column(shown, state_column(), [state_cell(workspace, found, f) for f in found.figures])
        shown = replace(shown, notes=(str(LEGEND), *shown.notes))
    return shown


def with_column(shown: Grid, column: Column, cells: list[Cell]) -> Grid:
    """The grid with one more column."""
    rows = tuple((*row, cell) for row, cell in zip(shown.rows, cells, strict=True))
    return replace(shown, columns=(*shown.columns, column), rows=rows)


def course_column() -> Column:
    """The heading of sparklines."""
    return Column(str(_("12 months")), right=False, spare=COURSE)


def course_cells(workspace: Workspace, found: Measurement, as_of: AsOf = None) -> list[Cell]:
    """One sparkline a figure."""
    lines = courses(workspace, found, as_of)
    return [Cell(sparkline(lines.get(keys_of(f), ()))) for f in found.figures]


def courses(workspace: Workspace, found: Measurement, as_of: AsOf = None) -> Mapping[Keys, list[float]]:
    """The part that is shown, by month, over the twelve months up to the question's end, by group."""
    end = found.query.end or _day_after(found)
    start = months_later((end - timedelta(days=1)).replace(day=1), 1 - MONTHS)
    asked = replace(found.query, period="month", start=start, end=end, compare=None)
    monthly = workspace.ask(asked, as_of).figures
    months = sorted({f.period.start for f in monthly if f.period})
    shown = {keys_of(f): f.main for f in found.figures}
    values = {
        (keys_of(f), f.period.start): part.value
        for f in monthly
        if f.period and (part := f.parts.get(shown.get(keys_of(f), f.main)))
    }
    return {
        keys: [values.get((keys, month), float("nan")) for month in months] for keys in {keys_of(f) for f in monthly}
    }


def _day_after(found: Measurement) -> date:
    last = local_day(found.data_end, found.time_zone) if found.data_end else date.today()
    return last + timedelta(days=1)


def keys_of(figure: Figure) -> Keys:
    """A figure's group."""
    return tuple(figure.keys.items())


def state(workspace: Workspace, found: Measurement, figure: Figure) -> State | None:
    """The figure against its target; None where it has none."""
    declared = workspace.targets.get(found.metric.name)
    target = declared.of(figure.keys) if declared else None
    if declared is None or target is None or figure.keys.get(BRAND) not in {None, workspace.settings.brand}:
        return None
    estimate = figure.parts.get(declared.part or "", figure.estimate)
    return State(target, verdict(estimate, target, found.metric.better))


def state_column() -> Column:
    """The heading of states."""
    return Column(str(_("target")), right=False)


def state_cell(workspace: Workspace, found: Measurement, figure: Figure) -> Cell:
    """The state's sign and the target; `LEGEND` says what the signs mean."""
    known = state(workspace, found, figure)
    if known is None or known.verdict is None:
        return Cell("", "muted")
    return Cell(f"{known.verdict.sign} {quantity(known.target, found.metric.unit)}", known.verdict.tone)


def states(workspace: Workspace, found: Measurement) -> Mapping[int, dict[str, Any]]:
    """Target and state of each figure that has one, by its number, for machines."""
    known = {i: state(workspace, found, f) for i, f in enumerate(found.figures)}
    return {
        i: {"value": s.target, "state": s.verdict.value if s.verdict else None}
        for i, s in known.items()
        if s is not None
    }
