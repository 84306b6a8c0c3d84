"""Guessing passwords takes long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from latido.errors import TooManyAttemptsError
from latido.http.throttle import PER_ACCOUNT, PER_ADDRESS, check
from latido.state import Person, State
from latido.state.attempts import Limit
from tests.cast import PASSWORD, Cast
from tests.state.test_attempts import failures

HERE = "203.0.113.7"


@pytest.fixture
def viewer(state: State, people: Cast) -> Person:
    """The viewer, who has a password."""
    return state.people.set_password(people.viewer.id, PASSWORD)


def test_address_and_password_say_who(state: State, viewer: Person) -> None:
    assert check(state, viewer.email, PASSWORD, HERE) == viewer


def test_a_wrong_password_says_nothing(state: State, viewer: Person) -> None:
    assert check(state, viewer.email, "wrong", HERE) is None


def test_the_right_password_has_to_wait_too(state: State, viewer: Person) -> None:
    account = Limit(f"account {viewer.email}", PER_ACCOUNT)
    failures(state, 14, account)
    state.attempts.begin(account)
    with pytest.raises(TooManyAttemptsError, match="Try again in") as caught:
        check(state, viewer.email.upper(), PASSWORD, HERE)
    assert caught.value.seconds > 60


def test_an_address_that_tries_many_accounts_has_to_wait(state: State, viewer: Person) -> None:
    network = Limit(f"address {HERE}", PER_ADDRESS)
    failures(state, PER_ADDRESS + 8, network)
    state.attempts.begin(network)
    with pytest.raises(TooManyAttemptsError):
        check(state, viewer.email, PASSWORD, HERE)
    assert check(state, viewer.email, PASSWORD, "198.51.100.1") == viewer


def test_success_begins_anew(state: State, viewer: Person) -> None:
    failures(state, PER_ACCOUNT, Limit(f"account {viewer.email}", PER_ACCOUNT))
    check(state, viewer.email, PASSWORD, HERE)
    assert check(state, viewer.email, "wrong", HERE) is None


def test_many_guesses_at_once_are_not_all_looked_at(state: State, viewer: Person) -> None:
    account = Limit(f"account {viewer.email}", PER_ACCOUNT)
    failures(state, 12, account)

    def guess(number: int) -> bool:
        try:
            return check(state, viewer.email, f"guess {number}", HERE) is None
        except TooManyAttemptsError:
            return False

    with ThreadPoolExecutor(6) as all_at_once:
        assert list(all_at_once.map(guess, range(6))).count(True) == 1
