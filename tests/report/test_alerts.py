"""Alerts as messages: an e-mail in its reader's language, a webhook's body, a trial."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

import latido
from latido.insights.watch import Watched
from latido.report.alerts import link, record, trial
from latido.state import State
from latido.state.outbox import Taken
from latido.workspace.watches import alarm_of
from tests.watching import watched_company

SENT = """
mail = ["ana@acme.example", "bo@acme.example"]
webhooks = ["chat"]

[alerts]
address = "https://latido.acme.example"

[alerts.webhooks.chat]
url = "https://chat.acme.example/in"
"""


@cache
def company() -> latido.Workspace:
    root = watched_company(Path(mkdtemp(prefix="latido-test-")))
    file = root / "latido.toml"
    volume = "[watches.Volume]"
    before, after = file.read_text(encoding="utf-8").split(volume)
    ways, rest = SENT.split("\n\n", 1)
    file.write_text(before.rstrip() + ways + "\n\n" + volume + after + rest, encoding="utf-8")
    return latido.open(root)


@cache
def north() -> Watched:
    return company().watched("North waits")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    found = State.open(None, tmp_path)
    found.people.add("Ana", "ana@acme.example", "viewer", language="es")
    yield found
    found.close()


@pytest.fixture
def recorded(state: State) -> dict[str, Taken]:
    """The messages of the alert, by where they go."""
    record(state, company().config, north())
    taken = [state.outbox.take() for _message in range(3)]
    return {message.destination: message for message in taken if message}


def test_an_alert_is_recorded_once_with_all_its_messages(state: State) -> None:
    assert record(state, company().config, north()) is not None
    assert record(state, company().config, north()) is None
    (alert,) = state.alerts.all()
    assert [one.destination for one in alert.sent] == ["ana@acme.example", "bo@acme.example", "chat"]
    assert alarm_of(alert.shift) == north().alarm


def test_a_quiet_watch_tells_nothing(state: State) -> None:
    assert record(state, company().config, company().watched("Volume")) is None
    assert state.alerts.all() == ()


def test_a_letter_is_in_its_readers_language(recorded: dict[str, Taken]) -> None:
    spanish, english = recorded["ana@acme.example"], recorded["bo@acme.example"]
    assert spanish.subject.startswith("[Acme] Tiempo de primera respuesta (Equipo: north) subió de ")
    assert english.subject.startswith("[Acme] First reply time (Team: north) rose from ")


def test_a_letter_has_figure_interval_and_link(recorded: dict[str, Taken]) -> None:
    text = recorded["bo@acme.example"].text
    assert "rose from 32 min to 2 h 35 min (2 h to 3 h 13 min)" in text
    assert "https://latido.acme.example/watches?name=North%20waits" in text
    assert 'href="https://latido.acme.example/watches?name=North%20waits"' in recorded["bo@acme.example"].html


def test_a_webhook_says_it_in_data(recorded: dict[str, Taken]) -> None:
    body = json.loads(recorded["chat"].text)
    assert (body["event"], body["watch"], body["metric"], body["direction"]) == (
        "alert", "North waits", "first_reply_time", "rise",
    )  # fmt: skip
    assert body["changed"] == "2025-12-22"
    assert body["after"]["low"] < body["after"]["value"] < body["after"]["high"]
    assert body["link"].startswith("https://latido.acme.example/")


def test_without_an_address_there_is_no_link() -> None:
    config = company().config
    bare = config.model_copy(update={"alerts": config.alerts.model_copy(update={"address": None})})
    assert link(bare, "North waits") == ""


def test_a_trial_says_that_it_is_one() -> None:
    assert "This is a test" in trial(company().config, "mail", "bo@acme.example").text
    assert json.loads(trial(company().config, "webhook", "chat").text)["event"] == "test"
