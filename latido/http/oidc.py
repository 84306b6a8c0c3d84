"""Signing in by the company's identity provider: OpenID Connect, code flow with PKCE, state and nonce."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import compare_digest
from typing import TYPE_CHECKING, Any

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from latido.errors import ProviderError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.config.settings import OidcSettings
    from latido.state.providers import Departure

WELL_KNOWN = "/.well-known/openid-configuration"
SCOPE = "openid email profile"
# Signatures that only the provider can make; with a shared secret we could have made them ourselves.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
TIMEOUT, LEEWAY = 10.0, 60


@dataclass(frozen=True)
class Subject:
    """Who somebody is, by the provider's word.

    Attributes:
        issuer: The provider.
        id: Who, for ever, with this provider.
        email: Their address; empty where the provider does not vouch for it.
        name: Their name; empty where the provider does not say.
    """

    issuer: str
    id: str
    email: str
    name: str


class Provider:
    """An identity provider.

    Args:
        settings: Where it is, and how it knows this application.
        back: The address to which it sends people back.
    """

    def __init__(self, settings: OidcSettings, back: str) -> None:
        self.settings = settings
        self.back = back

    def address(self, left: Departure) -> str:
        """Where somebody goes to sign in.

        Raises:
            ProviderError: The provider does not answer.
        """
        client = OAuth2Client(
            None, self.settings.client_id, scope=SCOPE, redirect_uri=self.back, code_challenge_method="S256"
        )  # fmt: skip
        where = self._metadata()["authorization_endpoint"]
        made, _state = client.create_authorization_url(where, left.key, left.verifier, nonce=left.nonce)
        return str(made)

    def subject(self, left: Departure, answer: Mapping[str, str]) -> Subject:
        """Who came back.

        Args:
            left: What was remembered of them.
            answer: What the provider sent along in the address.

        Raises:
            ProviderError: The provider refuses, does not answer, or says what cannot be trusted.
        """
        if error := answer.get("error"):
            raise ProviderError(_("{name} refuses: {reason}", name=self.settings.name, reason=error[:200]))
        if not compare_digest(answer.get("iss", self.settings.issuer), self.settings.issuer):
            raise _distrust(self.settings.name, "iss")
        metadata = self._metadata()
        tokens = self._tokens(metadata, left, answer.get("code", ""))
        return self._believed(metadata, left, tokens)

    def _metadata(self) -> Mapping[str, Any]:
        found = self._get(self.settings.issuer.rstrip("/") + WELL_KNOWN)
        if found.get("issuer") != self.settings.issuer:
            raise _distrust(self.settings.name, "issuer")
        return found

    def _tokens(self, metadata: Mapping[str, Any], left: Departure, code: str) -> Mapping[str, Any]:
        known = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        secret = self.settings.client_secret.get_secret_value()
        method = next((m for m in ("client_secret_basic", "client_secret_post") if secret and m in known), "none")
        given = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.back,
                 "code_verifier": left.verifier}  # fmt: skip
        body = str(httpx.QueryParams(given))
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        where, headers, body = ClientAuth(self.settings.client_id, secret, method).prepare(
            "POST", metadata["token_endpoint"], headers, body
        )
        with _clear_errors(self.settings.name):
            answer = httpx.post(where, headers=headers, content=body, timeout=TIMEOUT)
            return _object(answer)

    def _believed(self, metadata: Mapping[str, Any], left: Departure, tokens: Mapping[str, Any]) -> Subject:
        issuer, client = self.settings.issuer, self.settings.client_id
        options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}}
        params = {"nonce": left.nonce, "client_id": client, "access_token": tokens.get("access_token")}
        try:
            token = self._verified(metadata, str(tokens.get("id_token", "")))
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(leeway=LEEWAY)
        except (JoseError, ValueError) as error:
            raise _distrust(self.settings.name, str(error)) from error
        return _subject(issuer, claims)

    def _verified(self, metadata: Mapping[str, Any], token: str) -> jwt.Token:
        keys = KeySet.import_key_set(self._get(metadata["jwks_uri"]))  # type: ignore[arg-type]
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(token, keys, registry=registry)
        except InvalidKeyIdError as error:
            raise _distrust(self.settings.name, str(error)) from error

    def _get(self, url: str) -> Mapping[str, Any]:
        with _clear_errors(self.settings.name):
            return _object(httpx.get(url, timeout=TIMEOUT))


def _subject(issuer: str, claims: Mapping[str, Any]) -> Subject:
    vouched = claims.get("email_verified") in {True, "true"}
    email = str(claims.get("email") or "") if vouched else ""
    return Subject(issuer, str(claims["sub"]), email, str(claims.get("name") or ""))


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise TypeError("no JSON object")
    return found


@contextmanager
def _clear_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError) as error:
        raise ProviderError(
            _("{name} does not answer as it should: {reason}", name=name, reason=str(error).split("\n")[0]),
            _("Try again, or sign in with a password."),
        ) from error


def _distrust(name: str, claim: str) -> ProviderError:
    return ProviderError(
        _("What {name} says of you cannot be trusted ({reason}).", name=name, reason=claim), _("Sign in again.")
    )
