"""A ticket's conversation: changes stand with what was said by the same hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from latido.web.talk import Turn, turns
from latido.workspace.ticket import Event, Ticket, facts_of, whole
from tests.lives import workspace


@cache
def ticket() -> Ticket:
    """A ticket as a whole."""
    facts = facts_of(workspace(), "1")
    assert facts is not None
    return whole(workspace(), facts)


def told(*events: Event) -> list[Turn]:
    """The conversation of these events."""
    return turns(replace(ticket(), events=events), ZoneInfo("Europe/Madrid"))


def change(kind: str = "status", value: str | None = "solved", seconds: int = 0, **more: object) -> Event:
    """A change by the agent, so long after their first message."""
    message = ticket().events[1]
    plain = {"kind": kind, "value": value, "text": None, "public": None, "team": None, "agent_id": None}
    return replace(message, occurred=message.occurred + timedelta(seconds=seconds), **(plain | more))  # type: ignore[arg-type]


def test_a_change_by_the_same_hand_stands_with_what_was_said() -> None:
    (turn,) = told(ticket().events[1], change(seconds=5), change(seconds=9))
    assert [one.text for one in turn.changes] == ["Status: Solved"]


@pytest.mark.parametrize("later", [change(seconds=600), change(author_id="a2")])
def test_a_change_later_or_by_another_hand_stands_alone(later: Event) -> None:
    assert [turn.says for turn in told(ticket().events[1], later)] == [True, False]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("priority", "urgent", "Priority: Urgent"),
        ("assignment", "a1", "Assigned to Marta Gil"),
        ("assignment", None, "Assigned to nobody"),
        ("transfer", "Soporte", "Handed on to Soporte"),
        ("merge", "A/7", "Merged into A/7"),
        ("merge", None, "Merged into another ticket"),
        ("reopen", None, "Reopened"),
        ("status", "waiting for parts", "Status: waiting for parts"),
    ],
)
def test_a_change_is_told_in_words(kind: str, value: str | None, text: str) -> None:
    assert [one.text for turn in told(change(kind, value)) for one in turn.changes] == [text]


def test_a_merge_leads_to_the_other_ticket() -> None:
    assert told(change("merge", "A/7"))[0].changes[0].href == "/tickets/A%2F7"


def test_a_message_that_nobody_outside_sees_is_a_note() -> None:
    assert told(replace(ticket().events[1], public=False))[0].internal
