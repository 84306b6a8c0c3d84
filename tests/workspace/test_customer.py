"""One customer from all sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from latido.workspace import customer as module
from latido.workspace.customer import Profile, profile, stretch
from tests.lives import workspace


def ana() -> Profile:
    """The customer to whom everything happened."""
    found = profile(workspace(), "ana")
    assert found is not None
    return found


def kinds(customer_id: str, **asked: object) -> list[str]:
    """What a time line tells, the newest first."""
    return [entry.kind for entry in stretch(workspace(), customer_id, **asked).entries]  # type: ignore[arg-type]


def test_a_customer_is_who_they_are_to_every_system() -> None:
    assert [(one.system, one.value) for one in ana().identities] == [("desk", "77"), ("shop", "ana@example.com")]


def test_everything_is_counted_by_kind() -> None:
    assert ana().counts == {"ticket": 2, "answer": 3, "order": 2, "begun": 1, "touch": 3, "mention": 1}


def test_what_is_open_and_runs_is_counted() -> None:
    assert (ana().open, ana().contracts) == (1, 1)


def test_the_last_score_of_each_question_is_told() -> None:
    assert [(s.kind, s.score, s.band) for s in ana().scores] == [
        ("nps", 9, "promoter"), ("csat", 5, "good"), ("ces", 5, "good"),
    ]  # fmt: skip


def test_the_time_line_has_everything_the_newest_first() -> None:
    assert kinds("ana") == [
        "answer", "ticket", "answer", "answer", "ticket", "touch", "touch", "touch", "order", "mention", "order",
        "begun",
    ]  # fmt: skip


def test_a_contract_ends_with_its_reason() -> None:
    entries = stretch(workspace(), "bo", kinds=("ended",)).entries
    assert [(e.title, e.text, e.occurred) for e in entries] == [("Solar", "precio", datetime(2025, 3, 12))]


def test_what_is_earlier_is_on_the_next_page() -> None:
    assert kinds("ana", before=date(2025, 3, 1)) == ["mention", "order", "begun"]


def test_a_page_ends_with_a_whole_day() -> None:
    days = [datetime(2025, 3, 1 + i // 50, i % 20) for i in range(module.MOST + 1)]
    entry = stretch(workspace(), "ana").entries[0]
    told = module._whole_days([replace(entry, occurred=day) for day in reversed(days)], "Europe/Madrid")
    assert (len(told.entries), told.before) == (151, date(2025, 3, 2))


def test_a_day_that_fills_a_page_is_a_page() -> None:
    entry = stretch(workspace(), "ana").entries[0]
    told = module._whole_days([entry] * (module.MOST + 1), "Europe/Madrid")
    assert (len(told.entries), told.before) == (module.MOST, date(2025, 3, 11))


def test_nobody_is_known_of_a_number_that_did_nothing() -> None:
    assert profile(workspace(), "nobody") is None


def test_an_employee_is_no_customer() -> None:
    assert profile(workspace(), "e1") is None


def test_a_lead_sees_of_a_customer_what_is_their_teams() -> None:
    found = profile(workspace(), "bo", ("Ventas",))
    assert found is not None
    assert (found.counts["ticket"], found.counts["answer"]) == (1, 1)
    assert kinds("bo", teams=("Ventas",)) == ["ended", "answer", "ticket", "begun"]


def test_a_lead_sees_nobody_without_such_a_ticket() -> None:
    assert profile(workspace(), "cy", ("Ventas",)) is None
