"""Where one-time links lead: to become the first owner, to join, to choose another password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import ExpiredError, FieldError, UsageError
from latido.i18n import _
from latido.state.invitations import Invitation
from latido.web.forms import Typed, given, text, typed
from latido.web.page import Page
from latido.web.pages.sign_in import enter

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.state import Person
    from latido.web.ask import Ask


def show(ask: Ask) -> Response:
    """The form that the link is for."""
    found = ask.state.invitations.find(ask.param["key"])
    form = given(name=found.person.name, email=found.person.email) if found.person else Typed()
    return ask.page("first_start.html", link=found, typed=form)


def accept(ask: Ask) -> Response:
    """Use the link; where something is wrong with the form it still works."""
    found = ask.state.invitations.find(ask.param["key"])
    try:
        person = _used(ask, found)
    except ExpiredError:
        raise
    except UsageError as error:
        return ask.page("first_start.html", 422, link=found, typed=typed(ask.form, error))
    return enter(ask, person, "link", "/")


def _used(ask: Ask, found: Invitation) -> Person:
    password, name = text(ask.form, "password"), text(ask.form, "name")
    if password != text(ask.form, "again"):
        raise FieldError("again", _("The two passwords differ."))
    if found.kind == "owner":
        return ask.state.invitations.found(ask.param["key"], name, text(ask.form, "email"), password)
    return ask.state.invitations.accept(ask.param["key"], password, name if found.kind == "join" else None)


ROUTES = (
    Page("/start/{key}", show, right=None),
    Page("/start/{key}", accept, right=None, methods=("POST",)),
)
