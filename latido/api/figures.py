"""Figures as JSON: each with its interval, what it rests on, what was left out, and what its change is worth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from latido.api.meaning import about
from latido.api.questions import Asked, echo
from latido.api.records import utc
from latido.i18n import _
from latido.metrics import measurement as measured
from latido.metrics.present import unit_label
from latido.report.figures import state
from latido.report.verdict import Verdict
from latido.stats import estimate as stats
from latido.workspace import Workspace

End = Literal["value", "low", "high"]
ENDS: tuple[End, ...] = ("value", "low", "high")


class Period(BaseModel):
    """A span of local days."""

    start: date = about(_("First day"))
    end: date = about(_("Day after the last"))


class Estimate(BaseModel):
    """A value with its interval and the evidence under it."""

    value: float | None = about(_("The value; null where nothing can be said"))
    low: float | None = about(_("Lower end of the interval"))
    high: float | None = about(_("Upper end of the interval"))
    beyond: list[End] = about(_("Which of the three are infinite: a curve never came down so far"))
    n: float = about(_("How many units (answers, tickets, customers) it rests on"))
    numerator: float | None = about(_("The counted part, where the value is a share"))
    denominator: float | None = about(_("What it is a share of"))
    confidence: float = about(_("Coverage that the interval claims"))
    method: str = about(_("The interval's name in the literature"))


class Change(BaseModel):
    """The difference to the comparison period."""

    difference: Estimate = about(_("This minus that, with its interval"))
    baseline: Estimate = about(_("The figure it is compared with"))
    period: Period | None = about(_("Days of the baseline"))
    noise: bool = about(_("Whether the interval of the difference covers zero: then call it no change"))


class State(BaseModel):
    """A figure against its target."""

    value: float = about(_("The target, in the metric's unit"))
    state: Verdict | None = about(_("On target, off target, or compatible: the interval covers the target"))


class Figure(BaseModel):
    """One figure."""

    keys: dict[str, str | None] = about(_("The value of each dimension; null where rows have none"))
    period: Period | None = about(_("The days it covers"))
    main: str = about(_("The part that is shown first"))
    parts: dict[str, Estimate] = about(_("Estimates: `median`, `p90`, `mean` of a duration, `value` of most others"))
    left_out: dict[str, int] = about(_("Rows not counted, by reason"))
    withheld: str | None = about(_("Why no value is shown"))
    change: Change | None = about(_("The change, where one was asked for"))
    target: State | None = about(_("The target that the settings name"))


class Measured(BaseModel):
    """The answer to a question."""

    metric: str = about(_("The metric"))
    label: str = about(_("Its name, in the reader's language"))
    unit: str = about(_("Unit of all values: `s` for seconds, `%`, `points`, …"))
    unit_label: str = about(_("The unit, in the reader's language"))
    better: Literal["higher", "lower"] | None = about(_("Which direction is better; null where neither is"))
    query: Asked = about(_("The question as it was understood"))
    time_zone: str = about(_("The zone that days belong to"))
    data_end: datetime | None = about(_("Instant up to which the data speak; what is open then is censored"))
    version: int | None = about(_("The version of the data"))
    figures: list[Figure] = about(_("The figures, by period and then by dimension"))


def told(workspace: Workspace, found: measured.Measurement) -> Measured:
    """A measurement as JSON."""
    metric = found.metric
    return Measured(
        metric=metric.name,
        label=str(metric.label),
        unit=metric.unit,
        unit_label=unit_label(metric.unit),
        better=metric.better,
        query=Asked.model_validate(echo(found.query), from_attributes=True),
        time_zone=found.time_zone,
        data_end=utc(found.data_end) if found.data_end else None,
        version=found.version,
        figures=list(_figures(workspace, found)),
    )


def _figures(workspace: Workspace, found: measured.Measurement) -> Iterator[Figure]:
    for figure in found.figures:
        yield Figure(
            keys=dict(figure.keys),
            period=_period(figure.period),
            main=figure.main,
            parts={name: estimate(part) for name, part in figure.parts.items()},
            left_out=dict(figure.left_out),
            withheld=str(figure.withheld) if figure.withheld else None,
            change=_change(figure.change),
            target=_state(workspace, found, figure),
        )


def estimate(one: stats.Estimate) -> Estimate:
    """An estimate as JSON, which knows neither NaN nor infinity."""
    ends = {name: _known(getattr(one, name)) for name in ENDS}
    return Estimate(
        **ends, beyond=[name for name in ENDS if math.isinf(getattr(one, name))], n=one.n, numerator=one.numerator,
        denominator=one.denominator, confidence=one.confidence, method=one.method,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _change(change: measured.Change | None) -> Change | None:
    if change is None:
        return None
    ends = {"difference": estimate(change.difference), "baseline": estimate(change.baseline)}
    return Change(**ends, period=_period(change.period), noise=change.noise)


def _period(period: measured.Period | None) -> Period | None:
    return Period(start=period.start, end=period.end) if period else None


def _state(workspace: Workspace, found: measured.Measurement, figure: measured.Figure) -> State | None:
    known = state(workspace, found, figure)
    return State(value=known.target, state=known.verdict) if known else None
