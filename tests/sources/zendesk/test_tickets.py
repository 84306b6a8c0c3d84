from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.sources.zendesk.desk import (
    ANA,
    GROUPS,
    LUIS,
    MARTA,
    PEOPLE,
    audit,
    change,
    create,
    message,
    opening,
    ticket,
)


def first(read, **changes):
    return read(users=PEOPLE, groups=GROUPS, tickets=[ticket(**changes)])["tickets"][0]


def test_a_ticket_is_read_whole(read):
    got = first(read)
    assert {
        name: got[name] for name in ("ticket_id", "customer_id", "channel", "priority", "status", "team", "agent_id")
    } == {
        "ticket_id": "1",
        "customer_id": str(ANA),
        "channel": "email",
        "priority": "high",
        "status": "solved",
        "team": "Averías",
        "agent_id": str(LUIS),
    }


@pytest.mark.parametrize(
    ("via", "channel"),
    [
        ("email", "email"),
        ("chat", "chat"),
        ("voice", "phone"),
        ("web", "web"),
        ("Web form", "web"),
        ("twitter", "social"),
        ("facebook", "social"),
        ("whatsapp", "messaging"),
        ("native_messaging", "messaging"),
        ("mobile_sdk", "app"),
        ("api", "api"),
        ("side_conversation", "other"),
        (None, None),
    ],
)
def test_the_channel_is_told_by_via(read, via, channel):
    assert first(read, via={"channel": via})["channel"] == channel


@pytest.mark.parametrize(
    ("changes", "spam"),
    [
        ({}, False),
        ({"tags": ["spam"]}, True),
        ({"status": "deleted"}, True),
        ({"status": "suspended"}, True),
        ({"tags": ["antispam"]}, False),
    ],
)
def test_spam_is_told_by_tag_or_status(read, changes, spam):
    assert first(read, **changes)["spam"] is spam


def test_a_ticket_that_somebody_else_submitted_was_opened_by_an_agent(read):
    assert first(read, submitter_id=LUIS)["opened_by"] == "agent"


def test_a_proactive_ticket_opens_with_an_agents_public_message(read):
    asked = audit(100, "09:00", LUIS, message(LUIS), create("requester_id", str(ANA)), create("status", "new"))
    got = read(users=PEOPLE, tickets=[ticket(submitter_id=LUIS)], audits=[asked])
    assert got["tickets"][0]["opened_by"] == "agent"


@pytest.mark.parametrize("opened", [message(LUIS, public=False), message(ANA)])
def test_a_call_that_an_agent_noted_down_was_opened_by_the_customer(read, opened):
    noted = audit(100, "09:00", LUIS, opened, create("requester_id", str(ANA)), create("status", "new"))
    got = read(users=PEOPLE, tickets=[ticket(submitter_id=LUIS)], audits=[noted])
    assert got["tickets"][0]["opened_by"] == "customer"


def test_drop_down_fields_say_the_topic_or_become_extra_columns(read):
    options = [{"name": "Factura mal", "value": "bill_wrong"}]
    fields = [
        {"id": 1, "title": "Motivo", "type": "tagger", "custom_field_options": options},
        {"id": 2, "title": "Tipo de contrato", "type": "tagger", "custom_field_options": []},
        {"id": 3, "title": "Notas", "type": "textarea"},
    ]
    values = [{"id": 1, "value": "bill_wrong"}, {"id": 2, "value": "fijo"}, {"id": 3, "value": "…"}]
    got = read(ticket_fields=fields, tickets=[ticket(custom_fields=values)])["tickets"][0]
    assert (got["topic"], got["x_tipo_de_contrato"]) == ("Factura mal", "fijo")
    assert "x_notas" not in got


def test_zendesks_own_measures_are_taken_over(read):
    measures = {
        "ticket_id": 1,
        "solved_at": "2024-03-02T08:00:00Z",
        "reopens": 2,
        "reply_time_in_minutes": {"calendar": 90},
    }
    got = read(tickets=[ticket()], ticket_metrics=[measures])["tickets"][0]
    assert (got["solved"].hour, got["reopens"], got["first_replied"]) == (
        8,
        2,
        datetime(2024, 3, 1, 10, 30, tzinfo=UTC),
    )


def test_comments_inside_a_ticket_are_its_messages(read):
    comments = [{"id": 5, "author_id": ANA, "body": "Hola", "public": True, "created_at": "2024-03-01T09:00:00Z"}]
    got = read(users=PEOPLE, tickets=[ticket(comments=comments)])
    assert got.what("ticket_id", "kind", "author_role") == [("1", "message", "customer")]


def test_a_ticket_without_a_creation_date_is_rejected(read):
    got = read(tickets=[ticket(created_at=None)])
    assert not got["tickets"]
    assert [(r.row, r.column) for r in got.rejects] == [(1, "created")]


RATED = [
    opening(),
    audit(101, "10:00", LUIS, change("assignee_id", str(LUIS)), change("group_id", "7")),
    audit(102, "10:10", LUIS, change("satisfaction_score", "offered", "unoffered")),
    audit(
        103, "10:30", ANA, change("satisfaction_score", "good", "offered"), change("satisfaction_comment", "¡Gracias!")
    ),
]


def test_satisfaction_is_asked_and_answered_when_the_audits_say(read):
    got = read(users=PEOPLE, groups=GROUPS, tickets=[ticket(satisfaction_rating={"score": "good"})], audits=RATED)
    answer, ask = got["answers"][0], got["asks"][0]
    assert (answer["score"], answer["scale_low"], answer["scale_high"], answer["comment"]) == (1, 0, 1, "¡Gracias!")
    assert (answer["asked"].minute, answer["answered"].minute, ask["asked"].minute) == (10, 30, 10)
    assert (answer["customer_id"], answer["subject_id"], answer["team"]) == (str(ANA), "1", "Averías")


def test_only_the_last_rating_of_a_ticket_counts(read):
    again = audit(104, "11:00", ANA, change("satisfaction_score", "bad", "good"))
    assert [a["score"] for a in read(audits=[*RATED, again])["answers"]] == [0]


def test_an_offer_without_an_answer_is_only_an_ask(read):
    got = read(audits=RATED[:3])
    assert (len(got["asks"]), got["answers"]) == (1, [])


def test_ratings_exported_on_their_own_are_read(read):
    offered = {"id": 1, "ticket_id": 1, "requester_id": ANA, "score": "offered", "created_at": "2024-03-01T10:00:00Z"}
    rated = {
        **offered,
        "score": "bad",
        "updated_at": "2024-03-01T12:00:00Z",
        "comment": "Tarde",
        "reason": "Espera",
        "group_id": 8,
    }
    got = read(groups=GROUPS, satisfaction_ratings=[offered, rated])
    answer = got["answers"][0]
    assert (answer["score"], answer["comment"], answer["x_reason"], answer["team"]) == (
        0,
        "Tarde",
        "Espera",
        "Facturas",
    )
    assert (answer["asked"].hour, answer["answered"].hour) == (10, 12)


def test_a_rating_without_any_date_has_at_the_latest_that_of_its_ticket(read):
    got = read(tickets=[ticket(satisfaction_rating={"score": "bad", "comment": "Nada"})])
    assert [(a["score"], a["answered"], a["asked"]) for a in got["answers"]] == [
        (0, datetime(2024, 3, 2, 9, tzinfo=UTC), None)
    ]
    assert got["asks"] == []


def test_a_rating_event_with_its_comment_is_a_rating(read):
    event = {"type": "SatisfactionRating", "score": "bad", "assignee_id": MARTA, "body": "Lento"}
    assert [(a["score"], a["comment"]) for a in read(audits=[audit(100, "09:00", ANA, event)])["answers"]] == [
        (0, "Lento")
    ]
