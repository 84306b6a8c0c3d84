"""Settings: light or dark, and the language, for whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import FieldError
from latido.http.access import own_write
from latido.i18n import LANGUAGES, _, use
from latido.state.person import checked_language, checked_theme
from latido.web.ask import inside
from latido.web.forms import Typed, given, text, typed
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.state import Person
    from latido.web.ask import Ask

HOME = "/settings/appearance"
YEAR = 365 * 86_400


def show(ask: Ask) -> Response:
    """The form."""
    person = ask.asker.person
    chosen = person.language if person else ask.request.cookies.get("lang", "")
    return _page(ask, given(theme=ask.theme, language=chosen if chosen in LANGUAGES else ""))


def change(ask: Ask) -> Response:
    """Save it: with the person, or in the browser of somebody who is not signed in."""
    try:
        theme, chosen = checked_theme(text(ask.form, "theme")), checked_language(text(ask.form, "language"))
    except FieldError as error:
        return _page(ask, typed(ask.form, error), 422)
    if ask.asker.person:
        person = own_write(ask.asker)
        ask.state.people.describe(person.id, name=person.name, language=chosen, theme=theme)
    with use(chosen or ""):
        answer = ask.see_other(inside(text(ask.form, "back") or HOME), _("Saved."))
    _remember(ask, answer, "theme", theme)
    _remember(ask, answer, "lang", chosen or "")
    return answer


def _remember(ask: Ask, answer: Response, name: str, value: str) -> None:
    """Keep a choice in the browser, also for after signing out."""
    if value:
        secure = ask.request.url.scheme == "https"
        answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    else:
        answer.delete_cookie(name)


def _page(ask: Ask, form: Typed, status: int = 200) -> Response:
    person: Person | None = ask.asker.person
    return ask.page("settings_appearance.html", status, form=form, signed_in=person is not None)


ROUTES = (
    Page(HOME, show, right=None),
    Page(HOME, change, right=None, methods=("POST",)),
)
