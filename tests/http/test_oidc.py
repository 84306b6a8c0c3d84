"""Signing in by an identity provider, with a real one that can be told to lie."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from latido.config.settings import OidcSettings
from latido.errors import ProviderError
from latido.http.oidc import Provider, Subject
from latido.state import State
from latido.state.providers import Departure
from tests.http.provider import CLIENT, SECRET

BACK = "http://testserver/sign-in/oidc/back"
ANA = {"sub": "248289", "email": "ana@example.com", "name": "Ana"}


@pytest.fixture
def left(state: State) -> Departure:
    """Somebody who has left for the provider."""
    return state.providers.depart("/")


def provider(issuer: str, **more: str) -> Provider:
    """The provider, as the settings describe it."""
    settings = {"issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "name": "Acme ID"} | more
    return Provider(OidcSettings.model_validate(settings), BACK)


def answered(found: Provider, left: Departure, **who: str) -> dict[str, str]:
    """What the provider sends back along with somebody."""
    back = httpx.post(found.address(left), data=ANA | who).headers["location"]
    return dict(parse_qsl(urlsplit(back).query))


def test_a_provider_says_who_somebody_is(issuer: str, left: Departure) -> None:
    found = provider(issuer)
    assert found.subject(left, answered(found, left)) == Subject(issuer, "248289", "ana@example.com", "Ana")


def test_they_leave_with_state_nonce_and_challenge(issuer: str, left: Departure) -> None:
    address = provider(issuer).address(left)
    sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{issuer}/authorize?")
    assert (sent["state"], sent["nonce"], sent["code_challenge_method"]) == (left.key, left.nonce, "S256")
    assert (left.verifier in address, sent["redirect_uri"], sent["response_type"]) == (False, BACK, "code")


@pytest.mark.parametrize(
    "fault",
    ["issuer", "audience", "expired", "nonce", "forged", "unsigned", "shared secret", "mix-up"],
)
def test_a_word_that_cannot_be_trusted_is_refused(issuer: str, left: Departure, fault: str) -> None:
    found = provider(issuer)
    answer = answered(found, left, fault=fault)
    with pytest.raises(ProviderError, match="What Acme ID says of you cannot be trusted"):
        found.subject(left, answer)


def test_a_refusal_is_told(issuer: str, left: Departure) -> None:
    found = provider(issuer)
    answer = answered(found, left, fault="refused")
    with pytest.raises(ProviderError, match="Acme ID refuses: access_denied"):
        found.subject(left, answer)


def test_an_address_that_the_provider_does_not_vouch_for_is_left_out(issuer: str, left: Departure) -> None:
    found = provider(issuer)
    assert found.subject(left, answered(found, left, fault="unverified")).email == ""


def test_another_browsers_code_is_worth_nothing(issuer: str, state: State, left: Departure) -> None:
    found, other = provider(issuer), state.providers.depart("/")
    answer = answered(found, left)
    with pytest.raises(ProviderError, match="does not answer as it should"):
        found.subject(other, answer)


def test_a_wrong_secret_is_told_without_it(issuer: str, left: Departure) -> None:
    found = provider(issuer, client_secret="wrong one")
    answer = answered(found, left)
    with pytest.raises(ProviderError) as caught:
        found.subject(left, answer)
    assert "wrong one" not in str(caught.value)


@pytest.mark.parametrize("path", ["/nothing", "/keys/.."])
def test_an_issuer_that_names_itself_otherwise_is_refused(issuer: str, left: Departure, path: str) -> None:
    with pytest.raises(ProviderError):
        provider(issuer + path).address(left)


def test_a_provider_that_is_not_there_is_told(left: Departure) -> None:
    with pytest.raises(ProviderError, match=r"Acme ID does not answer .* sign in with a password"):
        provider("http://127.0.0.1:1").address(left)
