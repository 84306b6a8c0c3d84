"""Alerts: each recorded once with its messages, seen by somebody, and taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from latido.errors import UnknownNameError, UsageError
from latido.state import State
from latido.state.alerts import Parcel, Shift
from latido.state.columns import now
from latido.state.outbox import LEASE, MOST
from tests.cast import Cast

DAY = date(2026, 2, 9)
SHIFT = Shift("galicia", "d1", "first_reply_time", date(2026, 1, 5), date(2026, 2, 16), DAY, DAY, DAY, True, "{}")
MAIL = Parcel("mail", "ana@example.com", "Alert", "It rose.", "<p>It rose.</p>")
HOOK = Parcel("webhook", "chat", "", "{}")


def test_an_alert_is_recorded_with_its_messages(state: State) -> None:
    assert state.alerts.tell(SHIFT, [MAIL, HOOK]) is not None
    (alert,) = state.alerts.all()
    assert alert.shift == SHIFT
    assert [(s.way, s.destination, s.delivered) for s in alert.sent] == [
        ("mail", "ana@example.com", None), ("webhook", "chat", None),
    ]  # fmt: skip


def test_the_same_is_recorded_once(state: State) -> None:
    state.alerts.tell(SHIFT, [MAIL])
    assert state.alerts.tell(SHIFT, [MAIL]) is None
    assert len(state.alerts.all()) == 1


def test_it_is_recorded_once_by_many_who_come_together(state: State) -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _turn: state.alerts.tell(SHIFT, [MAIL]), range(4)))
    assert len([number for number in told if number is not None]) == 1
    assert len(state.alerts.all()[0].sent) == 1


def test_the_same_change_is_not_told_again_when_the_data_begin_on_another_day(state: State) -> None:
    state.alerts.tell(SHIFT)
    moved = Shift(**{**vars(SHIFT), "begun": SHIFT.begun - timedelta(weeks=2)})
    assert state.alerts.tell(moved) is None


def test_the_next_stretch_of_a_watch_tells_anew(state: State, people: Cast) -> None:
    number = state.alerts.tell(SHIFT) or 0
    state.alerts.see(number, people.analyst.id, stays=True, resumes=date(2026, 3, 2))
    later = Shift(**{**vars(SHIFT), "begun": date(2026, 3, 2)})
    assert state.alerts.tell(later) is not None
    assert [alert.shift.begun for alert in state.alerts.all("galicia")] == [later.begun, SHIFT.begun]


def test_somebody_has_seen_it(state: State, people: Cast) -> None:
    number = state.alerts.tell(SHIFT) or 0
    seen = state.alerts.see(number, people.analyst.id, stays=True, resumes=date(2026, 3, 2))
    assert (seen.by, seen.stays, seen.resumes) == (people.analyst.name, True, date(2026, 3, 2))
    assert state.alerts.open() == 0


def test_what_somebody_has_seen_is_not_seen_by_another(state: State, people: Cast) -> None:
    number = state.alerts.tell(SHIFT) or 0
    state.alerts.see(number, people.analyst.id, stays=True, resumes=DAY)
    with pytest.raises(UsageError, match="seen this alert already"):
        state.alerts.see(number, people.owner.id, stays=False, resumes=DAY)


def test_that_is_taken_back(state: State, people: Cast) -> None:
    number = state.alerts.tell(SHIFT) or 0
    state.alerts.see(number, people.analyst.id, stays=True, resumes=DAY)
    again = state.alerts.unsee(number)
    assert (again.seen, again.by, again.resumes) == (None, None, None)
    assert state.alerts.open() == 1


def test_there_is_none_of_another_number(state: State) -> None:
    with pytest.raises(UnknownNameError, match="no alert with the number 7"):
        state.alerts.see(7, None, stays=True, resumes=DAY)


def test_a_message_is_taken_by_one(state: State) -> None:
    state.alerts.tell(SHIFT, [MAIL])
    taken = state.outbox.take()
    assert taken is not None
    assert (taken.destination, taken.attempts) == ("ana@example.com", 1)
    assert state.outbox.take() is None


def test_a_message_that_has_arrived_is_not_taken_again(state: State) -> None:
    state.alerts.tell(SHIFT, [MAIL])
    taken = state.outbox.take()
    assert taken is not None
    state.outbox.delivered(taken)
    assert state.outbox.take(now() + timedelta(days=9)) is None
    assert state.alerts.all()[0].sent[0].delivered is not None
    assert not state.outbox.waiting()


def test_whoever_is_killed_while_sending_leaves_it_to_another_with_the_same_key(state: State) -> None:
    state.alerts.tell(SHIFT, [MAIL])
    first = state.outbox.take()
    again = state.outbox.take(now() + 2 * LEASE)
    assert first is not None
    assert again is not None
    assert (again.key, again.attempts) == (first.key, 2)


def test_what_has_not_arrived_is_tried_again_after_a_longer_while_each_time(state: State) -> None:
    state.alerts.tell(SHIFT, [HOOK])
    moment = now()
    first = state.outbox.take(moment)
    assert first is not None
    state.outbox.failed(first, "It does not answer.", moment)
    assert state.outbox.take(moment + timedelta(seconds=59)) is None
    second = state.outbox.take(moment + timedelta(seconds=61))
    assert second is not None
    state.outbox.failed(second, "It does not answer.", moment)
    assert state.outbox.take(moment + timedelta(seconds=119)) is None
    assert state.alerts.all()[0].sent[0].failure == "It does not answer."


def test_in_the_end_it_is_given_up(state: State) -> None:
    state.alerts.tell(SHIFT, [HOOK])
    later = now()
    for _attempt in range(MOST):
        later += timedelta(days=1)
        taken = state.outbox.take(later)
        assert taken is not None
        state.outbox.failed(taken, "It does not answer.", later)
    assert state.outbox.take(later + timedelta(days=99)) is None
    assert state.alerts.all()[0].sent[0].due is None
