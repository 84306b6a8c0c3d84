"""Tickets as they are now, and how satisfied their requesters said they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from latido.model.surveys import ANSWERS, ASKS
from latido.model.tickets import TICKET_EVENTS, TICKETS
from latido.sources.open import read_json
from latido.sources.rows import Rows
from latido.sources.source import Chunk, Delivery
from latido.sources.zendesk.desk import (
    CHANNELS,
    SCORES,
    STATUSES,
    Desk,
    Hands,
    Rating,
    Ticket,
    channel_name,
    text_id,
)
from latido.sources.zendesk.events import add_comment
from latido.sources.zendesk.merges import TAG, UNKNOWN

CHUNK = 20_000
SURVEY = "Zendesk"


def look_ahead(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """What the events need to know of their tickets; no rows of their own."""
    for _number, record in read_json(file, array, broken=lambda *_: None):
        ticket_id = text_id(record.get("id"))
        if ticket_id:
            ticket = desk.ticket(ticket_id)
            ticket.requester = text_id(record.get("requester_id"))
            if desk.backwards:
                ticket.hands = Hands(text_id(record.get("assignee_id")), text_id(record.get("group_id")))
    yield from ()


def read_metrics(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """Zendesk's own measures of a ticket; its row takes them in."""
    rows = Rows(TICKETS, file)
    for _number, record in read_json(file, array, broken=rows.broken):
        ticket_id = text_id(record.get("ticket_id"))
        if ticket_id:
            wanted = ("solved_at", "reopens", "reply_time_in_minutes")
            desk.metrics[ticket_id] = {name: record.get(name) for name in wanted}
    yield rows.take()


def read_tickets(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """The tickets, with the comments that the JSON export puts inside them."""
    tickets, events = Rows(TICKETS, file), Rows(TICKET_EVENTS, file)
    for number, record in read_json(file, array, broken=tickets.broken):
        ticket_id = text_id(record.get("id"))
        ticket = desk.ticket(ticket_id) if ticket_id else Ticket()
        ticket.requester = text_id(record.get("requester_id"))
        _add_ticket(tickets, desk, number, record, ticket)
        _note_rating(desk, file, number, record, ticket_id)
        for comment in record.get("comments") or ():
            if isinstance(comment, dict):
                add_comment(events, desk, number, {"ticket_id": ticket_id, **comment})
        for rows in (tickets, events):
            yield from rows.chunks(CHUNK)
    yield from (rows.take() for rows in (tickets, events))


def _add_ticket(rows: Rows, desk: Desk, number: int, record: dict[str, Any], ticket: Ticket) -> None:
    status = STATUSES.get(str(record.get("status")), record.get("status"))
    tags = record.get("tags") or ()
    brand = text_id(record.get("brand_id"))
    rows.add(
        number,
        raw=record,
        ticket_id=text_id(record.get("id")),
        created=record.get("created_at"),
        customer_id=ticket.requester,
        subject=record.get("subject"),
        channel=_channel(record.get("via")),
        brand=desk.names.get(brand or "", brand),
        priority=record.get("priority"),
        status=status,
        team=desk.team(text_id(record.get("group_id"))),
        agent_id=text_id(record.get("assignee_id")),
        opened_by=ticket.opened_by or _opened_by(desk, record, ticket),
        merged_into=ticket.merged_into or (UNKNOWN if TAG in tags else None),
        spam=status == "deleted" or "spam" in tags,
        x_type=record.get("type"),
        updated=record.get("updated_at"),
        **_measured(desk, record),
        **_custom(desk, record),
    )


def _channel(via: Any) -> str | None:
    name = channel_name(via)
    return CHANNELS.get(name, "other") if name else None


def _opened_by(desk: Desk, record: dict[str, Any], ticket: Ticket) -> str:
    """Without its history: the requester, unless somebody else submitted it."""
    submitter = text_id(record.get("submitter_id"))
    if submitter in {None, ticket.requester}:
        return "customer"
    return desk.role(submitter, channel_name(record.get("via")), ticket)


def _measured(desk: Desk, record: dict[str, Any]) -> dict[str, Any]:
    metrics = record.get("metric_set") or desk.metrics.get(text_id(record.get("id")) or "") or {}
    minutes = (metrics.get("reply_time_in_minutes") or {}).get("calendar")
    return {
        "solved": metrics.get("solved_at"),
        "reopens": metrics.get("reopens"),
        "first_replied": _later(record.get("created_at"), minutes),
    }


def _later(created: Any, minutes: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(created)) + timedelta(minutes=float(minutes))
    except (TypeError, ValueError):
        return None


def _custom(desk: Desk, record: dict[str, Any]) -> dict[str, str | None]:
    if not desk.fields:
        return {}
    given = {text_id(f.get("id")): f.get("value") for f in record.get("custom_fields") or () if isinstance(f, dict)}
    return {
        column: ", ".join(options.get(str(v), str(v)) for v in _listed(given.get(number)))
        for number, (column, options) in desk.fields.items()
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _note_rating(desk: Desk, file: Delivery, number: int, record: dict[str, Any], ticket_id: str | None) -> None:
    """The rating that a ticket carries has no date: unless something else gives one, it is that of its last change."""
    said = record.get("satisfaction_rating")
    given = said if isinstance(said, dict) else {"score": said}
    score = str(given.get("score"))
    if ticket_id is None or score not in SCORES:
        return
    rating = desk.ratings.setdefault(ticket_id, Rating(file, number))
    rating.comment = rating.comment or given.get("comment")
    rating.reason = rating.reason or given.get("reason")
    if rating.answered is None:
        rating.score, rating.answered = SCORES[score], record.get("updated_at")
        rating.group = text_id(record.get("group_id"))


def read_ratings(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """Satisfaction ratings; their rows come at the end, when everything about each ticket's is known."""
    rows = Rows(ANSWERS, file)
    for number, record in read_json(file, array, broken=rows.broken):
        ticket_id, score = text_id(record.get("ticket_id")), record.get("score")
        if ticket_id and (score == "offered" or score in SCORES):
            ticket = desk.ticket(ticket_id)
            ticket.requester = ticket.requester or text_id(record.get("requester_id"))
            _take_in(desk.ratings.setdefault(ticket_id, Rating(file, number)), record, score)
    yield rows.take()


def _take_in(rating: Rating, record: dict[str, Any], score: str) -> None:
    """What a satisfaction rating adds to what the audits said, whose dates are exact."""
    rating.comment = rating.comment or record.get("comment")
    rating.reason = rating.reason or record.get("reason")
    if score == "offered":
        rating.asked = rating.asked or record.get("created_at")
    elif rating.answered is None or str(record.get("updated_at")) >= rating.answered:
        rating.score, rating.answered = SCORES[score], rating.answered or record.get("updated_at")
        rating.group = rating.group or text_id(record.get("group_id"))


def satisfaction(desk: Desk) -> Iterator[Chunk]:
    """One ask and one answer a ticket: Zendesk keeps the last."""
    files = {id(rating.file): rating.file for rating in desk.ratings.values()}
    for key, file in files.items():
        asks, answers = Rows(ASKS, file), Rows(ANSWERS, file)
        for ticket_id, rating in desk.ratings.items():
            if id(rating.file) == key:
                _add_rating(asks, answers, desk, ticket_id, rating)
        yield from (rows.take() for rows in (asks, answers))


def _add_rating(asks: Rows, answers: Rows, desk: Desk, ticket_id: str, rating: Rating) -> None:
    shared: dict[str, Any] = {
        "ask_id": f"{ticket_id}-csat",
        "survey": SURVEY,
        "kind": "csat",
        "customer_id": desk.ticket(ticket_id).requester,
        "subject": "ticket",
        "subject_id": ticket_id,
        "asked": rating.asked,
    }
    if rating.asked:
        asks.add(rating.row, **shared, updated=rating.asked)
    if rating.score is not None:
        answers.add(
            rating.row,
            **shared,
            answer_id=f"{ticket_id}-csat-1",
            score=rating.score,
            scale_low=0,
            scale_high=1,
            team=desk.team(rating.group),
            answered=rating.answered,
            comment=rating.comment,
            x_reason=rating.reason,
            updated=rating.answered,
        )
