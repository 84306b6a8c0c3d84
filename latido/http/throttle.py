"""Guessing passwords takes long: after some failures each further one costs twice the wait of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import TooManyAttemptsError
from latido.i18n import _, duration
from latido.state.attempts import Limit

if TYPE_CHECKING:
    from latido.state import Person, State

# People mistype; an office shares an address.
PER_ACCOUNT, PER_ADDRESS = 5, 50


def check(state: State, email: str, password: str, address: str) -> Person | None:
    """The person whose address and password these are; None for all else.

    Args:
        state: Where people and failures are known.
        email: Address that was given.
        password: Password that was given.
        address: Where the request comes from.

    Raises:
        TooManyAttemptsError: The account or the address must wait; the password was not looked at.
    """
    account = Limit(f"account {email.strip().casefold()}", PER_ACCOUNT)
    network = Limit(f"address {address}", PER_ADDRESS)
    if seconds := state.attempts.begin(account, network):
        raise TooManyAttemptsError(
            _("Too many failures to sign in. Try again in {span}.", span=duration(seconds)), seconds
        )  # fmt: skip
    person = state.people.check(email, password)
    if person is not None:
        state.attempts.succeed(account, network)
    return person
