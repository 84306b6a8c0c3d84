"""Failures to sign in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from latido.state import State
from latido.state.attempts import Limit
from latido.state.tables import AttemptRow
from tests.state.conftest import aged

ANA, OFFICE = Limit("account ana", 3), Limit("address 203.0.113.7", 5)


def failures(state: State, count: int, *limits: Limit) -> list[int]:
    """Fail so often, waiting as long as is asked; the waits."""
    waits = []
    for _ in range(count):
        waits.append(state.attempts.begin(*limits))
        aged(state, AttemptRow, "until", "-1 hour")
    return waits


def test_some_failures_are_free(state: State) -> None:
    assert [state.attempts.begin(ANA, OFFICE) for _ in range(4)] == [0, 0, 0, 0]


def test_then_one_must_wait(state: State) -> None:
    assert [state.attempts.begin(ANA) for _ in range(5)] == [0, 0, 0, 0, 2]


def test_each_further_failure_costs_twice_the_wait(state: State) -> None:
    failures(state, 6, ANA)
    state.attempts.begin(ANA)
    assert 15 <= state.attempts.begin(ANA) <= 16


def test_no_wait_is_longer_than_a_quarter_of_an_hour(state: State) -> None:
    failures(state, 40, ANA)
    state.attempts.begin(ANA)
    assert 890 < state.attempts.begin(ANA) <= 900


def test_to_ask_too_early_costs_nothing_more(state: State) -> None:
    waits = [state.attempts.begin(ANA) for _ in range(30)]
    assert max(waits) == 2


def test_an_address_waits_for_all_accounts(state: State) -> None:
    failures(state, 5, OFFICE)
    state.attempts.begin(OFFICE)
    assert state.attempts.begin(Limit("account berta", 3), OFFICE) > 0


def test_another_account_need_not_wait(state: State) -> None:
    failures(state, 5, ANA)
    assert state.attempts.begin(Limit("account berta", 3), OFFICE) == 0


def test_success_forgets_the_accounts_failures(state: State) -> None:
    failures(state, 4, ANA)
    state.attempts.succeed(ANA)
    assert [state.attempts.begin(ANA) for _ in range(4)] == [0, 0, 0, 0]


def test_success_gives_an_address_back_this_one_attempt_only(state: State) -> None:
    failures(state, 5, OFFICE)
    state.attempts.begin(ANA, OFFICE)
    state.attempts.succeed(ANA, OFFICE)
    assert [state.attempts.begin(OFFICE), state.attempts.begin(OFFICE)] == [0, 2]


def test_failures_are_forgotten_after_half_a_day(state: State) -> None:
    failures(state, 9, ANA)
    aged(state, AttemptRow, "latest", "-12 hours")
    assert [state.attempts.begin(ANA) for _ in range(4)] == [0, 0, 0, 0]


def test_many_at_once_are_not_all_let_through(state: State) -> None:
    with ThreadPoolExecutor(8) as all_at_once:
        waits = list(all_at_once.map(lambda _: state.attempts.begin(ANA), range(24)))
    assert waits.count(0) == ANA.free + 1
