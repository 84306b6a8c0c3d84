"""One ticket: its clocks on its own time line, its conversation, and the figures that it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from latido.errors import UnknownNameError
from latido.facts.timeline import DONE
from latido.i18n import Message, _, _n, number
from latido.metrics.catalog import METRICS
from latido.metrics.names import value_name
from latido.metrics.present import quantity
from latido.web.instants import When, instant
from latido.web.labels import STATUS_TONES, Look, band
from latido.web.lanes import Axis, Bar
from latido.web.lengths import Length, calendar_of, rounded
from latido.web.page import Page
from latido.web.render import link
from latido.web.talk import turns
from latido.workspace.clocks import Clock, clocks
from latido.workspace.listing import sayable
from latido.workspace.standing import alone, metrics, prepared
from latido.workspace.ticket import EVENTS, facts_of, whole

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.metric import Metric
    from latido.model.calendar import BusinessCalendar
    from latido.web.ask import Ask
    from latido.workspace.standing import Standing
    from latido.workspace.ticket import Facts, Said, Ticket

WAITS = {"requester_wait_time": "waits", "agent_work_time": "works", "on_hold_time": "holds"}
TO_FIND = _("The list of tickets finds them by number, subject and customer.")


@dataclass(frozen=True)
class Lane:
    """A clock as it is drawn, and in words.

    Attributes:
        metric: Name of the metric.
        label: Its label.
        look: Its colour's name.
        bars: When it ran.
        running: Where it still does; empty where it does not.
        length: How long, on the wall clock.
        business: How long within the calendar's hours; empty where that is all the time.
        note: What else there is to say: still open, cut, the longest of several.
    """

    metric: str
    label: str
    look: str
    bars: Sequence[Bar]
    running: str
    length: str
    business: str
    note: Length


@dataclass(frozen=True)
class Mark:
    """Something that stopped or started a clock: across all lanes, and in words below them."""

    x: str
    icon: str
    label: str
    when: When


@dataclass(frozen=True)
class Opinion:
    """What was answered to a survey about the ticket."""

    survey: str
    score: str
    look: Look | None
    comment: str
    when: When | None


@dataclass(frozen=True)
class Line:
    """A figure, and whether the ticket counts in it."""

    metric: str
    label: str
    counts: bool
    said: str
    rows: str


def show(ask: Ask) -> Response:
    """The page."""
    try:
        facts = _facts(ask)
    except UnknownNameError as error:
        return ask.page("missing.html", 404, error=error, href="/tickets", label=_("Look for tickets"))
    calendar = calendar_of(ask.workspace, ask.query.get("calendar", ""))
    ticket, zone = _whole(ask, facts, _first(ask)), ask.workspace.config.zone
    ran = clocks(ticket)
    axis = Axis.around(ran, facts.created)
    here = f"/tickets/{quote(facts.ticket_id, safe='')}"
    return ask.page(
        "ticket.html",
        facts=facts,
        ticket=ticket,
        here_at=here,
        status_label=value_name("status", facts.status),
        tone=STATUS_TONES.get(facts.status or "", ""),
        known=_known(ticket),
        customer_href=f"/customers/{quote(facts.customer_id, safe='')}" if facts.customer_id else "",
        created=instant(facts.created, zone),
        lanes=lanes(ran, axis, calendar, ticket),
        marks=_marks(ticket, axis, ask),
        ticks=axis.ticks(zone),
        hours=axis.hours(calendar) if calendar.name != "24x7" else [],
        calendar=calendar.name,
        calendars=[(name, link(here, calendar=name)) for name in ask.workspace.calendars],
        turns=turns(ticket, zone),
        opinions=[_opinion(said, ask) for said in ticket.said],
        as_of=instant(ticket.end, zone).text if _goes_on(ticket, ran) else "",
        earlier=link(here, calendar=calendar.name, events=max(ticket.first - EVENTS, 0)) if ticket.first else "",
        later=_later(ticket, here, calendar.name),
    )


def _goes_on(ticket: Ticket, ran: Sequence[Clock]) -> bool:
    """Whether anything is said of the ticket that would be otherwise a day later."""
    return ticket.facts.status not in DONE and any(clock.end in {"running", "paused"} for clock in ran)


def _facts(ask: Ask) -> Facts:
    """The ticket that the address names.

    Raises:
        UnknownNameError: There is none, as far as the asker may know.
    """
    ticket_id, teams, version = sayable(ask.param["ticket_id"]), ask.asker.teams, ask.answers.version()
    key = ("ticket", ticket_id, teams, version)
    found: Facts | None = ask.answers.once(key, lambda: facts_of(ask.workspace, ticket_id, teams, version))
    if found is None:
        raise UnknownNameError(_("There is no ticket {number}.", number=ticket_id[:80]), TO_FIND)
    return found


def _whole(ask: Ask, facts: Facts, first: int) -> Ticket:
    version = ask.answers.version()
    key = ("whole ticket", facts.ticket_id, first, version)
    found: Ticket = ask.answers.once(key, lambda: whole(ask.workspace, facts, first, version))
    return found


def _first(ask: Ask) -> int:
    text = ask.query.get("events", "0")
    return min(int(text[:9]), 1_000_000) if text.isdecimal() else 0


def _later(ticket: Ticket, here: str, calendar: str) -> str:
    reached = ticket.first + len(ticket.events)
    return link(here, calendar=calendar, events=reached) if reached < ticket.all and ticket.events else ""


def _known(ticket: Ticket) -> list[tuple[str, str]]:
    """What is known of the ticket, beside its customer and status."""
    facts = ticket.facts
    agent = facts.agent_now or facts.agent_id
    told = [
        (_("Channel"), value_name("channel", facts.channel)),
        (_("Team"), facts.team_now or facts.team or ""),
        (_("Assignee"), ticket.names.get(agent or "", agent or "")),
        (_("Priority"), value_name("priority", facts.priority)),
        (_("Topic"), " › ".join(part for part in (facts.topic, facts.subtopic) if part)),
        (_("Product"), facts.product or ""),
        (_("Brand"), facts.brand or ""),
        (_("Replies"), number(facts.replies)),
        (_("Handed on"), str(_n("once", "{count} times", facts.transfers)) if facts.transfers else ""),
        (_("Reopened"), str(_n("once", "{count} times", facts.reopens)) if facts.reopens else ""),
    ]
    return [(str(label), text) for label, text in told if text]


def lanes(ran: Sequence[Clock], axis: Axis, calendar: BusinessCalendar, ticket: Ticket) -> list[Lane]:
    """One lane a clock; the waits for next replies share theirs, and one in which nothing ever ran is left away."""
    names = dict.fromkeys(clock.metric for clock in ran)
    by_name = {name: [clock for clock in ran if clock.metric == name] for name in names}
    shown = {name: mine for name, mine in by_name.items() if name != "on_hold_time" or mine[0].seconds()}
    return [_lane(name, mine, axis, calendar, ticket) for name, mine in shown.items()]


def _lane(name: str, mine: Sequence[Clock], axis: Axis, calendar: BusinessCalendar, ticket: Ticket) -> Lane:
    longest = max(mine, key=Clock.seconds)
    always, done = calendar.name == "24x7", ticket.facts.status in DONE
    runs = any(clock.end == "running" for clock in mine) and not done
    return Lane(
        metric=name,
        label=str(METRICS[name].label),
        look=WAITS.get(name, "runs"),
        bars=axis.bars([s for clock in mine for s in clock.stretches]) or _dots(longest, axis),
        running=axis.x(ticket.end) if runs else "",
        length=rounded(longest.seconds()),
        business="" if always else rounded(longest.business(calendar)),
        note=_note(name, longest, len(mine), done=done),
    )


def _dots(clock: Clock, axis: Axis) -> list[Bar]:
    """A clock that stopped at once is still a point on the line."""
    return [axis.bar(s) for s in clock.stretches[:1]]


def _note(name: str, clock: Clock, count: int, *, done: bool) -> Length:
    """What a length leaves unsaid."""
    if count > 1:
        many = _n("the longest of {count} waits", "the longest of {count} waits", count)
        return Length(str(many) if clock.end != "running" else str(_("{note}, still open", note=many)), "muted")
    if clock.end in {"running", "paused"} and done:
        return Length(str(_("it is done, but nothing says since when")), "muted")
    if clock.end == "running":
        return Length(str(_("still open: counted as waiting at least {time}", time=rounded(clock.seconds()))), "warn")
    if clock.end == "paused":
        return Length(str(_("stands still for now; it may go on")), "muted")
    if clock.end == "cut":
        said = _("never replied") if name == "first_reply_time" else _("ended without it")
        return Length(str(said), "muted")
    return Length("")


def _marks(ticket: Ticket, axis: Axis, ask: Ask) -> list[Mark]:
    """What happened to the clocks, in order."""
    facts = ticket.facts
    told: list[tuple[datetime, str, Message]] = [(facts.created, "plus", _("Created"))]
    if facts.first_reply is not None:
        told.append((facts.first_reply, "headset", _("First human reply")))
    told += [(s.began, "check", _("Solved")) for s in ticket.spells if s.solve]
    told += [(s.began, "arrow-back-up", _("Reopened")) for s in ticket.spells if s.reopen]
    if facts.closed is None or facts.closed > ticket.end:
        told.append((ticket.end, "history", _("The data end")))
    elif facts.solved is None:
        told.append((facts.closed, "x", _("Closed unsolved")))
    seen = sorted((one for one in told if one[0] <= ticket.end), key=lambda one: one[0])
    zone = ask.workspace.config.zone
    return [Mark(axis.x(at), icon, str(label), instant(at, zone)) for at, icon, label in seen]


def _opinion(said: Said, ask: Ask) -> Opinion:
    score = "" if said.score is None else _score(said.score, said.scale_high)
    survey = " · ".join(part for part in (value_name("kind", said.kind), said.survey) if part)
    when = instant(said.answered, ask.workspace.config.zone) if said.answered else None
    return Opinion(survey, score, band(said.band), said.comment or "", when)


def _score(score: float, high: float) -> str:
    return f"{number(score)}/{number(high)}"


def figures(ask: Ask) -> Response:
    """Whether and how the ticket counts in each figure."""
    facts = _facts(ask)
    calendar, version = calendar_of(ask.workspace, ask.query.get("calendar", "")), ask.answers.version()
    name, judge = facts.ticket_id, prepared(ask.answers, calendar.name)
    rows = ask.answers.once(("ticket's rows", name, version), lambda: alone(ask.workspace, facts, version))
    found = judge.standings(rows, calendar.name)
    lines = [_line(metric, one, name, calendar.name) for metric in metrics() for one in found[metric.name]]
    return ask.page("ticket_figures.html", facts=facts, lines=lines, calendar=calendar.name,
                    here_at=f"/tickets/{quote(name, safe='')}")  # fmt: skip


def _line(metric: Metric, one: Standing, ticket_id: str, calendar: str) -> Line:
    label = str(metric.label)
    if one.clock:
        label = str(_("{metric}: {clock}", metric=label, clock=value_name("clock", one.clock)))
    rows = link(f"/metrics/{metric.name}/rows", weeks="all", q=ticket_id, calendar=calendar)
    return Line(metric.name, label, one.counts, _said(metric, one), rows)


def _said(metric: Metric, one: Standing) -> str:
    """How it counts, or why not."""
    if not one.counts:
        reasons = {rule.reason: str(rule.label) for rule in metric.left_out}
        return reasons.get(one.why_not, one.why_not) or str(_("it has no value"))
    if one.target is not None:
        time = rounded(one.target)
        return str(_("kept; promised: {time}", time=time) if one.value else _("broken; promised: {time}", time=time))
    if metric.unit == "%":
        return str(_("yes") if one.value else _("no"))
    return quantity(one.value or 0.0, metric.unit)


ROUTES = (
    Page("/tickets/{ticket_id:path}/figures", figures, right="rows"),
    Page("/tickets/{ticket_id:path}", show, right="rows"),
)
