from __future__ import annotations

import pytest

from tests.sources.zendesk.desk import (
    ANA,
    BOT,
    GROUPS,
    IVAN,
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

TRIGGER = {"channel": "rule", "source": {"from": {"id": 1}, "to": {}, "rel": "trigger"}}


def test_opening_a_ticket_is_a_message_and_then_its_status(read):
    got = read(users=PEOPLE, audits=[opening()])
    assert got.what("kind", "author_role", "value") == [("message", "customer", None), ("status", "customer", "new")]


def test_a_bot_that_answers_first_is_a_bot(read):
    got = read(users=PEOPLE, audits=[opening(), audit(101, "09:01", BOT, message(BOT))])
    assert got.what("kind", "author_role")[-1] == ("message", "bot")


def test_a_bot_is_who_the_lake_says_is_one(read):
    got = read(users=PEOPLE, roles={str(LUIS): "bot"}, audits=[opening(), audit(101, "09:01", LUIS, message(LUIS))])
    assert got.events[-1]["author_role"] == "bot"


@pytest.mark.parametrize(
    ("via", "role"),
    [
        ("native_messaging", "bot"),
        ("chat", "bot"),
        ("answer_bot_for_web_widget", "bot"),
        ("rule", "system"),
        ("email", "system"),
    ],
)
def test_nobody_is_the_bot_in_conversations_and_the_system_elsewhere(read, via, role):
    got = read(audits=[opening(), audit(101, "09:01", -1, message(-1), via=via)])
    assert got.what("author_id", "author_role")[-1] == (None, role)


def test_a_private_note_before_the_reply_is_a_note(read):
    got = read(users=PEOPLE, audits=[opening(), audit(101, "09:10", LUIS, message(LUIS, public=False), via="web")])
    assert got.what("kind", "author_role", "public")[-1] == ("note", "agent", False)


def test_whoever_writes_a_private_note_is_an_agent_even_if_not_delivered(read):
    got = read(audits=[opening(), audit(101, "09:10", IVAN, message(IVAN, public=False))])
    assert got.events[-1]["author_role"] == "agent"


def test_the_requester_is_the_customer_even_if_not_delivered(read):
    assert (
        read(tickets=[ticket()], audits=[audit(100, "09:00", ANA, message(ANA))]).events[0]["author_role"] == "customer"
    )


def test_somebody_else_who_was_not_delivered_is_an_agent(read):
    assert read(audits=[opening(), audit(101, "09:10", IVAN, message(IVAN))]).events[-1]["author_role"] == "agent"


def test_an_assignee_was_an_agent_then_even_if_demoted_since(read):
    demoted = {"id": IVAN, "name": "Iván", "role": "end-user", "created_at": "2023-01-01T00:00:00Z"}
    taken = change("assignee_id", str(IVAN))
    got = read(users=[*PEOPLE, demoted], audits=[opening(), audit(101, "09:10", IVAN, taken, message(IVAN))])
    assert {e["author_role"] for e in got.events if e["author_id"] == str(IVAN)} == {"agent"}


def test_an_agent_of_the_lake_who_was_demoted_is_a_customer_only_on_tickets_of_their_own(read):
    demoted = {"id": IVAN, "name": "Iván", "role": "end-user", "created_at": "2023-01-01T00:00:00Z"}
    own = audit(
        200, "10:00", IVAN, message(IVAN), create("requester_id", str(IVAN)), create("status", "new"), ticket_id=2
    )
    audits = [opening(), audit(101, "09:10", IVAN, message(IVAN)), own]
    got = read(users=[*PEOPLE, demoted], roles={str(IVAN): "agent"}, audits=audits)
    assert [e["author_role"] for e in got.events if e["author_id"] == str(IVAN)] == ["agent", "customer", "customer"]


def test_a_trigger_inside_a_customers_audit_is_the_system(read):
    got = read(users=PEOPLE, audits=[opening(100, change("priority", "urgent", None, via=TRIGGER))])
    assert got.what("kind", "value", "author_role")[-1] == ("priority", "urgent", "system")


def test_events_of_one_instant_sort_messages_first_and_then_as_zendesk_lists_them(read):
    solve = audit(9, "09:00", LUIS, change("status", "open", "new"), change("status", "solved", "open"), message(LUIS))
    late = audit(10, "09:00", LUIS, change("status", "open", "solved"))
    got = read(users=PEOPLE, audits=[late, solve])
    assert got.what("kind", "value") == [
        ("message", None),
        ("status", "open"),
        ("status", "solved"),
        ("status", "open"),
    ]


def test_two_messages_in_one_audit_are_two_events(read):
    got = read(users=PEOPLE, audits=[audit(100, "09:00", ANA, message(ANA, "a"), message(ANA, "b"))])
    assert [(e["text"], e["event_id"][-4:]) for e in got.events] == [("a", "0000"), ("b", "0002")]


def test_the_first_assignee_is_an_assignment(read):
    got = read(groups=GROUPS, audits=[opening(), audit(101, "09:10", LUIS, change("assignee_id", str(LUIS)))])
    assert got.what("kind", "value", "agent_id")[-1] == ("assignment", str(LUIS), str(LUIS))


def test_from_one_agent_to_another_is_a_transfer(read):
    moved = change("assignee_id", str(MARTA), str(LUIS))
    got = read(audits=[opening(), audit(101, "09:10", LUIS, moved)])
    assert got.what("kind", "value", "agent_id")[-1] == ("transfer", str(MARTA), str(MARTA))


def test_from_one_group_to_another_is_a_transfer_by_name(read):
    moved = change("group_id", "8", "7")
    got = read(groups=GROUPS, audits=[opening(100, create("group_id", "7")), audit(101, "09:10", LUIS, moved)])
    assert got.what("kind", "value", "team")[-1] == ("transfer", "Facturas", "Facturas")


def test_group_and_agent_changed_together_are_one_transfer(read):
    both = (change("group_id", "8", "7"), change("assignee_id", str(MARTA), str(LUIS)))
    got = read(groups=GROUPS, audits=[opening(), audit(101, "09:10", LUIS, *both)])
    assert [e["kind"] for e in got.events].count("transfer") == 1


def test_routing_while_a_ticket_is_created_is_no_transfer(read):
    got = read(groups=GROUPS, audits=[opening(100, create("group_id", "7"), change("group_id", "8", "7", via=TRIGGER))])
    assert got.what("kind", "value", "author_role")[-1] == ("assignment", "Facturas", "customer")


def test_a_message_carries_who_had_the_ticket_before_it_was_handed_over(read):
    handed = audit(101, "09:10", LUIS, change("group_id", "8", "7"), message(LUIS))
    got = read(groups=GROUPS, users=PEOPLE, audits=[opening(100, create("group_id", "7")), handed])
    assert {e["kind"]: e["team"] for e in got.events if e["author_id"] == str(LUIS)} == {
        "message": "Averías",
        "transfer": "Facturas",
    }


def test_groups_that_were_not_delivered_are_called_by_their_number(read):
    assert read(audits=[opening(100, create("group_id", "7"))]).events[-1]["team"] == "7"


def test_a_reopening_is_only_a_status(read):
    again = audit(102, "11:00", ANA, message(ANA), change("status", "open", "solved"))
    got = read(users=PEOPLE, audits=[opening(), audit(101, "10:00", LUIS, change("status", "solved", "new")), again])
    assert [e["value"] for e in got.events if e["kind"] == "status"] == ["new", "solved", "open"]
    assert "reopen" not in {e["kind"] for e in got.events}


def test_audits_listed_newest_first_give_the_same_events(read):
    audits = [
        opening(100, create("group_id", "7")),
        audit(101, "09:10", LUIS, change("assignee_id", str(LUIS)), message(LUIS)),
        audit(102, "09:20", LUIS, message(LUIS, public=False)),
        audit(103, "09:30", LUIS, change("group_id", "8", "7"), change("assignee_id", str(MARTA), str(LUIS))),
        audit(104, "09:40", MARTA, message(MARTA), change("status", "solved", "new")),
    ]
    now = ticket(assignee_id=MARTA, group_id=8)
    forwards = read(users=PEOPLE, groups=GROUPS, tickets=[now], audits=audits).events
    backwards = read(users=PEOPLE, groups=GROUPS, tickets=[now], audits=audits[::-1]).events
    assert [{**e, "row": None} for e in backwards] == [{**e, "row": None} for e in forwards]


def test_agents_write_on_their_screen_and_not_by_web(read):
    got = read(users=PEOPLE, audits=[opening(), audit(101, "09:10", LUIS, message(LUIS), via="web")])
    assert [e["channel"] for e in got.events if e["kind"] == "message"] == ["email", None]


def test_calls_are_messages_by_phone(read):
    call = {"type": "VoiceComment", "author_id": ANA, "public": True, "data": {"transcription_text": "Llamo por…"}}
    got = read(users=PEOPLE, audits=[audit(100, "09:00", ANA, call, via="voice")])
    assert got.what("kind", "channel", "text") == [("message", "phone", "Llamo por…")]


def test_comments_alone_are_messages_with_the_identifiers_that_they_have_in_audits(read):
    comment = {"id": 7, "audit_id": 100, "ticket_id": 1, "author_id": ANA, "body": "Hola", "public": True,
               "created_at": "2024-03-01T09:00:00Z", "via": {"channel": "email"}}  # fmt: skip
    alone = read(users=PEOPLE, comments=[comment]).events
    assert [e["event_id"] for e in alone] == [read(users=PEOPLE, audits=[opening()]).events[0]["event_id"]]


def test_comments_of_a_ticket_whose_audits_were_read_are_not_counted_twice(read):
    comment = {"id": 7, "ticket_id": 1, "author_id": ANA, "body": "Hola", "created_at": "2024-03-01T09:00:00Z"}
    got = read(audits=[opening()], comments=[comment, {**comment, "ticket_id": 2}])
    assert sorted(e["ticket_id"] for e in got.events if e["kind"] == "message") == ["1", "2"]


def test_the_incremental_stream_of_ticket_events_is_read_like_audits(read):
    record = {
        "id": 100, "ticket_id": 1, "updater_id": ANA, "via": "Mail", "created_at": "2024-03-01T09:00:00Z",
        "event_type": "Audit",
        "child_events": [
            {"id": 1, "event_type": "Comment", "comment_present": True, "comment_public": False, "author_id": LUIS},
            {"id": 2, "event_type": "Create", "status": "new"},
            {"id": 3, "event_type": "Change", "priority": "low", "previous_value": None},
        ],
    }  # fmt: skip
    got = read(users=PEOPLE, ticket_events=[record])
    assert got.what("kind", "value", "author_role") == [
        ("note", None, "agent"),
        ("status", "new", "customer"),
        ("priority", "low", "customer"),
    ]


def test_an_audit_without_a_date_is_rejected_with_its_number(read):
    got = read(audits=[{**opening(), "created_at": None}])
    assert not got.events
    assert {(r.row, r.column) for r in got.rejects} == {(1, "occurred")}


def test_an_audit_without_a_ticket_is_rejected(read):
    assert {r.column for r in read(audits=[{**opening(), "ticket_id": None}]).rejects} == {"ticket_id"}
