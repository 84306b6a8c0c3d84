"""Who somebody is here, whom a provider vouches for."""

from __future__ import annotations

import pytest

from latido.config.settings import OidcSettings
from latido.errors import ForbiddenError
from latido.http.oidc import Subject
from latido.http.welcome import welcome
from latido.state import State
from tests.cast import Cast

ISSUER = "https://login.example.com"


def settings(**more: object) -> OidcSettings:
    """A provider's settings."""
    return OidcSettings.model_validate({"issuer": ISSUER, "client_id": "latido"} | more)


def subject(number: str = "1", email: str = "ana@example.com", name: str = "Ana") -> Subject:
    """Somebody, by the provider's word."""
    return Subject(ISSUER, number, email, name)


def test_whoever_is_there_by_this_address_comes_in(state: State, people: Cast) -> None:
    assert welcome(state, settings(), subject(email="Viewer@Example.com")) == people.viewer


def test_whoever_is_invited_joins(state: State, people: Cast) -> None:
    invited = state.people.add("Ana", "ana@example.com", "viewer")
    assert (welcome(state, settings(), subject()).id, state.people.get(invited.id).joined) == (invited.id, True)


def test_from_then_on_the_number_counts_and_the_address_may_change(state: State, people: Cast) -> None:
    welcome(state, settings(), subject(email=people.viewer.email))
    assert welcome(state, settings(), subject(email="new@example.com")) == people.viewer


def test_whoever_takes_over_an_address_takes_over_no_account(state: State, people: Cast) -> None:
    welcome(state, settings(), subject(email=people.viewer.email))
    with pytest.raises(ForbiddenError, match=r"Somebody else signed in with viewer@example\.com before"):
        welcome(state, settings(role="viewer"), subject("2", people.viewer.email))


def test_whoever_nobody_has_invited_stays_out(state: State, people: Cast) -> None:
    with pytest.raises(ForbiddenError, match=r"Nobody has invited ana@example\.com"):
        welcome(state, settings(), subject())


def test_where_the_settings_say_so_they_come_in(state: State, people: Cast) -> None:
    found = welcome(state, settings(role="analyst"), subject(name=""))
    assert (found.name, found.role, found.joined) == ("ana@example.com", "analyst", True)


def test_whoever_was_put_out_stays_out(state: State, people: Cast) -> None:
    state.people.activate(people.viewer.id, active=False)
    with pytest.raises(ForbiddenError, match="any more"):
        welcome(state, settings(role="viewer"), subject(email=people.viewer.email))


def test_without_an_address_nobody_new_comes_in(state: State, people: Cast) -> None:
    with pytest.raises(ForbiddenError, match="does not vouch"):
        welcome(state, settings(role="viewer"), subject(email=""))


@pytest.mark.parametrize("email", ["ana@other.com", "ana@example.com.other.com", ""])
def test_only_some_domains_may_be_let_in(state: State, people: Cast, email: str) -> None:
    with pytest.raises(ForbiddenError, match=r"Known: Example\.com"):
        welcome(state, settings(role="viewer", domains=["Example.com"]), subject(email=email))


def test_a_domain_is_the_same_in_capitals(state: State, people: Cast) -> None:
    assert welcome(state, settings(domains=["Example.COM"]), subject(email=people.viewer.email)) == people.viewer
