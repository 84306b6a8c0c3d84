"""What a page shows, written in its address: period, comparison, filters, calendar, preset.

A link shares the view: everything that a person chose in the filter bar stands in the query string.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as _field
from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING

from latido.errors import UnknownNameError
from latido.i18n import Message, _
from latido.metrics.measurement import Period
from latido.metrics.periods import add, floor, local_day
from latido.metrics.query import Comparison, Query
from latido.web.days import days, is_day
from latido.workspace import question

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from latido.errors import FieldError
    from latido.metrics.measurement import Measurement
    from latido.metrics.metric import Metric
    from latido.workspace.answers import Answers

WEEKS: dict[str, Message] = {"4": _("4 wk"), "13": _("13 wk"), "26": _("26 wk"), "52": _("52 wk")}
COMPARISONS: dict[str, Message] = {
    "previous": _("the period before"),
    "last_year": _("the year before"),
    "none": _("nothing"),
}
DIMENSIONS = ("channel", "team", "priority", "topic", "segment", "country")  # those that people ask for most
GRAINS: dict[str, Message] = {"day": _("day"), "week": _("week"), "month": _("month"), "quarter": _("quarter")}
DEFAULT = "13"
MOST = 60  # points of a trend
FEWEST = 12  # rows of a period on average
LONG = 200  # days; a shorter course ends with the last week, however few its rows are
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91}
NONE: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class View:
    """What was chosen.

    Attributes:
        weeks: Whole weeks up to the data's end; empty where days are given, `all` for everything.
        start: First day, where days are given.
        end: Day after the last, where days are given.
        compare: What the figures are compared with.
        where: Filters as people write them: `channel=chat`.
        calendar: Business calendar; empty for the workspace's.
        preset: Named reading of the definition.
        as_of: The state of the data that is asked about: a day, an instant or a version; empty for the last.
        saved: Name of a saved segment.
        kept: The segment's filters.
        limits: Filters that the asker's role sets; they stand in no address.
        typed: What stands in the fields of days, also where it is no day.
        wrong: What of the address cannot be; what is shown is as if it had not been given.
    """

    weeks: str = DEFAULT
    start: date | None = None
    end: date | None = None
    compare: Comparison | None = "previous"
    where: tuple[str, ...] = ()
    calendar: str = ""
    preset: str = ""
    as_of: str = ""
    saved: str = ""
    kept: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    typed: Mapping[str, str] = _field(default_factory=dict, compare=False)
    wrong: tuple[FieldError, ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The view as an address' parameters; what is as ever is left out."""
        chosen = [
            ("weeks", "" if self.weeks == DEFAULT or self.start or self.end else self.weeks),
            ("start", self.start.isoformat() if self.start else ""),
            ("end", (self.end - timedelta(days=1)).isoformat() if self.end else ""),
            ("compare", "" if self.compare == "previous" else self.compare or "none"),
            ("calendar", self.calendar),
            ("preset", self.preset),
            ("as_of", self.as_of),
            ("saved", self.saved),
        ]
        return [(name, value) for name, value in chosen if value] + [("where", text) for text in self.where]

    @property
    def filters(self) -> tuple[str, ...]:
        """All filters that hold: chosen, saved, and set by the asker's role."""
        return (*self.where, *self.kept, *self.limits)

    def mistake(self, name: str) -> FieldError | None:
        """What is wrong with a field of the filter bar."""
        return next((error for error in self.wrong if error.field == name), None)

    def shown(self, name: str) -> str:
        """What stands in a field of days: of the first, the last, or the one whose state of the data is asked about."""
        last = self.end - timedelta(days=1) if self.end else None
        chosen = {"start": self.start, "end": last}.get(name)
        known = self.as_of if name == "as_of" else ""
        return chosen.isoformat() if chosen else known or self.typed.get(name, "")

    def field(self, name: str) -> str:
        """The kind of that field: one of days shows nothing of what is no day, and so keeps nothing of it."""
        return "date" if not self.shown(name) or is_day(self.shown(name)) else "text"

    def insist(self) -> None:
        """Answer nothing at all where the address asks for what cannot be: a file has no place to say so.

        Raises:
            FieldError: It does.
        """
        if self.wrong:
            raise self.wrong[0]

    def filtered(self, dimension: str) -> str:
        """The value that one dimension is filtered by; empty where it is not."""
        found = (text.partition("=")[2] for text in self.where if text.partition("=")[0].strip() == dimension)
        return next(found, "")

    def span(self, last: date) -> Period | None:
        """The days that are looked at, given the last whole day of the data; None for everything."""
        if self.start or self.end:
            return Period(self.start or date(1970, 1, 1), self.end or last + timedelta(days=1))
        if self.weeks == "all":
            return None
        end = floor(last + timedelta(days=1), "week")
        return Period(end - timedelta(weeks=int(self.weeks)), end)

    def grain(self, span: Period | None, n: float = inf) -> str:
        """Days, weeks, months or quarters: as many points as a trend can show, and as its rows can bear.

        Args:
            span: The days that are looked at; None for everything.
            n: The rows in them; where there are few, longer periods, so that a course is more than noise.
        """
        if span is None:
            return "month"
        days = (span.end - span.start).days
        least = FEWEST if days > LONG else 0
        fits = (grain for grain, length in _DAYS.items() if days <= MOST * length and n * length >= least * days)
        return next(fits, "quarter")


def read(params: QueryParams, limits: tuple[str, ...] = (), segments: Mapping[str, tuple[str, ...]] = NONE) -> View:
    """The view that an address asks for.

    Args:
        params: The address' parameters.
        limits: Filters that the asker's role sets.
        segments: Saved filters by name.

    Raises:
        UsageError: A filter that is none.
        UnknownNameError: A segment that there is none of.
    """
    saved = params.get("saved", "")
    if saved and saved not in segments:
        raise UnknownNameError.among(_("segment"), saved, segments)
    given = days(params)
    compare = params.get("compare", "previous")
    return View(
        weeks=_known(params.get("weeks"), (*WEEKS, "all"), DEFAULT),
        start=given.start,
        end=given.end,
        compare=compare if compare in {"previous", "last_year"} else None,  # type: ignore[arg-type]
        where=tuple(_filters(params)),
        calendar=params.get("calendar", ""),
        preset=params.get("preset", ""),
        as_of=next((text.strip() for text in reversed(params.getlist("as_of")) if text.strip()), ""),
        saved=saved,
        kept=segments.get(saved, ()),
        limits=limits,
        typed=given.typed,
        wrong=given.wrong,
    )


def _known(value: str | None, known: tuple[str, ...], otherwise: str) -> str:
    return value if value in known else otherwise


def _filters(params: QueryParams) -> Iterator[str]:
    """Filters written out, and those chosen in a list: `where=score>=9`, `is.channel=chat`."""
    yield from (text for text in params.getlist("where") if text.strip())
    chosen = ((name[3:], value) for name, value in params.multi_items() if name.startswith("is."))
    yield from (f'{name}="{value}"' if "," in value else f"{name}={value}" for name, value in chosen if value)


def last_day(answers: Answers, metric: Metric) -> date | None:
    """The last local day that the data speak of a metric; None where there are none."""
    end = answers.data_end(metric)
    return local_day(end, answers.workspace.config.time_zone) if end else None


def asked(answers: Answers, view: View, metric: Metric) -> Query | None:
    """The question of a view about one metric; None where there are no data."""
    last = last_day(answers, metric)
    if last is None:
        return None
    span = None if metric.long_run and not (view.start or view.end) else view.span(last)
    return Query(
        metric.name,
        start=span.start if span else None,
        end=span.end if span else None,
        compare=view.compare if span else None,
        where=question.conditions(view.filters),
        calendar=view.calendar or answers.workspace.config.calendar,
        preset=view.preset if view.preset in {p.name for p in metric.presets} else None,
    )


def trend(query: Query, grain: str, last: date) -> Query:
    """The same by period; a month or quarter that the data do not fill is left away."""
    end = floor(query.end or last + timedelta(days=1), grain)
    start = query.start or add(end, "year", -3)
    if floor(start, grain) >= end:
        end = add(end, grain, 1)
    return replace(query, period=grain, start=floor(start, grain), end=end, compare=None)


def course(answers: Answers, view: View, found: Measurement) -> Measurement | None:
    """A measurement by period; None where it has no course."""
    last = last_day(answers, found.metric)
    if last is None or found.metric.long_run:
        return None
    n = max((f.estimate.n for f in found.figures), default=0)
    return answers.ask(trend(found.query, view.grain(view.span(last), n), last))
