"""A small identity provider in a process of its own, which can be told to lie.

It signs in whoever posts themselves to its authorization page: who they are, and which fault its word has.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from socket import create_connection, socket
from urllib.parse import urlencode

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "latido", "a secret of at least thirty-two characters"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
FORGED = RSAKey.generate_key(2048, {"kid": "one"})


class Pages:
    """What the provider answers.

    Args:
        issuer: By which name clients know it.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.granted: dict[str, dict[str, str]] = {}

    def metadata(self, _request: Request) -> Response:
        """Where everything is."""
        at = self.issuer
        return JSONResponse({
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys", "id_token_signing_alg_values_supported": ["RS256"],
        })  # fmt: skip

    async def authorize(self, request: Request) -> Response:
        """A form, and the way back with a code."""
        asked = dict(request.query_params)
        if request.method == "GET":
            return HTMLResponse("<form method=post><input name=sub><button>Sign in</button></form>")
        who = {name: str(value) for name, value in (await request.form()).items()}
        if who.get("fault") == "refused":
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code, issuer = token_urlsafe(), "http://other" if _has(who, "mix-up") else self.issuer
            self.granted[code] = asked | who
            answer = {"code": code, "state": asked["state"], "iss": issuer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

    async def token(self, request: Request) -> Response:
        """A code for a token, once."""
        given = {name: str(value) for name, value in (await request.form()).items()}
        grant = self.granted.pop(given.get("code", ""), None)
        if grant is None or not _proved(request, given, grant):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": id_token(self.issuer, grant)})


def keys(_request: Request) -> Response:
    """By which its word can be checked."""
    return JSONResponse({"keys": [KEY.as_dict(private=False)]})


def application(issuer: str) -> Starlette:
    """The provider's pages."""
    pages = Pages(issuer)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", pages.metadata),
            Route("/authorize", pages.authorize, methods=["GET", "POST"]),
            Route("/token", pages.token, methods=["POST"]),
            Route("/keys", keys),
        ]
    )


def _has(grant: dict[str, str], fault: str) -> bool:
    return grant.get("fault") == fault


def _proved(request: Request, given: dict[str, str], grant: dict[str, str]) -> bool:
    """Whether the client is who it says, and the one that left (RFC 6749, 4.1.3; RFC 7636)."""
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    return (
        request.headers.get("authorization") == f"Basic {basic}"
        and given["redirect_uri"] == grant["redirect_uri"]
        and grant["code_challenge_method"] == "S256"
        and create_s256_code_challenge(given["code_verifier"]) == grant["code_challenge"]
    )


def id_token(issuer: str, grant: dict[str, str]) -> str:
    """The provider's word."""
    now = int(time.time())
    claims = {
        "iss": "http://other" if _has(grant, "issuer") else issuer,
        "sub": grant["sub"],
        "aud": "another" if _has(grant, "audience") else CLIENT,
        "iat": now - 7200,
        "exp": now - 3600 if _has(grant, "expired") else now + 300,
        "nonce": "another" if _has(grant, "nonce") else grant["nonce"],
        "email": grant.get("email", ""),
        "email_verified": not _has(grant, "unverified"),
        "name": grant.get("name", ""),
    }
    if _has(grant, "unsigned"):
        parts = ({"alg": "none", "kid": "one"}, claims)
        return ".".join(_encoded(json.dumps(part).encode()) for part in parts) + "."
    if _has(grant, "shared secret"):
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET))
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, FORGED if _has(grant, "forged") else KEY)


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@contextmanager
def running() -> Iterator[str]:
    """Run one; its issuer."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-m", "tests.http.provider", str(port)], cwd=root)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the provider did not start")


if __name__ == "__main__":
    number = int(sys.argv[1])
    uvicorn.run(application(f"http://127.0.0.1:{number}"), host="127.0.0.1", port=number, log_level="warning")
