"""What people lived before the invitation, and nothing that came after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ibis
import pytest

from latido.facts.catalog import Derived
from latido.insights.nonresponse.behaviour import ROUGH, SMOOTH, TRAITS, Before, with_behaviour
from latido.metrics.measure import scope_of
from latido.metrics.query import Query
from latido.metrics.settings import Settings
from tests.metrics.tables import at, became, story, table

ASKED = at("2024-06-01 12:00")
HOUR = 3600
SETTINGS = Settings(data_end=at("2024-12-31"))


def lived(
    *tickets: dict[str, Any], since: str | None = "2023-12-01", about: str | None = None, events: Any = ()
) -> dict[str, int]:
    """The traits of one customer, asked on the first of June."""
    given = [{"ticket_id": f"t{i}", "customer_id": "c", "status": "solved", **t} for i, t in enumerate(tickets)]
    ask = {"ask_id": "i", "customer_id": "c", "asked": ASKED, "kind": "nps", "subject_id": about,
           "subject": "ticket" if about else "relationship"}  # fmt: skip
    customer = {"customer_id": "c", "created": since}
    made = {
        "tickets": table("tickets", given),
        **({"ticket_events": table("ticket_events", events)} if events else {}),
        "asks": table("asks", [ask]),
        "customers": table("customers", [customer]),
    }
    tables = Derived(made.get)
    scope = scope_of(Query("response_rate"), tables, SETTINGS, ibis.get_backend().execute)
    rows = with_behaviour(tables["ask_facts"], scope, Before(180, 24 * HOUR, "24x7"), "ask_id")
    frame = ibis.get_backend().execute(rows.select(*TRAITS))
    return {name: int(frame[name].iloc[0]) for name in TRAITS}


def ticket(opened: str, hours: float | None = 5, **more: Any) -> dict[str, Any]:
    created = at(opened)
    return {"created": created, "solved": None if hours is None else created + timedelta(hours=hours),
            "status": "open" if hours is None else "solved", **more}  # fmt: skip


def test_nothing_lived_is_nothing_counted() -> None:
    assert lived() == {"tickets": 0, "rough": 0, "open": 0, "about": 0, "tenure": 1}


def test_a_smooth_ticket_is_only_a_ticket() -> None:
    found = lived(ticket("2024-05-01"))
    assert (found["tickets"], found["rough"]) == (1, 0)


def test_what_came_back_after_the_invitation_was_solved_when_it_was_sent() -> None:
    day = 24 * 60
    told = story("t0", became("new", 0), became("solved", 60), became("open", 9 * day), became("solved", 12 * day),
                 created=at("2024-05-28"))  # fmt: skip
    found = lived(ticket("2024-05-28", hours=24 * 12), events=told.events)
    assert (found["tickets"], found["rough"], found["open"]) == (1, 0, 0)


def test_what_came_back_before_it_and_was_solved_again_was_rough() -> None:
    told = story("t0", became("new", 0), became("solved", 60), became("open", 90), became("solved", 120),
                 created=at("2024-05-28"))  # fmt: skip
    found = lived(ticket("2024-05-28", hours=2), events=told.events)
    assert (found["tickets"], found["rough"], found["open"]) == (1, 1, 0)


@pytest.mark.parametrize("bad", [{"hours": 30}, {"reopens": 1}, {"reassignments": 2}])
def test_slow_reopened_and_handed_over_tickets_are_rough(bad: dict[str, Any]) -> None:
    assert lived(ticket("2024-05-01", **bad))["rough"] == 1


def test_three_or_more_are_told_apart_no_more() -> None:
    assert lived(*[ticket(f"2024-05-0{i}") for i in range(1, 7)])["tickets"] == 3


def test_what_came_after_the_invitation_is_not_known() -> None:
    assert lived(ticket("2024-06-02", reopens=1)) == lived()


def test_what_was_solved_later_was_open_then() -> None:
    found = lived(ticket("2024-06-01 10:00", hours=300, reopens=1))
    assert (found["open"], found["rough"]) == (1, 0)


def test_who_has_waited_too_long_already_has_a_rough_ticket() -> None:
    found = lived(ticket("2024-05-20", hours=None))
    assert (found["open"], found["rough"]) == (1, 1)


def test_what_is_long_past_is_not_counted() -> None:
    assert lived(ticket("2023-10-01"))["tickets"] == 0


@pytest.mark.parametrize(("hours", "told"), [(5, SMOOTH), (40, ROUGH)])
def test_the_ticket_that_is_asked_about_is_known_by_itself(hours: float, told: int) -> None:
    assert lived(ticket("2024-05-25", hours), ticket("2024-05-01", 50), about="t0")["about"] == told


@pytest.mark.parametrize(("since", "band"), [("2024-05-01", 0), ("2023-01-01", 1), ("2021-01-01", 2), ("2015-01-01", 3),
                                             (None, -1)])  # fmt: skip
def test_customers_are_told_apart_by_how_long_they_have_been_some(since: str | None, band: int) -> None:
    assert lived(since=since)["tenure"] == band
