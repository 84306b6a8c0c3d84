"""Who changed or took out what."""

from __future__ import annotations

import pytest

from latido.errors import LatidoError
from latido.state import State
from latido.state.audit import Audit, Chosen, network
from tests.cast import Cast


def filled(audit: Audit, people: Cast, count: int = 5) -> None:
    """Exports by the viewer, then an invitation by the owner."""
    for i in range(count):
        audit.record("metric.exported", f"nps {i}", person_id=people.viewer.id, how="session", address="203.0.113.9")
    audit.record("person.invited", "person 5", person_id=people.owner.id, how="token")


def test_an_entry_says_who_when_what_and_from_where(state: State, people: Cast) -> None:
    filled(state.audit, people, 1)
    _, entry = state.audit.page()
    assert entry[2:] == (
        people.viewer.id, "Vera Viewer", "session", "metric.exported", "nps 0", "203.0.113.0/24",
    )  # fmt: skip
    assert entry.occurred.utcoffset() is not None


def test_the_latest_comes_first_and_one_more_says_that_there_are_others(state: State, people: Cast) -> None:
    filled(state.audit, people)
    assert [e.target for e in state.audit.page(size=2)] == ["person 5", "nps 4", "nps 3"]


def test_the_next_page_goes_on(state: State, people: Cast) -> None:
    filled(state.audit, people)
    last = state.audit.page(size=2)[1]
    assert [e.target for e in state.audit.page(Chosen(before=last.id), 2)] == ["nps 3", "nps 2", "nps 1"]


@pytest.mark.parametrize(("action", "count"), [("metric", 5), ("person.invited", 1), ("m%", 0), ("", 6)])
def test_entries_are_chosen_by_the_beginning_of_an_action(state: State, people: Cast, action: str, count: int) -> None:
    filled(state.audit, people)
    assert len(state.audit.page(Chosen(action=action))) == count


def test_entries_are_chosen_by_person(state: State, people: Cast) -> None:
    filled(state.audit, people)
    assert [e.action for e in state.audit.each(Chosen(person_id=people.owner.id))] == ["person.invited"]


def test_each_reads_all(state: State, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.state.audit._BATCH", 2)
    filled(state.audit, people)
    assert len(list(state.audit.each())) == 6


def test_actions_are_listed_once(state: State, people: Cast) -> None:
    filled(state.audit, people)
    assert state.audit.actions() == ("metric.exported", "person.invited")


def test_what_the_command_line_does_has_no_person(state: State) -> None:
    state.audit.record("import.done", "tickets.csv", person_id=None, how="command")
    assert (state.audit.page()[0].name, state.audit.page()[0].source) == (None, "")


def test_a_change_that_fails_leaves_no_entry(state: State, people: Cast) -> None:
    with pytest.raises(LatidoError), state.transaction():  # noqa: PT012 - the block is the transaction
        state.audit.record("person.deactivated", "person 1", person_id=people.owner.id, how="session")
        state.people.activate(people.owner.id, active=False)
    assert state.audit.page() == ()


@pytest.mark.parametrize(
    ("address", "cut"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("testclient", ""), ("", "")],
)
def test_an_address_is_cut(address: str, cut: str) -> None:
    assert network(address) == cut
