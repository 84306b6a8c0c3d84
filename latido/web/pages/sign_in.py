"""Signing in by a password; the way to the company's identity provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import InputError, LatidoError, TooManyAttemptsError
from latido.http.cookies import set_session
from latido.http.status import status_of
from latido.http.throttle import check
from latido.http.trail import address
from latido.i18n import _
from latido.web.ask import inside
from latido.web.forms import Typed, given, text, typed
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.state import Person
    from latido.web.ask import Ask


def show(ask: Ask) -> Response:
    """The form; whoever is signed in goes on."""
    wanted = inside(ask.query.get("next"))
    return ask.see_other(wanted) if ask.asker.person else _page(ask, given(next=wanted))


def sign_in(ask: Ask) -> Response:
    """Let somebody in, or show the form again."""
    try:
        person = check(ask.state, text(ask.form, "email"), text(ask.form, "password"), address(ask.request))
        if person is None:
            raise InputError(_("No account has this address and this password."))
    except LatidoError as error:
        return _again(ask, error)
    return enter(ask, person, "password", inside(text(ask.form, "next")))


def enter(ask: Ask, person: Person, how: str, path: str) -> Response:
    """Begin a session, and go on.

    Args:
        ask: The request.
        person: Who comes in.
        how: By which way: `password`, `link`, `provider`.
        path: Where they wanted to go.
    """
    with ask.state.transaction():
        if ask.asker.key:
            ask.state.sessions.end(ask.asker.key)
        key = ask.state.sessions.begin(person)
        ask.state.audit.record("session.begun", person_id=person.id, how=how, address=address(ask.request))
    answer = ask.see_other(path)
    set_session(answer, ask.request, key, ask.state.sessions.lasting)
    return answer


def _again(ask: Ask, error: LatidoError) -> Response:
    answer = _page(ask, typed(ask.form, error), status_of(error))
    if isinstance(error, TooManyAttemptsError):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _page(ask: Ask, form: Typed, status: int = 200) -> Response:
    oidc = ask.workspace.config.access.oidc
    return ask.page(
        "sign_in.html", status, typed=form, provider=oidc.name if oidc.issuer else "",
        owned=ask.state.people.has_owner(),
    )  # fmt: skip


ROUTES = (
    Page("/sign-in", show, right=None),
    Page("/sign-in", sign_in, right=None, methods=("POST",)),
)
