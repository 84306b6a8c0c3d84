"""`/metrics`: what can be measured, and what it means."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from latido.api.call import Asking
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import MetricName
from latido.api.records import utc
from latido.i18n import _
from latido.metrics.catalog import METRICS
from latido.metrics.catalog import metric as find_metric
from latido.metrics.metric import Family
from latido.metrics.present import unit_label

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.metrics.metric import Metric


class Preset(BaseModel):
    """A named reading of a definition."""

    name: str = about(_("Its name, for `preset`"))
    meaning: str = about(_("What it does otherwise"))


class Reason(BaseModel):
    """A rule by which rows are not counted."""

    reason: str = about(_("Its name, the same in every language"))
    label: str = about(_("The rule, in the reader's language"))


class Target(BaseModel):
    """What a metric should reach."""

    value: float | None = about(_("The target for everything that has none of its own"))
    part: str | None = about(_("Which part of the figure it is for; null for the main one"))
    by: dict[str, dict[str, float]] = about(_("Dimension, its value, and the target there"))


class Definition(BaseModel):
    """A metric: all that is declared of it."""

    name: str = about(_("Its identifier"))
    family: Family = about(_("Its family"))
    label: str = about(_("Its name, in the reader's language"))
    formula: str = about(_("What is divided by what"))
    unit: str = about(_("Unit of all values: `s` for seconds, `%`, `points`, …"))
    unit_label: str = about(_("The unit, in the reader's language"))
    better: Literal["higher", "lower"] | None = about(_("Which direction is better; null where neither is"))
    interval: str = about(_("The interval's method"))
    source: str = about(_("Who defined it"))
    traps: list[str] = about(_("What is easily counted wrongly"))
    dimensions: list[str] = about(_("What figures may be split and filtered by, columns of one's own among them"))
    presets: list[Preset] = about(_("Named readings of the definition"))
    left_out: list[Reason] = about(_("Rules by which rows are not counted, the first that applies counts"))
    splits: list[str] = about(_("Dimensions over which figures are never merged"))
    lowest: float | None = about(_("The least value that there can be"))
    highest: float | None = about(_("The greatest value that there can be"))
    min_n: int = about(_("Below it a value is withheld"))
    protected: bool = about(_("Whether small groups are withheld, and rows never shown"))
    table: str = about(_("The facts that it reads"))
    key: str = about(_("The column that names a row behind it"))
    target: Target | None = about(_("What the settings say it should reach"))
    data_end: datetime | None = about(_("Instant up to which the data speak; what is open then is censored"))


class Catalogue(BaseModel):
    """All metrics."""

    items: list[Definition] = about(_("The metrics, family by family"))
    version: int = about(_("The version of the data"))


def every(call: Asking) -> Catalogue:
    """All metrics."""
    version = call.answers.version()
    call.tag(version)
    return Catalogue(items=[_definition(call, metric, version) for metric in METRICS.values()], version=version)


def one(call: Asking, name: MetricName) -> Definition:
    """One metric."""
    metric, version = find_metric(name), call.answers.version()
    call.tag(version)
    return _definition(call, metric, version)


def _definition(call: Call, metric: Metric, version: int) -> Definition:
    end = call.answers.data_end(metric, version)
    lowest, highest = (value if math.isfinite(value) else None for value in metric.range)
    return Definition(
        name=metric.name,
        family=metric.family,
        label=str(metric.label),
        formula=str(metric.formula),
        unit=metric.unit,
        unit_label=unit_label(metric.unit),
        better=metric.better,
        interval=str(metric.interval),
        source=str(metric.source),
        traps=[str(trap) for trap in metric.traps],
        dimensions=call.answers.dimensions(metric, version),
        presets=[Preset(name=preset.name, meaning=str(preset.meaning)) for preset in metric.presets],
        left_out=[Reason(reason=rule.reason, label=str(rule.label)) for rule in metric.left_out],
        splits=list(metric.splits),
        lowest=lowest,
        highest=highest,
        min_n=max(metric.min_n, call.workspace.config.min_n or 1),
        protected=metric.protected,
        table=metric.table,
        key=metric.key,
        target=_target(call, metric),
        data_end=utc(end) if end else None,
    )


def _target(call: Call, metric: Metric) -> Target | None:
    known = call.workspace.targets.get(metric.name)
    return Target(value=known.value, part=known.part, by=known.by) if known else None


OPERATIONS = (
    Operation(
        "GET", "/metrics", every, "read", FIGURES,
        _("All metrics"),
        _("What each means, in the reader's language: formula, unit, source, traps, and what it can be split by."),
        Catalogue, tagged=True, example="/metrics",
    ),
    Operation(
        "GET", "/metrics/{name}", one, "read", FIGURES,
        _("One metric"),
        _("All that is declared of a metric."),
        Definition, errors=(404,), tagged=True, example="/metrics/nps",
    ),
)  # fmt: skip
