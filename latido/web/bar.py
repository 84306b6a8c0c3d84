"""The filter bar: what may be chosen, and what is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.i18n import _
from latido.metrics.names import dimension_name, preset_name, value_name
from latido.web.clock import timed
from latido.web.render import link
from latido.web.view import COMPARISONS, DIMENSIONS, WEEKS, View
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask


MOST = 60  # values of a dimension to choose from


@dataclass(frozen=True)
class Field:
    """A dimension to filter by."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Bar:
    """What the filter bar shows.

    Attributes:
        path: The page that it changes.
        view: What is chosen.
        weeks: Spans to choose from.
        comparisons: What to compare with.
        fields: Dimensions to filter by.
        calendars: Calendars to choose from.
        calendar: The one in force.
        presets: Readings of the definition.
        other: Filters that no field shows; they stay.
        segments: Saved filters to choose from.
        keep: Where somebody who may can save the filters in force under a name; empty for nobody and nothing.
    """

    path: str
    view: View
    weeks: Sequence[tuple[str, str]]
    comparisons: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    calendars: Sequence[str]
    calendar: str
    presets: Sequence[tuple[str, str, str]]
    other: Sequence[str]
    segments: Sequence[str]
    keep: str

    @property
    def chosen(self) -> int:
        """How many filters are in force."""
        view = self.view
        given = (view.saved, view.calendar, view.preset, view.as_of, view.start or view.end)
        return len(view.where) + sum(1 for choice in given if choice)


def bar(ask: Ask, metrics: Sequence[Metric]) -> Bar:
    """The filter bar of a page that shows these metrics."""
    view = ask.view
    fields = [field for name in DIMENSIONS if (field := _field(ask, view, metrics, name)).values]
    presets = metrics[0].presets if len(metrics) == 1 else ()
    shown = {field.name for field in fields}
    return Bar(
        path=ask.path,
        view=view,
        weeks=[*((value, str(label)) for value, label in WEEKS.items()), ("all", str(_("All")))],
        comparisons=[(value, str(label)) for value, label in COMPARISONS.items()],
        fields=fields,
        calendars=list(ask.workspace.calendars) if any(map(timed, metrics)) else (),
        calendar=view.calendar or ask.workspace.config.calendar,
        presets=[(preset.name, preset_name(preset.name), str(preset.meaning)) for preset in presets],
        other=[text for text in view.where if condition(text).dimension not in shown],
        segments=list(ask.workspace.segments),
        keep=keep(ask, view),
    )


def keep(ask: Ask, view: View) -> str:
    """Where somebody who may can save the filters in force under a name; empty for nobody and nothing."""
    if not view.where or not ask.asker.may("settings"):
        return ""
    return link("/settings/segments/edit", [("where", text) for text in (*view.kept, *view.where)])


def _field(ask: Ask, view: View, metrics: Sequence[Metric], name: str) -> Field:
    tables = {metric.table for metric in metrics if name in ask.answers.dimensions(metric)}
    found = [ask.answers.values(table, DIMENSIONS).get(name, [])[:MOST] for table in sorted(tables)]
    values = dict.fromkeys(value for values in found for value in values)
    theirs = [value for value in values if name != "team" or not ask.asker.teams or value in ask.asker.teams]
    named = [(value, value_name(name, value)) for value in theirs]
    return Field(name, dimension_name(name), named, view.filtered(name).strip('"'))
