"""People: who may come in, in which role; invitations and new links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import LatidoError, UsageError
from latido.http.access import people_read, person_write
from latido.http.cookies import ONCE, brief, forget_brief, set_brief
from latido.http.trail import record
from latido.i18n import Message, _
from latido.state.names import ROLE_MEANINGS, ROLE_NAMES
from latido.web.forms import Typed, given, text, typed
from latido.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from latido.state import Person
    from latido.web.ask import Ask

HOME = "/people"


def show(ask: Ask) -> Response:
    """Everybody, and the form to invite somebody."""
    return _list(ask, given(role="viewer"))


def invite(ask: Ask) -> Response:
    """Add somebody, and give out the link by which they join."""
    people_read(ask.asker, ask.state)
    form = ask.form
    try:
        with ask.state.transaction():
            person = ask.state.people.add(
                text(form, "name"), text(form, "email"), text(form, "role"), teams=_teams(ask)
            )  # fmt: skip
            record(ask.state, ask.asker, ask.request, "person.invited", _target(person, person.role))
            key = ask.state.invitations.issue(person)
    except UsageError as error:
        return _list(ask, typed(form, error), 422)
    return _with_link(ask, person, key)


def one(ask: Ask) -> Response:
    """Somebody: what they are here, and a link just made for them."""
    person = _person(ask)
    return _one(ask, given(email=person.email, role=person.role, teams=", ".join(person.teams)))


def assign(ask: Ask) -> Response:
    """Give somebody another role, other teams, another address."""
    person = _person(ask)
    form = ask.form

    def change() -> Person:
        return ask.state.people.assign(person.id, text(form, "role"), _teams(ask), email=text(form, "email"))

    return _changed(ask, change, "person.assigned", _("{name} is changed.", name=person.name))


def leave(ask: Ask) -> Response:
    """Put somebody out."""
    person = _person(ask)

    def change() -> Person:
        return ask.state.people.activate(person.id, active=False)

    return _changed(ask, change, "person.deactivated", _("{name} may not sign in any more.", name=person.name))


def come_back(ask: Ask) -> Response:
    """Let somebody in again."""
    person = _person(ask)

    def change() -> Person:
        return ask.state.people.activate(person.id, active=True)

    return _changed(ask, change, "person.activated", _("{name} may sign in again.", name=person.name))


def link(ask: Ask) -> Response:
    """Give out a new link: to join, or to choose another password."""
    person = _person(ask)
    with ask.state.transaction():
        key = ask.state.invitations.issue(person)
        record(ask.state, ask.asker, ask.request, "person.link_made", _target(person))
    return _with_link(ask, person, key)


def _changed(ask: Ask, change: Callable[[], Person], action: str, said: Message) -> Response:
    try:
        with ask.state.transaction():
            person = change()
            record(ask.state, ask.asker, ask.request, action, _target(person, person.role))
    except UsageError as error:
        return _one(ask, typed(ask.form, error) if "role" in ask.form else _as_is(ask, error), 422)
    return ask.see_other(HOME, said)


def _as_is(ask: Ask, error: LatidoError) -> Typed:
    person = _person(ask)
    filled = given(email=person.email, role=person.role, teams=", ".join(person.teams))
    return Typed(filled.values, error)


def _with_link(ask: Ask, person: Person, key: str) -> Response:
    """Show the link on the next page, once: it stands in the browser only."""
    path = f"{HOME}/{person.id}"
    answer = ask.see_other(path)
    set_brief(answer, ask.request, ONCE, f"{ask.request.base_url}start/{key}", path)
    return answer


def _list(ask: Ask, form: Typed, status: int = 200) -> Response:
    people = people_read(ask.asker, ask.state)
    return ask.page("people.html", status, people=people, typed=form, names=ROLE_NAMES, meanings=ROLE_MEANINGS)


def _one(ask: Ask, form: Typed, status: int = 200) -> Response:
    person = _person(ask)
    answer = ask.page(
        "person.html", status, person=person, typed=form, names=ROLE_NAMES, meanings=ROLE_MEANINGS,
        link=brief(ask.request, ONCE), tokens=ask.state.tokens.of(person.id),
    )  # fmt: skip
    forget_brief(answer, ask.request, ONCE, f"{HOME}/{person.id}")
    return answer


def _person(ask: Ask) -> Person:
    return person_write(ask.asker, ask.state, ask.param["id"])


def _teams(ask: Ask) -> tuple[str, ...]:
    return tuple(text(ask.form, "teams").split(","))


def _target(person: Person, more: str = "") -> str:
    return f"person {person.id}" + (f": {more}" if more else "")


ROUTES = (
    Page(HOME, show, right="people"),
    Page(HOME, invite, right="people", methods=("POST",)),
    Page(HOME + "/{id:int}", one, right="people"),
    Page(HOME + "/{id:int}", assign, right="people", methods=("POST",)),
    Page(HOME + "/{id:int}/link", link, right="people", methods=("POST",)),
    Page(HOME + "/{id:int}/leave", leave, right="people", methods=("POST",)),
    Page(HOME + "/{id:int}/return", come_back, right="people", methods=("POST",)),
)
