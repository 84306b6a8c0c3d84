"""`/correlations`: which metrics go together, with the same arguments as `Workspace.correlate`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from fastapi import Query, Response
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
from latido.report.correlation import sentence
from latido.workspace import question

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.insights.correlation import Correlations, Delay, Pair

MOST = 20  # metrics; the pairs grow with their square


class Asked(BaseModel):
    """What is put side by side, in an address."""

    model_config = ConfigDict(extra="forbid")

    metrics: list[Name] = about(
        _("Metrics, with readings such as `csat.score`; the usual ones where none is named"), default=[],
        max_length=MOST,
    )  # fmt: skip
    grain: Literal["ticket", "customer", "team_week"] = about(_("What one row is"), default="ticket")
    lags: bool = about(_("Move the second metric by eight weeks before to eight weeks after; weeks of teams only"),
                       default=False)  # fmt: skip
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    as_of: Name | None = about(_("The data as they were: a version's number, a day (at its end) or an instant"),
                               default=None)  # fmt: skip


class Moved(BaseModel):
    """A pair with its second metric some weeks later."""

    lag: int = about(_("By how many weeks the second metric comes after the first; negative where before"))
    rho: Estimate = about(_("Spearman's rank correlation, −1 to 1, with its interval"))
    p: float | None = about(_("How often chance alone would make one as strong"))
    q: float | None = about(_("Share of chance to be expected among all pairs and lags that are as clear"))
    holds: bool = about(_("Whether it can be told from chance, all pairs and lags considered"))


class Inside(BaseModel):
    """A pair within each value of a dimension, all values together."""

    dimension: str = about(_("The dimension"))
    rho: Estimate = about(_("Spearman's rank correlation, −1 to 1, with its interval"))
    groups: int = about(_("How many values of it there are"))


class Paired(BaseModel):
    """Two metrics."""

    first: str = about(_("One metric"))
    second: str = about(_("The other"))
    rho: Estimate = about(_("Spearman's rank correlation, −1 to 1, with its interval"))
    p: float | None = about(_("How often chance alone would make one as strong"))
    q: float | None = about(_("Share of chance to be expected among all pairs that are as clear"))
    of: float = about(_("How many rows know both; more than n where they were drawn"))
    holds: bool = about(_("Whether it can be told from chance, all pairs considered"))
    untold: Literal["linked", "few", "flat"] | None = about(
        _("Why nothing is said: they go together by definition, too few rows, one never varies")
    )
    sentence: str = about(_("The finding, in the reader's language"))
    within: list[Inside] = about(_("The same within channels, topics and the like, where it holds"))
    lags: list[Moved] = about(_("The same with a delay, where that was asked"))


class Found(BaseModel):
    """Metrics side by side."""

    grain: str = about(_("What one row is"))
    metrics: list[str] = about(_("The metrics"))
    span: Period | None = about(_("The days that were looked at; null for all"))
    after: Period | None = about(_("The days in which those were looked for who left"))
    compared: int = about(_("How many pairs were judged together"))
    pairs: list[Paired] = about(_("Each metric with each other"))
    version: int = about(_("The version of the data"))


class _Understood(NamedTuple):
    version: int
    where: tuple[str, ...]
    start: date | None
    end: date | None


def ask(call: Asking, said: Annotated[Asked, Query()]) -> Found | Response:
    """Which metrics go together."""
    known = _understood(call, said)
    call.tag(said, known)
    key = ("correlate", tuple(said.metrics), said.grain, said.lags, said.calendar, known)
    work = call.answers.begun(
        key,
        lambda workspace: workspace.correlate(
            said.metrics, grain=said.grain, lags=said.lags, start=known.start, end=known.end, where=known.where,
            calendar=said.calendar, as_of=known.version,
        ),
        patience=None,
    )  # fmt: skip
    found: Correlations = work.result()
    if call.wants_csv:
        rows: list[dict[str, Any]] = found.records()
        return sheet(list(rows[0]), [{name: _known(v) for name, v in row.items()} for row in rows], "correlations",
                     call.head)  # fmt: skip
    return _told(found, known.version)


def _understood(call: Call, said: Asked) -> _Understood:
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
    if said.calendar is not None and said.calendar not in call.workspace.calendars:
        unknown = UnknownNameError.among(_("calendar"), said.calendar, call.workspace.calendars)
        raise FieldError("calendar", unknown.message, unknown.hint)
    start, end = _day("start", said.start), _day("end", said.end)
    with field("end"):
        question.span(start, end)
    return _Understood(version, where, start, end)


def _day(name: str, text: str | None) -> date | None:
    with field(name):
        found = question.local_day(text)
    if found is not None and not FIRST <= found <= LAST:
        between = _("Days lie between {first} and {last}.", first=FIRST.isoformat(), last=LAST.isoformat())
        raise FieldError(name, between)
    return found


def _told(found: Correlations, version: int) -> Found:
    spans = [Period(start=each.start, end=each.end) if each else None for each in (found.span, found.after)]
    return Found(
        grain=found.grain.name,
        metrics=[each.name for each in found.variables],
        span=spans[0],
        after=spans[1],
        compared=found.compared,
        pairs=[_paired(pair, found.grain.name) for pair in found.pairs],
        version=version,
    )


def _paired(pair: Pair, grain: str) -> Paired:
    return Paired(
        first=pair.first.name,
        second=pair.second.name,
        rho=estimate(pair.estimate),
        p=_known(pair.p),
        q=_known(pair.q),
        of=pair.of,
        holds=pair.holds,
        untold=pair.untold or None,
        sentence=sentence(pair, grain),
        within=[Inside(dimension=w.dimension, rho=estimate(w.estimate), groups=w.groups) for w in pair.within],
        lags=[_moved(each) for each in pair.lags],
    )


def _moved(delay: Delay) -> Moved:
    return Moved(lag=delay.lag, rho=estimate(delay.estimate), p=_known(delay.p), q=_known(delay.q), holds=delay.holds)


def _known(value: Any) -> Any:
    """What JSON and sheets can say: no NaN."""
    return None if value != value else value  # noqa: PLR0124 - NaN alone is unlike itself


OPERATIONS = (
    Operation(
        "GET", "/correlations", ask, "read", FIGURES,
        _("What goes together"),
        _("Rank correlations between metrics, ticket by ticket, customer by customer, or over the weeks of teams, "
          "judged as one family: association, not cause. A lead sees those of their teams only."),
        Found, errors=(400, 404), tagged=True, csv=True, example="/correlations?metrics=ces&metrics=csat.score",
    ),
)  # fmt: skip
