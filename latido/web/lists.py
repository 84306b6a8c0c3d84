"""Lists to search: what is typed and chosen stands in the address, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from latido.errors import UsageError
from latido.i18n import Message, _, day, number
from latido.metrics.measurement import Period
from latido.metrics.names import dimension_name, filter_name, value_name
from latido.metrics.periods import local_day
from latido.web.bar import keep
from latido.web.render import link
from latido.web.view import WEEKS, View
from latido.workspace.listing import DEEPEST, PAGE, Span
from latido.workspace.question import condition

if TYPE_CHECKING:
    from datetime import datetime

    from latido.metrics.query import Condition
    from latido.web.ask import Ask

LONGEST = 200  # characters of a search
Choice = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """A choice of the form: its name in the address, its label, what there is, and what is chosen."""

    name: str
    label: str
    options: Sequence[Choice]
    chosen: str


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Listing:
    """A list as its address asks for it.

    Attributes:
        path: Its address.
        text: What is searched for.
        view: Period and filters.
        weeks: How many weeks; `all` unless something else is chosen.
        sort: In which order; the first of the orders unless something else is chosen.
        page: Which page, from 1.
        own: Further choices that only this list has, by name.
    """

    path: str
    text: str
    view: View
    weeks: str
    sort: str
    page: int
    own: Mapping[str, str]

    @property
    def first(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * PAGE

    @property
    def where(self) -> tuple[Condition, ...]:
        """The filters.

        Raises:
            UsageError: One that is none.
        """
        return tuple(condition(text) for text in (*self.view.where, *self.view.kept))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The list as an address' parameters, on its first page."""
        period = [pair for pair in self.view.pairs if pair[0] in {"start", "end"}]
        weeks = [] if period or self.weeks == "all" else [("weeks", self.weeks)]
        own = [*self.own.items(), ("saved", self.view.saved), ("calendar", self.view.calendar)]
        told = [("q", self.text), *period, *weeks, *own]
        return [(k, v) for k, v in told if v] + [("where", text) for text in self.view.where] + self._order

    @property
    def _order(self) -> list[tuple[str, str]]:
        return [("sort", self.sort)] if self.sort else []

    def href(self, **changed: str | int) -> str:
        """The list with other choices; from its first page, unless that is one of them."""
        kept = [(name, given) for name, given in self.pairs if name not in changed]
        return link(self.path, kept, **changed)

    def without(self, name: str, text: str) -> str:
        """The list without one of its choices."""
        return link(self.path, [pair for pair in self.pairs if pair != (name, text)])

    def span(self, end: datetime, zone: str) -> Span:
        """The stretch of time that is looked at, up to the data's end."""
        last = local_day(end, zone)
        chosen = self._period(last)
        return Span.of_days(chosen.start, chosen.end, zone) if chosen else Span()

    def _period(self, last: date) -> Period | None:
        if not (self.view.start or self.view.end) and self.weeks == "all":
            return None
        return self.view.span(last)

    @property
    def narrowed(self) -> bool:
        """Whether anything is searched for or filtered by."""
        return any(name not in {"sort", "calendar"} for name, _value in self.pairs)


def listing(ask: Ask, sorts: Sequence[str], own: Sequence[str] = ()) -> Listing:
    """The list that an address asks for.

    Args:
        ask: The request.
        sorts: The orders that there are, the usual one first.
        own: Names of further choices.

    Raises:
        UsageError: A page, a day or a filter that is none.
    """
    query, sort = ask.query, ask.query.get("sort", "")
    weeks = query.get("weeks", "all")
    return Listing(
        path=ask.path,
        text=query.get("q", "").strip()[:LONGEST],
        view=ask.view,
        weeks=weeks if weeks in WEEKS else "all",
        sort=sort if sort in sorts[1:] else "",
        page=_page(query.get("page", "1")),
        own={name: query[name] for name in own if query.get(name)},
    )


def _page(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= DEEPEST // PAGE:
        raise UsageError(
            _("“{value}” is no page number.", value=text[:20]),
            _("The first {count} rows can be paged through; filters bring further ones nearer.", count=DEEPEST),
        )
    return int(text)


def fields(known: Mapping[str, Sequence[str]], view: View, teams: tuple[str, ...]) -> list[Field]:
    """The choices that there is something to choose among; a lead's teams are all that a lead can choose."""
    told = {name: _allowed(name, values, teams) for name, values in known.items()}
    return [
        Field(
            f"is.{name}", dimension_name(name), [(v, value_name(name, v)) for v in values], _chosen(view, name, values)
        )
        for name, values in told.items()
        if values
    ]


def _allowed(name: str, values: Sequence[str], teams: tuple[str, ...]) -> Sequence[str]:
    return [value for value in values if value in teams] if teams and name == "team" else values


def _chosen(view: View, name: str, values: Sequence[str]) -> str:
    chosen = view.filtered(name).strip('"')
    return chosen if chosen in values else ""


def other(view: View, shown: Sequence[Field]) -> list[str]:
    """Filters that no choice of the form shows; the form keeps them."""
    said = {field.name.removeprefix("is."): field.chosen for field in shown if field.chosen}
    return [text for text in view.where if not _is_said(text, said)]


def _is_said(text: str, said: Mapping[str, str]) -> bool:
    one = condition(text)
    return one.operator == "=" and one.values == (said.get(one.dimension),)


def chips(asked: Listing, labels: Mapping[str, Mapping[str, str]]) -> list[Chip]:
    """The filters in force, each with the address without it.

    Args:
        asked: The list.
        labels: Of its own choices: name → value → label.
    """
    told = [Chip(filter_name(condition(text)), asked.without("where", text)) for text in asked.view.where]
    if asked.view.saved:
        told.append(Chip(asked.view.saved, asked.without("saved", asked.view.saved)))
    for name, given in asked.own.items():
        told.append(Chip(labels.get(name, {}).get(given, given), asked.without(name, given)))
    return [*told, *_period_chips(asked)]


def _period_chips(asked: Listing) -> list[Chip]:
    if asked.view.start or asked.view.end:
        last = asked.view.end - timedelta(days=1) if asked.view.end else None
        text = " – ".join(day(found) if found else "…" for found in (asked.view.start, last))
        kept = [pair for pair in asked.pairs if pair[0] not in {"start", "end"}]
        return [Chip(text, link(asked.path, kept))]
    return [] if asked.weeks == "all" else [Chip(str(WEEKS[asked.weeks]), asked.href(weeks=""))]


@dataclass(frozen=True)
class Form:
    """What the form of a list shows.

    Attributes:
        asked: What is chosen.
        front: Choices that are always in sight.
        fields: Further ones.
        orders: Orders to choose from.
        other: Filters that no choice shows.
        chips: Filters in force.
        timed: Whether a period can be chosen.
        calendars: Business calendars to choose from.
        calendar: The one in force.
        segments: Saved segments to choose from.
        keep: Where the filters in force can be saved as one; empty for nobody and nothing.
    """

    asked: Listing
    front: Sequence[Field]
    fields: Sequence[Field]
    orders: Sequence[Choice]
    other: Sequence[str]
    chips: Sequence[Chip]
    timed: bool = True
    calendars: Sequence[str] = ()
    calendar: str = ""
    segments: Sequence[str] = ()
    keep: str = ""

    @property
    def weeks(self) -> Sequence[Choice]:
        """Periods to choose from, up to the data's end."""
        return [("all", str(_("any time"))), *((name, str(_("the last {count} weeks", count=name))) for name in WEEKS)]


def form(
    ask: Ask,
    asked: Listing,
    known: Mapping[str, Sequence[str]],
    orders: Mapping[str, Message],
    own: Sequence[Field] = (),
    **more: Any,
) -> Form:
    """The form of a list.

    Args:
        ask: The request.
        asked: What is chosen.
        known: Values to filter by, by dimension.
        orders: Orders to choose from, the usual one first.
        own: Choices that only this list has.
        **more: Whether it is timed, its calendars, and saved segments.
    """
    shown = fields(known, asked.view, ask.asker.teams)
    labels = {field.name: dict(field.options) for field in own}
    first = next(iter(orders), "")
    named = [("" if name == first else name, str(label)) for name, label in orders.items()]
    kept, told = other(asked.view, shown), chips(asked, labels)
    front = [field for field in own if field.options]
    return Form(asked, front, shown, named, kept, told, keep=keep(ask, asked.view), **more)


@dataclass(frozen=True)
class Pages:
    """Where a page stands among the others: `1–50 of 7,751`, and the addresses beside it."""

    text: str
    before: str
    after: str


def pages(asked: Listing, shown: int, count: int) -> Pages:
    """The way from page to page."""
    span = f"{number(asked.first + 1)}–{number(asked.first + shown)}"
    more = asked.first + shown < min(count, DEEPEST)
    return Pages(
        str(_("{span} of {count}", span=span, count=count)) if shown else "",
        asked.href(page=asked.page - 1) if asked.page > 1 else "",
        asked.href(page=asked.page + 1) if more and shown else "",
    )
