"""What is asked of a metric: the arguments of `Workspace.measure`, checked one by one so that a wrong one is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from latido.api.meaning import about
from latido.errors import FieldError, ForbiddenError, UnknownNameError, UsageError
from latido.i18n import _
from latido.metrics.catalog import metric as find_metric
from latido.metrics.measure import scope_of
from latido.metrics.measurement import refuse_past
from latido.metrics.periods import check
from latido.metrics.query import Condition, Query
from latido.workspace import question

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.metrics.metric import Metric

FIRST, LAST = date(1970, 1, 1), date(2100, 1, 1)  # between them lies whatever the lake takes
MOST_PERIODS = 5_000
MOST_N = 1_000_000_000

# No engine takes a text with the character 0 in it.
SOUND = r"^[^\x00]*$"
Name = Annotated[str, Field(max_length=200, pattern=SOUND)]
MetricName = Annotated[str, Path(description=_("The metric: /metrics lists them").template)]
Filter = Annotated[str, Field(max_length=2_000, pattern=SOUND)]
Value = Filter | bool | int | FiniteFloat | None
Version = Annotated[int, Field(ge=0, le=MOST_N)]
Filters = (
    Annotated[dict[Name, Annotated[list[Value], Field(max_length=1_000)] | Value], Field(max_length=50)]
    | Annotated[list[Filter], Field(max_length=50)]
    | Filter
)
_AS_OF = _("The data as they were: a version's number, a day (at its end) or an instant")


class Span(BaseModel):
    """What the rows of a question have in common, however it is written."""

    model_config = ConfigDict(extra="forbid")

    period: Name | None = about(_("`day`, `week`, `month`, `quarter`, `year`, or `28d` for rolling days"), default=None)
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    preset: Name | None = about(_("A named reading of the definition"), default=None)


class Compared(BaseModel):
    """What only figures can be asked for."""

    compare: Literal["previous", "last_year"] | None = about(
        _("Each figure's change against the previous period or the same one last year"), default=None
    )
    min_n: int | None = about(_("Withhold values that rest on fewer"), default=None, ge=1, le=MOST_N)


class Rows(Span):
    """Which rows a question is about, in an address."""

    by: list[Name] = about(_("Dimensions to split by; several with commas or repeated"), default=[], max_length=8)
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    as_of: Name | None = about(_AS_OF, default=None)


class Parameters(Compared, Rows):
    """What is asked of a metric, in an address."""


class Question(Compared, Span):
    """What is asked of a metric, as JSON."""

    by: Annotated[list[Name], Field(max_length=8)] | Name = about(
        _("Dimensions to split by; several with commas or as a list"), default=[]
    )
    where: Filters = about(_("Filters, all of which must hold: by dimension, or written as in an address"), default=[])
    as_of: Name | Version | None = about(_AS_OF, default=None)


class Understood(NamedTuple):
    """A question that makes sense.

    Attributes:
        metric: The metric, as declared.
        query: The question.
        version: The version of the data that is asked about.
    """

    metric: Metric
    query: Query
    version: int


def understood(call: Call, name: str, said: Rows | Question) -> Understood:
    """The question that somebody asks, limited to their teams.

    Raises:
        UnknownNameError: There is no such metric.
        FieldError: A field that makes no sense.
        ForbiddenError: The metric knows no teams, and the asker sees only theirs.
        ProtectedError: It is about what single people said, and is asked for as it was.
    """
    metric = find_metric(name)
    refuse_past(metric, said.as_of)
    with field("as_of"):
        version = call.answers.version(said.as_of)
    with field("preset"):
        metric.preset(said.preset)
    with field("period"):
        check(said.period)
    with field("where"):
        where = question.conditions(said.where)
    query = Query(
        metric=name, by=tuple(dict.fromkeys(question.dimensions(said.by))), period=said.period,
        start=day_of("start", said.start), end=day_of("end", said.end), where=(*where, *_theirs(call, metric, version)),
        compare=said.compare if isinstance(said, Compared) else None, calendar=calendar_of(call, said.calendar),
        preset=said.preset, min_n=said.min_n if isinstance(said, Compared) else None,
    )  # fmt: skip
    with field("end"):
        question.span(query.start, query.end)
    found = Understood(metric, query, version)
    _check_periods(call, found)
    return found


@contextmanager
def field(name: str) -> Iterator[None]:
    """Blame a field for what makes no sense inside the block.

    Raises:
        FieldError: Something did not.
    """
    try:
        yield
    except FieldError:
        raise
    except UsageError as error:
        raise FieldError(name, error.message, error.hint) from None
    except (OverflowError, ValueError):
        raise FieldError(name, _("It cannot be as it was given.")) from None


@contextmanager
def blamed(query: Query) -> Iterator[None]:
    """Blame `by` or `where` for a dimension that the metric does not have.

    Raises:
        FieldError: It does not.
    """
    try:
        yield
    except UnknownNameError as error:
        place = "by" if error.message.values.get("name") in query.by else "where"
        raise FieldError(place, error.message, error.hint) from None


def day_of(name: str, text: str | None) -> date | None:
    """The local day that a field names.

    Raises:
        FieldError: It names none.
    """
    with field(name):
        found = question.local_day(text)
        if found is not None and not FIRST <= found <= LAST:
            raise UsageError(_("Days lie between {first} and {last}.", first=FIRST.isoformat(), last=LAST.isoformat()))
        return found


def calendar_of(call: Call, name: str | None) -> str:
    """The calendar of this name; the workspace's where none is named.

    Raises:
        FieldError: There is none of this name.
    """
    if name is not None and name not in call.workspace.calendars:
        unknown = UnknownNameError.among(_("calendar"), name, call.workspace.calendars)
        raise FieldError("calendar", unknown.message, unknown.hint)
    return name or call.workspace.config.calendar


def _theirs(call: Call, metric: Metric, version: int) -> tuple[Condition, ...]:
    """The filter that the asker's role sets."""
    if not call.asker.teams:
        return ()
    if "team" not in call.answers.dimensions(metric, version):
        raise ForbiddenError(
            _("{metric} knows no teams, and you see the figures of yours only.", metric=metric.label),
            _("An owner can give you another role."),
        )
    return (Condition("team", "=", call.asker.teams),)


def _check_periods(call: Call, asked: Understood) -> None:
    if asked.query.period is None:
        return
    key = ("periods", asked.query, asked.version)
    with blamed(asked.query):
        count: int = call.answers.once(key, lambda: _count(call, asked))
    if count > MOST_PERIODS:
        raise FieldError(
            "period",
            _("That makes {n} periods, and there are {most} at most.", n=count, most=MOST_PERIODS),
            _("Take longer periods, or a shorter span from start to end."),
        )


def _count(call: Call, asked: Understood) -> int:
    workspace = call.workspace
    scope = scope_of(asked.query, workspace.tables(asked.version), workspace.settings, workspace.execute)
    return len(scope.periods)


def echo(query: Query) -> Mapping[str, object]:
    """The question as it was understood, field by field."""
    return {name: getattr(query, name) for name in Asked.model_fields}


class Filtered(BaseModel):
    """One filter."""

    dimension: str = about(_("What is filtered by"))
    operator: str = about(_("How it is compared"))
    values: list[Value] = about(_("With what; null stands for none"))


class Asked(BaseModel):
    """The question as it was understood: a lead's limits stand among the filters."""

    by: list[str] = about(_("Dimensions to split by"))
    period: str | None = about(_("Period"))
    start: date | None = about(_("First local day"))
    end: date | None = about(_("Local day after the last one"))
    where: list[Filtered] = about(_("Filters, all of which hold"))
    compare: str | None = about(_("What is compared with"))
    calendar: str = about(_("Business calendar of durations"))
    preset: str | None = about(_("Reading of the definition"))
    min_n: int | None = about(_("Values that rest on fewer are withheld"))
