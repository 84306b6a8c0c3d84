"""Who asks, and what they may: by the cookie of a session or by a token, and the objects that are theirs to touch."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from latido.errors import ForbiddenError, NotSignedInError, StateError, UnknownNameError
from latido.http.cookies import SESSION, session_header
from latido.http.refusal import NONE, Tellers, refuse
from latido.i18n import _
from latido.state.names import RIGHT_NAMES
from latido.state.tokens import PREFIX

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from latido.state import Person, Right, State
    from latido.state.audit import Audit
    from latido.state.tokens import Token

How = Literal["session", "token", "nobody"]
_BEARER = "bearer "


@dataclass(frozen=True)
class Asker:
    """Whoever sent a request.

    Attributes:
        person: Who; None for an outsider.
        rights: What they may: all that their role allows, or what a token was made for of it.
        teams: The teams that they are limited to; empty for no limit.
        how: By which way they are known.
        key: Their session's key, so that it can be ended or kept.
    """

    person: Person | None = None
    rights: frozenset[Right] = frozenset()
    teams: tuple[str, ...] = ()
    how: How = "nobody"
    key: str = ""

    def may(self, right: Right) -> bool:
        """Whether they may."""
        return right in self.rights

    @property
    def name(self) -> str:
        """Their name; empty for an outsider."""
        return self.person.name if self.person else ""

    def __repr__(self) -> str:
        return f"<Asker {self.person.id if self.person else None} by {self.how}>"


OUTSIDER = Asker()


class Identify:
    """Finds out who asks, and leaves it in the request's state as `asker`.

    A token in `Authorization` counts for more than a cookie, and a wrong one is nobody's: whoever sends a token
    means to be known by it.

    Args:
        app: What comes next.
        state: Where sessions and tokens are known.
        public: Beginnings of paths that are the same for everybody.
        tellers: Who tells errors below a path.
    """

    def __init__(
        self, app: ASGIApp, state: State, public: tuple[str, ...] = ("/static/",), tellers: Tellers = NONE
    ) -> None:
        self.app = app
        self.state = state
        self.public = public
        self.tellers = tellers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        try:
            asker, renewed = await self._found(scope)
        except StateError as error:  # nobody is taken for an outsider only because the database is away
            await refuse(error, self.tellers, scope, receive, send)
            return
        scope.setdefault("state", {})["asker"] = asker
        await self.app(scope, receive, self._renewing(send, scope, asker.key) if renewed else send)

    async def _found(self, scope: Scope) -> tuple[Asker, bool]:
        headers = Headers(scope=scope)
        if scope["path"].startswith(self.public):
            return OUTSIDER, False
        if token := bearer(headers):
            return await run_in_threadpool(by_token, self.state, token), False
        if key := _cookie(headers):
            return await run_in_threadpool(by_session, self.state, key)
        return OUTSIDER, False

    def _renewing(self, send: Send, scope: Scope, key: str) -> Send:
        header = session_header(key, self.state.sessions.lasting, secure=scope["scheme"] in {"https", "wss"})

        async def renewing(message: Message) -> None:
            if message["type"] == "http.response.start":
                set_already = any(name == b"set-cookie" and _sets_session(value) for name, value in message["headers"])
                message["headers"] = [*message["headers"], *([] if set_already else [header])]
            await send(message)

        return renewing


def by_session(state: State, key: str) -> tuple[Asker, bool]:
    """Whose session this is, and whether it lasts longer from now on."""
    found = state.sessions.find(key)
    if found is None:
        return OUTSIDER, False
    return Asker(found.person, found.person.rights, teams_of(found.person), "session", key), found.renewed


def by_token(state: State, key: str) -> Asker:
    """Whose token this is."""
    token = state.tokens.find(key) if key.startswith(PREFIX) else None
    return Asker(token.person, token.may, teams_of(token.person), "token") if token else OUTSIDER


def bearer(headers: Headers) -> str:
    """The token of a request; empty where it has none."""
    given = headers.get("authorization", "")
    return given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(SESSION)
    except CookieError:
        return ""
    return found.value if found else ""


def _sets_session(value: bytes) -> bool:
    return value.startswith(f"{SESSION}=".encode())


def teams_of(person: Person) -> tuple[str, ...]:
    """The teams that somebody is limited to."""
    return person.teams if person.role == "lead" else ()


def require(asker: Asker, right: Right) -> Person:
    """Let nobody pass who may not.

    Raises:
        NotSignedInError: Nobody is signed in.
        ForbiddenError: Somebody is, and may not.
    """
    if asker.person is None:
        raise NotSignedInError(_("This is only for people who are signed in."), _("Sign in first."))
    if not asker.may(right):
        rule = _("Your role does not let you {what}.", what=RIGHT_NAMES[right])
        raise ForbiddenError(rule, _("An owner can give you another role."))
    return asker.person


def own_write(asker: Asker) -> Person:
    """Whoever asks, to change what is their own: password, tokens. A token cannot do that, or it would never end.

    Raises:
        NotSignedInError: Nobody is signed in.
        ForbiddenError: A token asks.
    """
    person = require(asker, "read") if asker.how != "token" else None
    if person is None:
        raise ForbiddenError(_("A token cannot do this."), _("Sign in with a browser."))
    return person


def people_read(asker: Asker, state: State) -> tuple[Person, ...]:
    """Everybody, for whoever looks after people."""
    require(asker, "people")
    return state.people.all()


def person_write(asker: Asker, state: State, person_id: int) -> Person:
    """Somebody, to change what they are here."""
    require(asker, "people")
    return state.people.get(person_id)


def tokens_read(asker: Asker, state: State) -> tuple[Token, ...]:
    """One's own tokens; everybody's for whoever looks after people."""
    person = own_write(asker)
    return state.tokens.of(None if asker.may("people") else person.id)


def token_write(asker: Asker, state: State, token_id: int) -> Token:
    """A token, to end it: one's own, or anybody's for whoever looks after people.

    Raises:
        UnknownNameError: There is none of that number, as far as the asker may know.
    """
    person, token = own_write(asker), state.tokens.get(token_id)
    if token.person.id != person.id and not asker.may("people"):
        raise UnknownNameError(_("There is no token with the number {id}.", id=str(token_id)))
    return token


def audit_read(asker: Asker, state: State) -> Audit:
    """The audit trail, for whoever looks after people."""
    require(asker, "people")
    return state.audit
