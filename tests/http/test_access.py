"""Who asks, and what they may."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latido.errors import ForbiddenError, LatidoError, NotSignedInError, UnknownNameError
from latido.http import access
from latido.http.access import OUTSIDER, Asker, Identify, require
from latido.http.cookies import SESSION
from latido.state import RIGHTS, Person, Right, State
from latido.state.tables import SessionRow
from tests.cast import Cast
from tests.state.conftest import aged


def told(request: Request) -> JSONResponse:
    """Who asks."""
    asker: Asker = request.state.asker
    return JSONResponse([asker.name, asker.how, sorted(asker.rights), list(asker.teams)])


@pytest.fixture
def browser(state: State) -> TestClient:
    """A browser at an application that says who asks."""
    routes = [Route("/", told), Route("/static/x", told)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Identify, state=state)]))


def asking(person: Person) -> Asker:
    """Somebody who is signed in."""
    return Asker(person, person.rights, access.teams_of(person), "session")


def test_the_outsider_is_nobody(browser: TestClient) -> None:
    assert browser.get("/").json() == ["", "nobody", [], []]


def test_a_cookie_says_who(browser: TestClient, state: State, people: Cast) -> None:
    browser.cookies.set(SESSION, state.sessions.begin(people.lead))
    assert browser.get("/").json() == ["Leo Lead", "session", ["export", "read", "rows"], ["Ventas"]]


def test_a_token_says_who_and_what_it_may(browser: TestClient, state: State, people: Cast) -> None:
    key = state.tokens.create(people.lead, "Wall", ["read"]).key
    found = browser.get("/", headers={"Authorization": f"bearer {key}"}).json()
    assert found == ["Leo Lead", "token", ["read"], ["Ventas"]]


@pytest.mark.parametrize("given", ["Bearer lat_guess", "Bearer x", "Bearer", "Basic b2xnYTo=", ""])
def test_what_is_no_token_is_nobodys(browser: TestClient, given: str) -> None:
    assert browser.get("/", headers={"Authorization": given}).json()[1] == "nobody"


@pytest.mark.parametrize("cookie", ["latido=guess", "latido=", 'latido="', "=;;=", "a=b; latido=\u00ff"])
def test_what_is_no_session_is_nobodys(browser: TestClient, cookie: str) -> None:
    assert browser.get("/", headers={"Cookie": cookie.encode("latin-1")}).json()[1] == "nobody"


def test_whoever_sends_a_wrong_token_is_not_known_by_the_cookie(
    browser: TestClient, state: State, people: Cast
) -> None:
    browser.cookies.set(SESSION, state.sessions.begin(people.owner))
    assert browser.get("/", headers={"Authorization": "Bearer lat_guess"}).json()[1] == "nobody"


def test_a_session_key_is_no_token(browser: TestClient, state: State, people: Cast) -> None:
    key = state.sessions.begin(people.owner)
    assert browser.get("/", headers={"Authorization": f"Bearer {key}"}).json()[1] == "nobody"


def test_built_files_are_the_same_for_everybody(browser: TestClient, state: State, people: Cast) -> None:
    browser.cookies.set(SESSION, state.sessions.begin(people.owner))
    assert browser.get("/static/x").json()[1] == "nobody"


def test_a_session_that_lasts_again_is_given_to_the_browser_again(
    browser: TestClient, state: State, people: Cast
) -> None:
    key = state.sessions.begin(people.owner)
    browser.cookies.set(SESSION, key)
    aged(state, SessionRow, "expires", "-1 day")
    given = [browser.get("/").headers.get("set-cookie", "") for _ in range(2)]
    assert (given[0].startswith(f"latido={key}; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax"), given[1]) == (
        True, "",
    )  # fmt: skip


def test_nobody_is_taken_for_an_outsider_because_the_database_is_away(browser: TestClient, state: State) -> None:
    with state.database.writing() as session:
        session.execute(text("DROP TABLE sessions"))
    answer = browser.get("/", headers={"Cookie": "latido=key", "Accept-Language": "es"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.text.startswith("El estado en sqlite://")


@pytest.mark.parametrize("right", ["read", "rows", "export", "import", "settings", "people"])
def test_the_outsider_may_nothing(right: Right) -> None:
    with pytest.raises(NotSignedInError):
        require(OUTSIDER, right)


@pytest.mark.parametrize(("role", "right"), [(role, right) for role in RIGHTS for right in sorted(RIGHTS[role])])
def test_everybody_may_what_their_role_allows(people: Cast, role: str, right: Right) -> None:
    person: Person = getattr(people, role)
    assert require(asking(person), right) == person


@pytest.mark.parametrize(
    ("role", "right"), [(role, right) for role in RIGHTS for right in sorted(RIGHTS["owner"] - RIGHTS[role])]
)
def test_nobody_may_what_their_role_does_not_allow(people: Cast, role: str, right: Right) -> None:
    with pytest.raises(ForbiddenError):
        require(asking(getattr(people, role)), right)


def test_a_token_may_no_more_than_it_was_made_for(state: State, people: Cast) -> None:
    asker = access.by_token(state, state.tokens.create(people.owner, "Wall", ["read"]).key)
    with pytest.raises(ForbiddenError, match="manage people"):
        require(asker, "people")


def test_only_leads_are_limited_to_teams(people: Cast) -> None:
    assert [access.teams_of(person) for person in people] == [(), (), ("Ventas",), ()]


def test_who_asks_is_not_written_out(people: Cast) -> None:
    assert repr(Asker(people.owner, key="secret")) == f"<Asker {people.owner.id} by nobody>"


@pytest.mark.parametrize("role", ["analyst", "lead", "viewer"])
@pytest.mark.parametrize("reach", [access.people_read, access.audit_read])
def test_people_and_the_trail_are_the_owners(state: State, people: Cast, role: str, reach) -> None:
    with pytest.raises(ForbiddenError):
        reach(asking(getattr(people, role)), state)


@pytest.mark.parametrize("reach", [access.people_read, access.audit_read, access.tokens_read])
def test_the_outsider_reaches_nothing(state: State, reach) -> None:
    with pytest.raises(NotSignedInError):
        reach(OUTSIDER, state)


def test_an_owner_reaches_everybody(state: State, people: Cast) -> None:
    asker = asking(people.owner)
    assert access.person_write(asker, state, people.viewer.id) == people.viewer
    assert set(access.people_read(asker, state)) == set(people)


def test_ones_own_token_can_be_reached(state: State, people: Cast) -> None:
    token = state.tokens.create(people.viewer, "Wall", ["read"]).token
    assert access.token_write(asking(people.viewer), state, token.id) == token


def test_another_ones_token_is_as_if_it_were_not_there(state: State, people: Cast) -> None:
    token = state.tokens.create(people.owner, "Wall", ["read"]).token
    said = [complaint(state, people.viewer, number) for number in (token.id, 99)]
    assert said == [f"There is no token with the number {number}." for number in (token.id, 99)]


def complaint(state: State, person: Person, number: int) -> str:
    """What is said to somebody who reaches for a token."""
    with pytest.raises(UnknownNameError) as caught:
        access.token_write(asking(person), state, number)
    return str(caught.value)


def test_a_token_changes_nothing_of_its_person(state: State, people: Cast) -> None:
    asker = access.by_token(state, state.tokens.create(people.owner, "All", people.owner.rights).key)
    with pytest.raises(LatidoError, match="Sign in with a browser"):
        access.own_write(asker)
