"""One's own name and password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import FieldError, LatidoError, TooManyAttemptsError, UsageError
from latido.http.access import own_write
from latido.http.cookies import set_session
from latido.http.status import status_of
from latido.http.throttle import check
from latido.http.trail import address, record
from latido.i18n import _
from latido.state.names import ROLE_MEANINGS, ROLE_NAMES
from latido.web.forms import Typed, given, text, typed
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.state import Person
    from latido.web.ask import Ask

HOME = "/profile"


def show(ask: Ask) -> Response:
    """Both forms."""
    return _page(ask, _filled(own_write(ask.asker)), Typed())


def rename(ask: Ask) -> Response:
    """Change the name that others see."""
    person, form = own_write(ask.asker), ask.form
    try:
        ask.state.people.describe(
            person.id, name=text(form, "name"), language=person.language, theme=person.theme
        )  # fmt: skip
    except UsageError as error:
        return _page(ask, typed(form, error), Typed(), 422)
    return ask.see_other(HOME, _("Saved."))


def change_password(ask: Ask) -> Response:
    """Choose another password; every other browser is signed out."""
    person = own_write(ask.asker)
    try:
        _check(ask, person)
        with ask.state.transaction():
            ask.state.people.set_password(person.id, text(ask.form, "password"))
            record(ask.state, ask.asker, ask.request, "password.changed", f"person {person.id}")
            key = ask.state.sessions.begin(person)
    except (UsageError, TooManyAttemptsError) as error:
        return _refused(ask, person, error)
    answer = ask.see_other(HOME, _("Your password is changed. Other browsers are signed out."))
    set_session(answer, ask.request, key, ask.state.sessions.lasting)
    return answer


def _check(ask: Ask, person: Person) -> None:
    if text(ask.form, "password") != text(ask.form, "again"):
        raise FieldError("again", _("The two passwords differ."))
    if check(ask.state, person.email, text(ask.form, "current"), address(ask.request)) is None:
        raise FieldError("current", _("This is not your password."))


def _refused(ask: Ask, person: Person, error: LatidoError) -> Response:
    answer = _page(ask, _filled(person), typed(ask.form, error), max(status_of(error), 422))
    if isinstance(error, TooManyAttemptsError):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _filled(person: Person) -> Typed:
    return given(name=person.name)


def _page(ask: Ask, about: Typed, password: Typed, status: int = 200) -> Response:
    person = own_write(ask.asker)
    return ask.page(
        "profile.html", status, person=person, typed=about, password=password, names=ROLE_NAMES,
        meanings=ROLE_MEANINGS, by_password=ask.state.people.has_password(person.id),
    )  # fmt: skip


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME, rename, right="read", methods=("POST",)),
    Page(f"{HOME}/password", change_password, right="read", methods=("POST",)),
)
