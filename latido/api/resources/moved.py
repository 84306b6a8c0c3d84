"""`/moved`: what changed between two periods, with the same arguments as `Workspace.moved`."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict

from latido.api.call import Asking
from latido.api.figures import Estimate, Period, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import Filter, Name, blamed, calendar_of, day_of, field
from latido.api.records import sheet
from latido.i18n import _
from latido.metrics.catalog import metric
from latido.metrics.query import Query as Question
from latido.report.moves import sentence
from latido.workspace import question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latido.api.call import Call
    from latido.insights import moved as insights

MOST = 50  # metrics
MOST_BY = 12  # dimensions; the segments grow with their square


class Asked(BaseModel):
    """What is compared, in an address."""

    model_config = ConfigDict(extra="forbid")

    metrics: list[Name] = about(_("Metrics; all of them where none is named"), default=[], max_length=MOST)
    by: list[Name] = about(
        _("Dimensions to divide by, one or two at once; the usual ones where none is named"), default=[],
        max_length=MOST_BY,
    )  # fmt: skip
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    compare: Literal["previous", "last_year"] = about(
        _("Against the period before, or the same days last year"), default="previous"
    )
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    as_of: Name | None = about(_("The data as they were: a version's number, a day (at its end) or an instant"),
                               default=None)  # fmt: skip


class Needed(BaseModel):
    """How many values it would have taken to see a difference."""

    difference: float | None = about(_("The difference, in the metric's unit"))
    n: float | None = about(_("Values in this period, the other in proportion; null where that cannot be said"))


class Move(BaseModel):
    """One segment of a metric in two periods."""

    metric: str = about(_("The metric"))
    where: dict[str, str | None] = about(_("What the segment is; empty for all rows"))
    now: Estimate = about(_("The figure"))
    before: Estimate = about(_("What it is compared with"))
    difference: Estimate = about(_("This minus that, with its interval"))
    p: float = about(_("How surprising a difference like this is where there is none"))
    q: float = about(_("Share of chance to be expected among all that are at least as clear"))
    holds: bool = about(_("Whether it can be told from chance, all comparisons considered"))
    visible: float | None = about(_("The smallest difference that would have been seen four times in five, by itself"))
    needed: list[Needed] = about(_("What it takes to see 5 and 12 points, or 10 and 25 % of the value before"))
    sentence: str = about(_("The change in words, in the reader's language; only of one that holds"))


class Part(BaseModel):
    """What one segment made of the change of a whole."""

    segment: str | None = about(_("Its value of the dimension; null for rows that have none"))
    contribution: float = about(_("What it made of the change; all segments together are the change"))
    own: Estimate = about(_("By the change of its own figure"))
    mix: float = about(_("By its larger or smaller part of the whole"))
    share_before: float = about(_("Its part of the whole before, 0 to 1"))
    share: float = about(_("Its part of the whole now, 0 to 1"))
    holds: bool = about(_("Whether the change of its own figure can be told from chance"))


class Breakdown(BaseModel):
    """The change of a whole, divided among the segments of one dimension: arithmetic, not cause."""

    metric: str = about(_("The metric"))
    where: dict[str, str | None] = about(_("Which of its wholes, where figures of different kinds are never merged"))
    change: float = about(_("The change"))
    dimension: str = about(_("The dimension"))
    parts: list[Part] = about(_("Its segments, what made most of it first"))


class Untested(BaseModel):
    """A metric of which nothing was compared."""

    metric: str = about(_("The metric"))
    reason: Literal["protected", "long_run", "unsettled", "untestable", "incomplete", "unfiltered"] = about(
        _("Why not")
    )


class Found(BaseModel):
    """What moved between two periods."""

    now: Period = about(_("The period"))
    before: Period = about(_("What it is compared with"))
    compared: int = about(_("How many differences were judged together"))
    small: int = about(_("How many segments had too few values to be compared"))
    moves: list[Move] = about(_("The changes that hold, the clearest first"))
    leading: list[int] = about(_("Which of them neither contain a clearer one nor lie within it: their places, from 0"))
    totals: list[Move] = about(_("Each metric as a whole, whether it moved or not"))
    breakdowns: list[Breakdown] = about(_("What segments made of the changes of wholes that hold"))
    untested: list[Untested] = about(_("Metrics of which nothing was compared"))
    version: int = about(_("The version of the data"))


class _Understood(NamedTuple):
    metrics: tuple[str, ...]
    by: tuple[str, ...]
    start: date | None
    end: date | None
    where: tuple[str, ...]
    calendar: str
    version: int


def ask(call: Asking, said: Annotated[Asked, Query()]) -> Found | Response:
    """What moved."""
    known = _understood(call, said)
    call.tag(said, known)
    work = call.answers.begun(
        ("moved by request", said.compare, known),
        lambda workspace: workspace.moved(
            known.metrics, by=known.by, start=known.start, end=known.end, compare=said.compare, where=known.where,
            calendar=known.calendar, as_of=known.version,
        ),
        patience=None,
    )  # fmt: skip
    with blamed(Question(said.metrics[0] if said.metrics else "", by=known.by)):
        found: insights.Moved = work.result()
    if call.wants_csv:
        return _sheet(found, call)
    return _told(found, known.version)


def _understood(call: Call, said: Asked) -> _Understood:
    """The question, limited to the asker's teams.

    Raises:
        FieldError: A field that makes no sense.
    """
    with field("metrics"):
        names = tuple(dict.fromkeys(metric(name).name for name in said.metrics))
    with field("as_of"):
        version = call.answers.version(said.as_of)
    where = (*said.where, *_theirs(call.asker.teams))
    with field("where"):
        question.conditions(where)
    start, end = day_of("start", said.start), day_of("end", said.end)
    with field("end"):
        question.span(start, end)
    by = tuple(dict.fromkeys(question.dimensions(said.by)))
    return _Understood(names, by, start, end, where, calendar_of(call, said.calendar), version)


def _theirs(teams: Sequence[str]) -> list[str]:
    """The filter that the asker's role sets."""
    quoted = (team.replace('"', '""') for team in teams)
    return ["team=" + ",".join(f'"{team}"' for team in quoted)] if teams else []


def _sheet(found: insights.Moved, call: Call) -> Response:
    names = list(found.records(found.totals)[0]) if found.totals else []
    rows = [{name: _known(value) for name, value in row.items()} for row in found.records()]
    return sheet(names, rows, "moved", call.head)


def _told(found: insights.Moved, version: int) -> Found:
    leading = set(map(id, found.leading))
    return Found(
        now=Period(start=found.now.start, end=found.now.end),
        before=Period(start=found.then.start, end=found.then.end),
        compared=found.compared,
        small=found.small,
        moves=list(map(_move, found.moves)),
        leading=[place for place, move in enumerate(found.moves) if id(move) in leading],
        totals=list(map(_move, found.totals)),
        breakdowns=list(map(_breakdown, found.breakdowns)),
        untested=[Untested(metric=each.metric.name, reason=each.reason) for each in found.untested],
        version=version,
    )


def _move(move: insights.Move) -> Move:
    return Move(
        metric=move.metric.name,
        where=dict(move.where),
        now=estimate(move.now),
        before=estimate(move.then),
        difference=estimate(move.difference),
        p=move.p,
        q=move.q,
        holds=move.holds,
        visible=_known(move.visible),
        needed=[Needed(difference=_known(size), n=_known(n)) for size, n in zip(move.sizes, move.needed, strict=True)],
        sentence=sentence(move) if move.holds else "",
    )


def _breakdown(breakdown: insights.Breakdown) -> Breakdown:
    return Breakdown(
        metric=breakdown.total.metric.name,
        where=dict(breakdown.total.where),
        change=breakdown.total.difference.value,
        dimension=breakdown.dimension,
        parts=list(map(_part, breakdown.parts)),
    )


def _part(part: insights.Part) -> Part:
    own = part.contribution
    return Part(
        segment=part.value, contribution=own.total, own=estimate(own.rate), mix=own.mix,
        share_before=own.share_before, share=own.share_after, holds=part.holds,
    )  # fmt: skip


def _known(value: Any) -> Any:
    """What JSON and sheets can say: neither NaN nor infinity."""
    return None if isinstance(value, float) and not isfinite(value) else value


OPERATIONS = (
    Operation(
        "GET", "/moved", ask, "read", FIGURES,
        _("What moved"),
        _("Every metric, and every segment of it by one or two dimensions, against an earlier period, judged as one "
          "family: differences with their interval, what it would have taken to see more, and what segments made of "
          "the whole's change. The arguments are those of `Workspace.moved` and of “latido moved”. A lead sees what "
          "is of their teams only."),
        Found, errors=(400, 404), tagged=True, csv=True, example="/moved?metrics=csat&metrics=nps&by=channel",
    ),
)  # fmt: skip
