"""What happened to a ticket: audits, ticket events and comments become canonical events.

An audit is one update of a ticket: messages, changes of fields, or both, at one instant. Event
identifiers are the audit's number and a position, padded so that they sort as they happened:
messages first, then the changes in Zendesk's order. Comments exported on their own carry their
audit's number and so get the identifier that they have inside it.

Changes of assignee and group in one audit are one event: a `transfer` when they take the ticket
from one agent or group to another, an `assignment` when it had none, or while it is created.
Everything carries the team and the assignee that the ticket has after it; messages those that it
had before, since whoever writes and hands over wrote as the one who had it.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

from latido.sources.open import read_json
from latido.sources.rows import Rows
from latido.sources.source import Delivery
from latido.sources.zendesk.desk import (
    CHANNELS,
    NOBODY,
    SCORES,
    STATUSES,
    Desk,
    Hands,
    Rating,
    Ticket,
    channel_name,
    text_id,
)
from latido.sources.zendesk.merges import merges

MESSAGES = frozenset({"Comment", "VoiceComment"})
CHANGES = frozenset({"Create", "Change"})
HANDLERS = frozenset({"assignee_id", "group_id"})
FIELDS = ("status", "assignee_id", "group_id", "priority", "requester_id", "satisfaction_score", "satisfaction_comment")
AGENTS_SCREEN = frozenset({"web", "api"})  # where agents write, not where the customer reads
LOOKED_AT = 5_000
LAST = 9_999  # position of a merge, after everything else of its audit

Record = dict[str, Any]


class Update(NamedTuple):
    """One audit, with what its ticket looked like around it."""

    number: int
    id: str | None
    ticket_id: str | None
    ticket: Ticket
    occurred: Any
    author: str | None
    via: str
    before: Hands
    after: Hands

    def event_id(self, position: int) -> str | None:
        """Identifier within the ticket, which sorts as things happened within one instant."""
        return f"{self.id:0>20}-{position:04d}" if self.id else None


def newest_first(file: Delivery, array: str | None) -> bool:
    """Whether audits are listed backwards, by the first ones that belong to the same tickets."""
    last: dict[Any, str] = {}
    backwards = forwards = 0
    for _number, audit in islice(read_json(file, array, broken=lambda *_: None), LOOKED_AT):
        ticket, occurred = audit.get("ticket_id"), str(audit.get("created_at"))
        backwards += occurred < last.get(ticket, "")
        forwards += occurred > last.get(ticket, occurred)
        last[ticket] = occurred
    return backwards > forwards


def add_audit(rows: Rows, desk: Desk, number: int, audit: Record) -> None:
    """Add the events of one audit and remember what it says of its ticket."""
    events = [event for event in audit.get("events") or () if isinstance(event, dict)]
    kinds = [event.get("type") for event in events]
    update = _update(desk, number, audit, events)
    creating = "Create" in kinds
    if creating:
        _remember_opening(desk, update, events)
    first = next((i for i, kind in enumerate(kinds) if kind in MESSAGES), None)
    for i, (kind, event) in enumerate(zip(kinds, events, strict=True)):
        if kind in MESSAGES:
            _add_message(rows, desk, update, event, 0 if i == first else i + 1)
        elif kind in CHANGES or kind == "SatisfactionRating":
            _add_change(rows, desk, update, event, i + 1)
    if update.before != update.after:
        _add_handover(rows, desk, update, events, creating=creating)
    for source, target in merges(audit, events, update.ticket_id):
        _add_merge(rows, desk, update, source, target)


def add_comment(rows: Rows, desk: Desk, number: int, comment: Record) -> None:
    """Add a message or note that was exported without its audit, unless the audit was read too."""
    ticket_id = text_id(comment.get("ticket_id"))
    ticket = desk.ticket(ticket_id) if ticket_id else Ticket()
    if ticket.spelt_out:
        return
    hands, author = NOBODY, text_id(comment.get("author_id"))
    audit = text_id(comment.get("audit_id") or comment.get("id"))
    via = channel_name(comment.get("via"))
    update = Update(number, audit, ticket_id, ticket, comment.get("created_at"), author, via, hands, hands)
    _add_message(rows, desk, update, comment, 0)


def as_audit(record: Record) -> Record:
    """A ticket event of the incremental export in the form of an audit."""
    children = [child for child in record.get("child_events") or () if isinstance(child, dict)]
    return {
        "id": record.get("id"),
        "ticket_id": record.get("ticket_id"),
        "created_at": record.get("created_at") or record.get("timestamp"),
        "author_id": record.get("updater_id"),
        "via": record.get("via"),
        "events": [event for child in children for event in _as_events(child)],
    }


def _as_events(child: Record) -> list[Record]:
    kind = child.get("event_type") or child.get("type")
    if kind in MESSAGES:
        return [{"public": child.get("comment_public", True), **child, "type": kind}]
    changes = [(name, child[name]) for name in (*FIELDS, "tags") if name in child]
    return [{**child, "type": kind, "field_name": name, "value": value} for name, value in changes]


def _update(desk: Desk, number: int, audit: Record, events: list[Record]) -> Update:
    ticket_id = text_id(audit.get("ticket_id"))
    ticket = desk.ticket(ticket_id) if ticket_id else Ticket()
    ticket.spelt_out = True
    before, after = _hands(ticket, events, backwards=desk.backwards)
    ticket.hands = before if desk.backwards else after
    author, via = text_id(audit.get("author_id")), channel_name(audit.get("via"))
    return Update(
        number, text_id(audit.get("id")), ticket_id, ticket, audit.get("created_at"), author, via, before, after
    )


def _hands(ticket: Ticket, events: list[Record], *, backwards: bool) -> tuple[Hands, Hands]:
    """Who has the ticket before and after an audit, which of both is known depending on the direction of reading."""
    changed = [e for e in events if e.get("field_name") in HANDLERS and e.get("type") in CHANGES]
    if not changed:
        return ticket.hands, ticket.hands
    new = {e["field_name"]: text_id(e.get("value")) for e in changed}
    old = {e["field_name"]: text_id(e.get("previous_value")) for e in reversed(changed)}
    if backwards:
        after = ticket.hands.changed(new)
        return after.changed(old), after
    before = ticket.hands.changed(old)
    return before, before.changed(new)


def _remember_opening(desk: Desk, update: Update, events: list[Record]) -> None:
    """Who asked, and whether an agent wrote first: a call that an agent notes down was opened by the customer."""
    ticket = update.ticket
    for event in events:
        if event.get("field_name") == "requester_id" and ticket.requester is None:
            ticket.requester = text_id(event.get("value"))
    message = next((event for event in events if event.get("type") in MESSAGES), None)
    if message is None:
        ticket.opened_by = desk.role(update.author, update.via, ticket, (*update.before, *update.after))
    elif message.get("public", True):
        ticket.opened_by = _author(desk, update, message)[1]
    else:
        ticket.opened_by = "customer"


def _author(desk: Desk, update: Update, event: Record) -> tuple[str | None, str, str]:
    """Author, role and channel of one event, which may differ from its audit's."""
    author = text_id(event["author_id"]) if event.get("author_id") is not None else update.author
    via = channel_name(event["via"]) if event.get("via") else update.via
    note = event.get("type") in MESSAGES and event.get("public") is False
    hands = (update.before.assignee, update.after.assignee)
    return author, desk.role(author, via, update.ticket, hands, note=note), via


def _add_message(rows: Rows, desk: Desk, update: Update, event: Record, position: int) -> None:
    author, role, via = _author(desk, update, {"type": "Comment", **event})
    public = event.get("public") is not False
    hands = update.after if update.before == NOBODY else update.before
    data = event.get("data") if isinstance(event.get("data"), dict) else {}
    rows.add(
        update.number,
        ticket_id=update.ticket_id,
        event_id=update.event_id(position),
        occurred=event.get("created_at") or update.occurred,
        kind="message" if public else "note",
        author_id=author,
        author_role=role,
        public=public,
        team=desk.team(hands.group),
        agent_id=hands.assignee,
        channel=_channel(via, role, event),
        text=event.get("body") or (data or {}).get("transcription_text"),
        updated=update.occurred,
    )


def _channel(via: str, role: str, event: Record) -> str | None:
    if event.get("type") == "VoiceComment":
        return "phone"
    if not via or (role != "customer" and via in AGENTS_SCREEN):
        return None
    return CHANNELS.get(via, "other")


def _add_change(rows: Rows, desk: Desk, update: Update, event: Record, position: int) -> None:
    name, value = event.get("field_name"), event.get("value")
    if event.get("type") == "SatisfactionRating":
        _rate(desk, rows.file, update, event.get("score"))
        _comment(desk, rows.file, update, event.get("body"))
    elif name == "satisfaction_score":
        _rate(desk, rows.file, update, value)
    elif name == "satisfaction_comment":
        _comment(desk, rows.file, update, value)
    elif name == "status" and value:
        _add(rows, desk, update, event, position, kind="status", value=STATUSES.get(str(value), str(value)))
    elif name == "priority" and value:
        _add(rows, desk, update, event, position, kind="priority", value=str(value))


def _add_handover(rows: Rows, desk: Desk, update: Update, events: list[Record], *, creating: bool) -> None:
    pairs = list(zip(update.before, update.after, strict=True))
    moved = any(old and new and old != new for old, new in pairs)
    position = next(i for i, e in enumerate(events) if e.get("field_name") in HANDLERS)
    (had, has), (was, now) = pairs
    value = has if has and has != had else desk.team(now) if now and now != was else None
    kind = "transfer" if moved and not creating else "assignment"
    _add(rows, desk, update, events[position], position + 1, kind=kind, value=value)


def _add_merge(rows: Rows, desk: Desk, update: Update, source: str, target: str) -> None:
    merged = desk.ticket(source)
    if merged.merged_into == target:
        return
    merged.merged_into = target
    _add(rows, desk, update._replace(ticket_id=source), {}, LAST, kind="merge", value=target)


def _add(rows: Rows, desk: Desk, update: Update, event: Record, position: int, **said: Any) -> None:
    author, role, _via = _author(desk, update, event)
    rows.add(
        update.number,
        ticket_id=update.ticket_id,
        event_id=update.event_id(position),
        occurred=update.occurred,
        author_id=author,
        author_role=role,
        team=desk.team(update.after.group),
        agent_id=update.after.assignee,
        updated=update.occurred,
        **said,
    )


def _rate(desk: Desk, file: Delivery, update: Update, score: Any) -> None:
    """The last answer counts, and the last time it was asked before that."""
    rating = _rating(desk, file, update) if score == "offered" or score in SCORES else None
    if rating is None:
        return
    if score == "offered":
        if rating.answered is None or update.occurred <= rating.answered:
            rating.asked = max(rating.asked or "", update.occurred)
    elif rating.answered is None or update.occurred >= rating.answered:
        rating.answered, rating.score, rating.group = update.occurred, SCORES[score], update.before.group


def _comment(desk: Desk, file: Delivery, update: Update, text: Any) -> None:
    rating = _rating(desk, file, update) if text else None
    if rating is not None:
        rating.comment = str(text)


def _rating(desk: Desk, file: Delivery, update: Update) -> Rating | None:
    if update.ticket_id is None:
        return None
    return desk.ratings.setdefault(update.ticket_id, Rating(file, update.number))
