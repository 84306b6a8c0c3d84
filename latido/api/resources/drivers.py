"""`/drivers/{outcome}`: what an outcome goes with, with the same arguments as `Workspace.drivers`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from fastapi import Path, Query, Response
from pydantic import BaseModel, ConfigDict

from latido.api.call import Asking
from latido.api.figures import Estimate, Period, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import FIRST, LAST, Filter, Name, field
from latido.api.records import sheet
from latido.errors import FieldError, UnknownNameError
from latido.i18n import _
from latido.report.drivers import sentences
from latido.workspace import question
from latido.workspace.driven import FOLLOW, changes

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.insights.drivers import Difference, Effect, Explained, Ranked

MOST = 20
Outcome = Annotated[
    str, Path(description=_("What is to be explained: nps.score, csat.score, ces, churn_rate, clv …").template)
]


class Explaining(BaseModel):
    """How an outcome is explained, in an address."""

    model_config = ConfigDict(extra="forbid")

    of: list[Filter] = about(_("Drivers, at most 20; the usual ones where none is named"), default=[], max_length=50)
    grain: Literal["ticket", "customer", "team_week"] | None = about(
        _("What one row is; else the ticket where it knows the outcome"), default=None
    )
    missing: Literal["complete", "mean"] = about(
        _("Rows in which a driver is not known are left out, or it is set to its mean"), default="complete"
    )
    by: Name | None = about(_("A dimension: whether drivers weigh differently by it"), default=None)
    what_if: list[Filter] = about(
        _("Changes whose outcome is to be expected: `first_reply_time.hours=-1`"), default=[], max_length=MOST
    )
    follow: int = about(_("Days in which an outcome that follows (churn) is looked for"), default=FOLLOW, ge=1, le=3660)
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    as_of: Name | None = about(_("The data as they were: a version's number, a day (at its end) or an instant"),
                               default=None)  # fmt: skip


class Driver(BaseModel):
    """One driver among others."""

    name: str = about(_("Which"))
    unit: str = about(_("What one more of it is"))
    share: Estimate = about(_("Its part of what is explained, %; the parts of all add up to 100"))
    coefficient: Estimate = about(_("Change of the outcome for one unit more of it, the others held; signed"))
    holds: bool = about(_("Whether the coefficient can be told from 0"))
    against: bool = about(_("Whether better of it goes with a worse outcome"))
    standardized: float = about(_("The coefficient in standard deviations"))
    vif: float | None = about(_("Variance inflation: from 5 on it can hardly be told from the others"))
    mean: float = about(_("Its mean"))
    level: float | None = about(_("Where its mean lies from worst (0) to best (100)"))
    place: str = about(
        _("Its quarter of the map: improve, keep, next, fine; against or unclear; empty without a level")
    )
    known: int = about(_("In how many of the rows with a known outcome it is known"))


class Expected(BaseModel):
    """What would be expected of one reading of the outcome."""

    outcome: str = about(_("Which reading"))
    unit: str = about(_("Its unit"))
    now: float = about(_("Its mean"))
    line: Estimate = about(_("The expected change by a straight line through all rows"))
    answers: Estimate = about(_("The expected change by the model of single answers (proportional odds)"))


class Elsewhere(BaseModel):
    """A driver in one segment against all other rows."""

    driver: str = about(_("Which"))
    segment: str = about(_("The dimension's value"))
    here: Estimate = about(_("Its coefficient there"))
    elsewhere: Estimate = about(_("Its coefficient in all other rows"))
    q: float = about(_("Share of chance to be expected among all that are as clear"))
    holds: bool = about(_("Whether it can be told from chance, all drivers and segments considered"))


class Drivers(BaseModel):
    """What an outcome goes with: association, not cause."""

    outcome: str = about(_("What is explained"))
    grain: str = about(_("What one row is"))
    n: int = about(_("Rows that count"))
    asked: int = about(_("Rows in which the outcome is known"))
    missing: str = about(_("What became of rows in which a driver is not known"))
    mean: float = about(_("The outcome's mean"))
    r2: Estimate = about(_("Share of the outcome's variance that goes with all of them together, 0 to 1"))
    drivers: list[Driver] = about(_("The largest share first"))
    passed: list[str] = about(_("Drivers that were not named and are known in fewer than half of the rows"))
    span: Period | None = about(_("The days that were looked at; null for all"))
    after: Period | None = about(_("The days in which those were looked for who left"))
    expected: list[Expected] = about(_("What would be expected of the changes, where they were asked about"))
    differences: list[Elsewhere] = about(_("Drivers by segment, where that was asked; the clearest first"))
    sentences: list[str] = about(_("All of it in the reader's language"))
    version: int = about(_("The version of the data"))


class _Understood(NamedTuple):
    version: int
    where: tuple[str, ...]
    start: date | None
    end: date | None
    what_if: tuple[tuple[str, float], ...]


def ask(call: Asking, outcome: Outcome, said: Annotated[Explaining, Query()]) -> Drivers | Response:
    """The drivers of an outcome."""
    known = _understood(call, said)
    call.tag(outcome, said, known)
    key = (
        "drivers",
        "api",
        outcome,
        tuple(said.of),
        said.grain,
        said.missing,
        said.by,
        said.follow,
        said.calendar,
        known,
    )
    work = call.answers.begun(
        key,
        lambda workspace: workspace.drivers(
            outcome, said.of, grain=said.grain, by=said.by, what_if=dict(known.what_if), missing=said.missing,
            start=known.start, end=known.end, follow=said.follow, where=known.where, calendar=said.calendar,
            as_of=known.version,
        ),
        patience=None,
    )  # fmt: skip
    found: Explained = work.result()
    if call.wants_csv:
        rows: list[dict[str, Any]] = found.records()
        return sheet(
            list(rows[0]), [{name: _finite(v) for name, v in row.items()} for row in rows], "drivers", call.head
        )
    return _told(found, known.version)


def _understood(call: Call, said: Explaining) -> _Understood:
    """The question, limited to the asker's teams.

    Raises:
        FieldError: A field that makes no sense.
    """
    with field("as_of"):
        version = call.answers.version(said.as_of)
    theirs = ",".join(f'"{team}"' for team in (name.replace('"', '""') for name in call.asker.teams))
    where = (*said.where, *([f"team={theirs}"] if theirs else []))
    with field("where"):
        question.conditions(where)
    with field("what_if"):
        what_if = tuple(changes(said.what_if).items())
    if said.calendar is not None and said.calendar not in call.workspace.calendars:
        unknown = UnknownNameError.among(_("calendar"), said.calendar, call.workspace.calendars)
        raise FieldError("calendar", unknown.message, unknown.hint)
    start, end = _day("start", said.start), _day("end", said.end)
    with field("end"):
        question.span(start, end)
    return _Understood(version, where, start, end, what_if)


def _day(name: str, text: str | None) -> date | None:
    with field(name):
        found = question.local_day(text)
    if found is not None and not FIRST <= found <= LAST:
        between = _("Days lie between {first} and {last}.", first=FIRST.isoformat(), last=LAST.isoformat())
        raise FieldError(name, between)
    return found


def _told(found: Explained, version: int) -> Drivers:
    spans = [Period(start=each.start, end=each.end) if each else None for each in (found.span, found.after)]
    return Drivers(
        outcome=found.outcome.name, grain=found.grain.name, n=found.n, asked=found.asked, missing=found.missing,
        mean=found.mean, r2=estimate(found.r2), drivers=[_driver(found, each) for each in found.ranked],
        passed=[each.name for each in found.passed], span=spans[0], after=spans[1],
        expected=[_expected(each) for each in (found.what_if.effects if found.what_if else ())],
        differences=[_elsewhere(each) for each in (found.segments.differences if found.segments else ())],
        sentences=sentences(found), version=version,
    )  # fmt: skip


def _driver(found: Explained, each: Ranked) -> Driver:
    driver = each.driver
    return Driver(
        name=each.variable.name, unit=each.variable.unit, share=estimate(driver.share),
        coefficient=estimate(driver.coefficient), holds=driver.holds, against=found.against(each),
        standardized=driver.standardized, vif=_finite(driver.vif), mean=driver.mean,
        level=_finite(each.level.position) if each.level else None, place=found.place(each), known=each.known,
    )  # fmt: skip


def _expected(effect: Effect) -> Expected:
    return Expected(
        outcome=effect.outcome.name, unit=effect.outcome.unit, now=effect.now, line=estimate(effect.line),
        answers=estimate(effect.answers),
    )  # fmt: skip


def _elsewhere(each: Difference) -> Elsewhere:
    return Elsewhere(
        driver=each.variable.name, segment=each.segment, here=estimate(each.here), elsewhere=estimate(each.elsewhere),
        q=each.q, holds=each.holds,
    )  # fmt: skip


def _finite(value: Any) -> Any:
    """What JSON and sheets can say: neither NaN nor infinity."""
    return None if value != value or value in (float("inf"), -float("inf")) else value  # noqa: PLR0124


OPERATIONS = (
    Operation(
        "GET", "/drivers/{outcome}", ask, "read", FIGURES,
        _("Drivers"),
        _("What an outcome goes with: each driver's share of what is explained (Shapley, LMG), signed coefficient, "
          "interval and VIF; what would be expected of changes by two models; segments that differ. Association, not "
          "cause. A lead sees those of their teams only."),
        Drivers, errors=(400, 404), tagged=True, csv=True,
        example="/drivers/csat.score?of=first_reply_time,resolution_time&what_if=first_reply_time.hours%3D-1",
    ),
)  # fmt: skip
