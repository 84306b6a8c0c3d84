"""One ticket: what it is and what happened to it."""

from __future__ import annotations

from latido.workspace.ticket import Ticket, facts_of, whole
from tests.lives import workspace


def ticket(number: str, first: int = 0) -> Ticket:
    """A ticket as a whole."""
    facts = facts_of(workspace(), number)
    assert facts is not None
    return whole(workspace(), facts, first)


def test_a_number_that_no_ticket_has_is_none() -> None:
    assert facts_of(workspace(), "nope") is None


def test_a_number_may_hold_a_slash() -> None:
    assert ticket("A/7").facts.channel == "web"


def test_a_ticket_of_another_team_is_none() -> None:
    assert [facts_of(workspace(), n, ("Ventas",)) is None for n in ("12", "1", "3")] == [True, False, False]


def test_what_happened_comes_in_order() -> None:
    assert [e.kind for e in ticket("1").events] == [
        "message", "message", "status", "note", "message", "status", "message", "status",
    ]  # fmt: skip


def test_further_events_are_on_further_pages() -> None:
    page = ticket("1", first=6)
    assert ([e.text for e in page.events], page.first, page.all) == (["Devuelto", None], 6, 8)


def test_people_are_called_by_their_names() -> None:
    assert (ticket("1").customer, ticket("1").names) == ("Ana Núñez", {"a1": "Marta Gil"})


def test_answers_about_it_are_meant_as_the_metrics_count_them() -> None:
    assert [(one.kind, one.band) for one in ticket("1").said] == [("csat", "good"), ("ces", "good")]


def test_statuses_and_waits_are_there() -> None:
    assert [s.status for s in ticket("3").spells] == ["new", "solved", "open", "hold", "solved"]
    assert [w.opening for w in ticket("1").waits] == [True, False]
