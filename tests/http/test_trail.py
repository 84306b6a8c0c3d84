"""Who did what, from where."""

from __future__ import annotations

from starlette.requests import Request

from latido.http.access import OUTSIDER, Asker
from latido.http.trail import address, record
from latido.state import State
from tests.cast import Cast


def request(client: tuple[str, int] | None, method: str = "POST") -> Request:
    """A request from an address."""
    return Request({"type": "http", "method": method, "client": client, "headers": []})


def test_an_entry_says_who_by_which_way_and_from_which_network(state: State, people: Cast) -> None:
    asker = Asker(people.analyst, people.analyst.rights, how="token")
    record(state, asker, request(("203.0.113.9", 4711)), "import.undone", "import 7")
    (entry,) = state.audit.page()
    assert entry[2:] == (
        people.analyst.id, "Ana Analyst", "token", "import.undone", "import 7", "203.0.113.0/24",
    )  # fmt: skip


def test_the_head_of_an_answer_takes_nothing_out(state: State) -> None:
    record(state, OUTSIDER, request(None, "HEAD"), "rows.exported", "nps")
    assert not state.audit.page()


def test_an_outsider_has_no_name(state: State) -> None:
    record(state, OUTSIDER, request(None), "session.begun")
    assert state.audit.page()[0].person_id is None


def test_an_address_may_be_unknown() -> None:
    assert address(request(None)) == ""
