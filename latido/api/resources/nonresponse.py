"""`/metrics/{name}/nonresponse`: a survey's score raw and weighted, as `Workspace.nonresponse` gives it."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from latido.api.call import Asking
from latido.api.figures import Estimate, Period, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import Filter, MetricName, Name, Rows, blamed, understood
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.insights.nonresponse import METRICS
from latido.report.nonresponse import sentences, shifted, thresholds

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.insights.nonresponse import Nonresponse, Scored


class Silence(BaseModel):
    """Which invitations are looked at, in an address."""

    model_config = ConfigDict(extra="forbid")

    by: list[Name] = about(_("Tell people apart by these too; channel, segment and country if not said"), default=[],
                           max_length=8)  # fmt: skip
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    compare: Literal["previous", "last_year"] | None = about(
        _("Each figure's change against the previous period or the same one last year"), default=None
    )
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    cap: float = about(
        _("No answer counts more than so many times the mean; 5 if not said"), default=5.0, gt=1, le=1000
    )
    customers: bool = about(_("Weight to all customers, not only to those who were asked"), default=False)
    shift: float | None = about(
        _("Say what the score is if the silent are so many points better, or worse (-10)"), default=None,
        allow_inf_nan=False,
    )  # fmt: skip
    as_of: Name | None = about(_("The data as they were: a version's number, a day (at its end) or an instant"),
                               default=None)  # fmt: skip


class Answering(BaseModel):
    """The people on one level of what is known of them."""

    trait: str = about(_("What people are told apart by"))
    level: str | None = about(_("The level; null where it is not known"))
    asked: float = about(_("How many were asked"))
    answered: float = about(_("How many of them answered"))
    rate: Estimate = about(_("The share that did, per cent"))


class Score(BaseModel):
    """A score of one kind of survey, or one scale."""

    keys: dict[str, str | None] = about(_("What the score is never merged over"))
    asked: float = about(_("Invitations that arrived"))
    answered: float = about(_("How many of them answered"))
    response: Estimate = about(_("The share that did, per cent"))
    raw: Estimate = about(_("The score of those who answered"))
    weighted: Estimate = about(_("The score with weights that make them look like all who were asked"))
    robust: Estimate = about(_("The same by augmented inverse probability weighting"))
    effective: float | None = about(_("How many plain answers the weighted ones are worth (Kish)"))
    capped: float | None = about(_("Share of the answers whose weight is at the cap"))
    uncovered: float | None = about(_("Share of the people for whom no weight speaks"))
    shifted: Estimate | None = about(_("The score if the silent differ by `shift`"))
    change: Estimate | None = about(_("The weighted score minus the one before"))
    levels: list[Answering] = about(_("Who answers, by what people lived and who they are"))
    sentences: list[str] = about(_("All that is to be said of it, in the reader's language"))


class Weighted(BaseModel):
    """A survey metric, raw and weighted for who did not answer."""

    metric: str = about(_("The metric"))
    unit: str = about(_("Unit of all values: `s` for seconds, `%`, `points`, …"))
    period: Period | None = about(_("The days in which people were asked; null for all"))
    days: int = about(_("How many days before the invitation are looked at"))
    slow: float | None = about(_("Seconds beyond which a ticket was slow"))
    cap: float = about(_("No weight is more than so many times the mean one"))
    bounced: int = about(_("Invitations that never arrived"))
    version: int | None = about(_("The version of the data"))
    scores: list[Score] = about(_("One per kind of survey or scale, the one with the most answers first"))


def ask(call: Asking, name: MetricName, said: Annotated[Silence, Query()]) -> Weighted:
    """A score, raw and weighted."""
    if name not in METRICS:
        raise UnknownNameError.among(_("survey of customers"), name, METRICS)
    plain = {field: getattr(said, field) for field in ("by", "start", "end", "where", "calendar", "as_of")}
    known = understood(call, name, Rows(**plain))
    call.tag(said, known.version)
    theirs = ",".join(f'"{team}"' for team in (name.replace('"', '""') for name in call.asker.teams))
    where = (*said.where, *([f"team={theirs}"] if theirs else []))
    work = call.answers.begun(
        ("nonresponse", name, said.model_dump_json(exclude={"shift"}), where, known.version),
        lambda workspace: workspace.nonresponse(
            name, by=said.by, start=known.query.start, end=known.query.end, where=where, compare=said.compare,
            calendar=said.calendar, cap=said.cap, whom="customers" if said.customers else "asked",
            as_of=known.version,
        ),
        patience=None,
    )  # fmt: skip
    with blamed(known.query):
        return _told(call, work.result(), said.shift)


def _told(call: Call, found: Nonresponse, shift: float | None) -> Weighted:
    return Weighted(
        metric=found.metric.name,
        unit=found.metric.unit,
        period=Period(start=found.period.start, end=found.period.end) if found.period else None,
        days=found.before.days,
        slow=None if isnan(found.before.slow) else found.before.slow,
        cap=found.cap,
        bounced=found.bounced,
        version=found.version,
        scores=[_scored(call, found, group, shift) for group in found.groups],
    )


def _scored(call: Call, found: Nonresponse, group: Scored, shift: float | None) -> Score:
    raked, change = group.raked, found.change(group)
    said = sentences(found, group, thresholds(call.workspace, found, group))
    by = shift if group.weighted.known else None
    return Score(
        keys=dict(group.keys), asked=group.asked, answered=group.answered, response=estimate(group.response),
        raw=estimate(group.raw), weighted=estimate(group.weighted), robust=estimate(group.robust),
        effective=raked.effective if raked else None, capped=raked.capped if raked else None,
        uncovered=raked.uncovered if raked else None,
        shifted=None if by is None else estimate(group.shifted(by)),
        change=estimate(change) if change else None,
        levels=[Answering(trait=trait.name, level=level.value, asked=level.asked, answered=level.answered,
                          rate=estimate(level.rate)) for trait in group.traits for level in trait.levels],
        sentences=[*said, *([] if by is None else [shifted(found, group, by)])],
    )  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/metrics/{name}/nonresponse", ask, "read", FIGURES,
        _("Who did not answer"),
        _("The score of a survey as it was answered, and weighted so that those who answered look like all who were "
          "asked, by what they had lived before; who answers least; how different the silent would have to be. For "
          "`nps`, `csat` and `ces`. A lead sees the invitations about their teams only."),
        Weighted, errors=(400, 404), tagged=True, example="/metrics/nps/nonresponse?where=wave=2026-04",
    ),
)  # fmt: skip
