"""A ticket's conversation as people read it: messages and notes, and between them what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from latido.i18n import Message, _
from latido.metrics.names import value_name
from latido.web.instants import When, instant
from latido.web.labels import ROLE_ICONS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from latido.workspace.ticket import Event, Ticket

TOGETHER = timedelta(seconds=90)  # changes by the same hand within it are one line


@dataclass(frozen=True)
class Change:
    """A change in words; `href` where it leads to another ticket."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Turn:
    """A message or note, or changes that belong to none.

    Attributes:
        author: Who; their role where the name is not known.
        role: The role in words.
        kind: The role's own name, for the look.
        icon: The role's icon.
        when: When.
        internal: Whether the customer cannot see it.
        says: Whether it is a message or note.
        text: What was said; empty where the source does not say.
        channel: Where.
        changes: What was changed with it.
    """

    author: str
    role: str
    kind: str
    icon: str
    when: When
    internal: bool
    says: bool
    text: str
    channel: str
    changes: tuple[Change, ...] = field(default=())


def turns(ticket: Ticket, zone: ZoneInfo) -> list[Turn]:
    """The conversation, in order."""
    told: list[tuple[Event, Turn]] = []
    for event in ticket.events:
        if told and _joins(told[-1][0], event):
            last, turn = told[-1]
            told[-1] = (last, replace(turn, changes=_with(turn.changes, _change(event, ticket.names))))
        else:
            told.append((event, _turn(event, ticket, zone)))
    return [turn for _event, turn in told]


def _with(changes: Iterable[Change], change: Change) -> tuple[Change, ...]:
    return tuple(dict.fromkeys((*changes, change)))


def _joins(last: Event, event: Event) -> bool:
    """Whether an event is a change by whoever did the last thing just now."""
    same = (last.author_id, last.author_role) == (event.author_id, event.author_role)
    return not _says(event) and same and event.occurred - last.occurred <= TOGETHER


def _says(event: Event) -> bool:
    return event.kind in {"message", "note"}


def _turn(event: Event, ticket: Ticket, zone: ZoneInfo) -> Turn:
    role = event.author_role or "system"
    internal = event.kind == "note" or (event.kind == "message" and event.public is False)
    return Turn(
        author=_author(event, ticket),
        role=value_name("author_role", role),
        kind=role,
        icon=ROLE_ICONS.get(role, "user"),
        when=instant(event.occurred, zone),
        internal=internal,
        says=_says(event),
        text=(event.text or "").strip(),
        channel=value_name("channel", event.channel),
        changes=() if _says(event) else (_change(event, ticket.names),),
    )


def _author(event: Event, ticket: Ticket) -> str:
    mine = event.author_id is not None and event.author_id == ticket.facts.customer_id
    known = ticket.names.get(event.author_id or "") or (ticket.customer if mine else None)
    return known or event.author_id or value_name("author_role", event.author_role or "system")


def _change(event: Event, names: Mapping[str, str]) -> Change:
    """What an event changed, in words."""
    to = event.value or event.agent_id or event.team or ""
    href = f"/tickets/{quote(to, safe='')}" if event.kind == "merge" and to else ""
    told = _NAMED[event.kind](names.get(to, to)) if to and event.kind in _NAMED else _UNNAMED.get(event.kind)
    return Change(str(told or event.kind), href)


_NAMED: Mapping[str, Callable[[str], Message]] = {
    "status": lambda to: _("Status: {status}", status=value_name("status", to)),
    "priority": lambda to: _("Priority: {priority}", priority=value_name("priority", to)),
    "assignment": lambda to: _("Assigned to {who}", who=to),
    "transfer": lambda to: _("Handed on to {who}", who=to),
    "merge": lambda to: _("Merged into {ticket}", ticket=to),
}
_UNNAMED: Mapping[str, Message] = {
    "assignment": _("Assigned to nobody"),
    "transfer": _("Handed on"),
    "merge": _("Merged into another ticket"),
    "reopen": _("Reopened"),
}
