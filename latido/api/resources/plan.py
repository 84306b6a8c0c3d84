"""`/metrics/{name}/plan`: how many values it takes, as `Workspace.plan` says it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field, FiniteFloat

from latido.api.call import Asking
from latido.api.figures import Estimate, Period, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import MOST_N, MetricName, Name, Rows, blamed, field, understood
from latido.errors import FieldError
from latido.i18n import _
from latido.metrics.periods import check
from latido.report.plan import sentences

if TYPE_CHECKING:
    from latido.insights import plan as planned


class Planned(Rows):
    """What is to be seen, in an address; `period` is what values are collected over."""

    difference: Name | None = about(_("The difference to see, in the metric's unit; of times also 30min"), default=None)
    margin: Name | None = about(_("How far the figure's interval may reach"), default=None)
    goal: Name | None = about(_("The target to be told from: a number, or `target` for the settings'"), default=None)
    share: FiniteFloat | None = about(
        _("Share of a test's values in its first group, 0 to 1"), default=None, gt=0, lt=1
    )
    power: float = about(_("Chance of seeing the difference where it is; 0.8 if not said"), default=0.8, ge=0.5, lt=1)
    level: float = about(_("Chance of seeing one where there is none; 0.05 if not said"), default=0.05, gt=0, lt=0.5)
    population: Annotated[int, Field(ge=1, le=MOST_N)] | Literal["customers"] | None = about(
        _("How many there are in all, or “customers” to count them: then fewer are needed"), default=None
    )


class Need(BaseModel):
    """What one group needs, and has."""

    keys: dict[str, str | None] = about(_("The value of each dimension; null where rows have none"))
    now: Estimate = about(_("The present figure"))
    sd: float | None = about(_("Standard deviation of one value"))
    deff: float = about(_("How much less values say because customers come more than once"))
    response: float | None = about(_("Share of the invitations that are answered, 0 to 1"))
    have: float = about(_("Values a period"))
    needed: int | None = about(_("Values that it takes"))
    invitations: int | None = about(_("How many have to be asked for them"))
    groups: list[int] = about(_("Sizes of a test's two groups"))
    seen: float | None = about(_("The smallest difference that a period shows now, or how far its interval reaches"))
    periods: float | None = about(_("How many periods it takes at the present pace"))
    enough: bool = about(_("Whether one period suffices"))
    goal: float | None = about(_("The target"))
    told: bool = about(_("Whether the figure can be told from its target already"))
    population: int | None = about(_("How many there are in all; null for many"))


class Found(BaseModel):
    """How many values it takes."""

    metric: str = about(_("The metric"))
    unit: str = about(_("Unit of all values: `s` for seconds, `%`, `points`, …"))
    kind: Literal["change", "survey", "test", "target"] = about(_("What is to be decided"))
    size: float | None = about(_("The difference or margin"))
    period: str = about(_("Over which values are collected; month if not said"))
    span: Period | None = about(_("The days whose level and pace are taken for the present ones"))
    needs: list[Need] = about(_("By group, the one with the most values first"))
    whole: Need | None = about(_("All groups together"))
    longer: dict[str, int] = about(_("Longer periods, with how many groups have enough in each"))
    sentences: list[str] = about(_("All that is to be said of it, in the reader's language"))
    version: int | None = about(_("The version of the data"))


def ask(call: Asking, name: MetricName, said: Annotated[Planned, Query()]) -> Found:
    """How many values it takes."""
    if said.preset is not None:
        raise FieldError("preset", _("A plan is made for the definition itself."))
    with field("period"):
        check(said.period)
    plain = {one: getattr(said, one) for one in ("by", "start", "end", "where", "calendar", "as_of")}
    known = understood(call, name, Rows(**plain))
    call.tag(said, known.version)
    theirs = ",".join(f'"{team}"' for team in (team.replace('"', '""') for team in call.asker.teams))
    where = (*said.where, *([f"team={theirs}"] if theirs else []))
    work = call.answers.begun(
        ("plan", name, said.model_dump_json(), where, known.version),
        lambda workspace: workspace.plan(
            name, difference=said.difference, margin=said.margin, goal=said.goal, share=said.share,
            by=known.query.by, period=said.period or "month", power=said.power, level=said.level,
            population=said.population, start=known.query.start, end=known.query.end, where=where,
            calendar=said.calendar, as_of=known.version,
        ),
        patience=None,
    )  # fmt: skip
    with blamed(known.query):
        return _told(work.result())


def _told(found: planned.Plan) -> Found:
    wanted = found.wanted
    return Found(
        metric=found.metric.name,
        unit=found.metric.unit,
        kind=wanted.kind,
        size=wanted.size,
        period=wanted.period,
        span=Period(start=found.span.start, end=found.span.end) if found.span else None,
        needs=[_need(need) for need in found.needs],
        whole=_need(found.whole) if found.whole else None,
        longer=dict(found.longer),
        sentences=list(sentences(found)),
        version=found.version,
    )


def _need(need: planned.Need) -> Need:
    one, size = need.present, need.needed
    invitations = size.invitations if size and one.response else None
    return Need(
        keys=dict(one.keys), now=estimate(one.now), sd=_known(one.sd), deff=one.deff, response=one.response,
        have=need.have, needed=size.n if size else None, invitations=invitations,
        groups=list(need.parts or ()), seen=_known(need.seen), periods=_known(need.periods), enough=need.enough,
        goal=need.goal, told=need.told, population=need.population,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


OPERATIONS = (
    Operation(
        "GET", "/metrics/{name}/plan", ask, "read", FIGURES,
        _("How many it takes"),
        _("How many values a share, score, mean or duration needs by group and period: to tell a change from chance, "
          "to be known within a margin, for a test of two groups, or to tell whether a target is reached; and what the "
          "present ones show. A lead sees those of their teams only."),
        Found, errors=(400, 404), tagged=True, example="/metrics/nps/plan?difference=3&by=team&period=month",
    ),
)  # fmt: skip
