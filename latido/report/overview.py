"""The main figures of every family: the last whole quarter of the data against the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from latido.i18n import Message, _, number
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Figure, Measurement, Period
from latido.metrics.metric import Metric
from latido.metrics.names import part_name
from latido.metrics.periods import add, floor, local_day
from latido.metrics.present import (
    NOTHING,
    Cell,
    Column,
    Grid,
    change_cell,
    interval_cell,
    period_label,
    quantity,
)
from latido.metrics.query import Query
from latido.report.figures import LEGEND, course_cells, course_column, state_cell, state_column
from latido.workspace import Workspace
from latido.workspace.question import AsOf

FAMILIES: dict[str, Message] = {
    "service": _("Service"),
    "experience": _("Experience"),
    "interaction": _("Interaction"),
    "employee": _("Employees"),
}
MOST = 5  # figures of a metric that is split
_UNSAID = {"value", "median"}


def summary(workspace: Workspace, as_of: AsOf = None) -> list[Measurement]:
    """Every metric that there are data for."""
    snapshot = workspace.snapshot(as_of)
    known = (metric for metric in METRICS.values() if snapshot.rows(metric.table))
    found = (_measured(workspace, metric, snapshot.version) for metric in known)
    return [one for one in found if one is not None]


def _measured(workspace: Workspace, metric: Metric, version: int) -> Measurement | None:
    """The last whole quarter against the one before; all there is where that quarter says nothing."""
    end = workspace.data_end(metric, version)
    if end is None:
        return None
    quarter = last_whole_quarter(local_day(end, workspace.config.time_zone))
    query = Query(metric.name, calendar=workspace.config.calendar)
    recent = replace(query, start=quarter.start, end=quarter.end, compare="previous")
    tried = (workspace.ask(question, version) for question in ((query,) if metric.long_run else (recent, query)))
    return next((found for found in tried if any(f.estimate.n for f in found.figures)), None)


def last_whole_quarter(last: date) -> Period:
    """The last quarter that had ended by the end of a day."""
    following = floor(last + timedelta(days=1), "quarter")
    return Period(add(following, "quarter", -1), following)


def overview(workspace: Workspace, found: Sequence[Measurement], as_of: AsOf = None) -> Iterator[Grid]:
    """One grid a family, one line a figure; below the last one, what the signs mean."""
    families = {family: [one for one in found if one.metric.family == family] for family in FAMILIES}
    there = [family for family, own in families.items() if own]
    for family in there:
        grid = _family(workspace, str(FAMILIES[family]), families[family], as_of)
        yield replace(grid, notes=(str(LEGEND),)) if workspace.targets and family == there[-1] else grid


def _family(workspace: Workspace, label: str, found: Sequence[Measurement], as_of: AsOf) -> Grid:
    cells = [row for one in found for row in _lines(workspace, one, as_of)]
    columns = (
        Column(str(_("metric")), right=False),
        Column(str(_("value"))),
        Column(str(_("95% interval"))),
        Column("n"),
        Column(str(_("change"))),
        course_column(),
        state_column(),
    )
    return Grid(label, _spans(found), columns, tuple(cells))


def _lines(workspace: Workspace, found: Measurement, as_of: AsOf) -> Iterator[tuple[Cell, ...]]:
    courses = course_cells(workspace, found, as_of)
    by_size = sorted(zip(found.figures, courses, strict=True), key=lambda pair: -pair[0].estimate.n)
    for figure, course in by_size[:MOST]:
        estimate, unit = figure.estimate, found.metric.unit
        known = not figure.withheld
        yield (
            _name(found.metric, figure),
            Cell(quantity(estimate.value, unit) if known else NOTHING),
            interval_cell(estimate, unit) if known else Cell(NOTHING, "muted"),
            Cell(number(estimate.n)),
            change_cell(figure.change, found.metric),
            course,
            state_cell(workspace, found, figure),
        )


def _name(metric: Metric, figure: Figure) -> Cell:
    """The metric with its group, and with the part that is shown where that is not what its name says."""
    told = [] if figure.main in _UNSAID else [part_name(figure.main)]
    groups = ", ".join([*(str(value) for value in figure.keys.values() if value is not None), *told])
    return Cell(f"{metric.name} · {groups}", folded=f"{metric.name}\n· {groups}") if groups else Cell(metric.name)


def _spans(found: Sequence[Measurement]) -> str:
    """The quarters that the figures are of, each against the one before, and the zone of their days."""
    spans = sorted({f.period for one in found for f in one.figures if f.period}, key=lambda span: span.start)
    told = (_against(span) for span in spans)
    return " · ".join((*told, found[0].time_zone))


def _against(span: Period) -> str:
    before = Period(add(span.start, "quarter", -1), span.start)
    this, that = period_label(span, "quarter"), period_label(before, "quarter")
    return str(_("{this} against {that}", this=this, that=that))
