"""Watches on a page: how it stands with each, what was told, and who may say that it has been seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.app import create_app
from latido.report.alerts import looked, record
from tests.cast import Cast, cast_of
from tests.watching import watched_company
from tests.web.settings_forms import send, settings
from tests.web.visitors import state_of, visitor

HOME, EDIT, PREVIEW, SAVE = "/watches", "/watches/edit", "/watches/preview", "/watches/save"
TYPED = {"name": "South", "was": "", "metric": "first_reply_time", "direction": "worse", "false_alarms": "5",
         "since": "2025-11-03", "mail": "ana@acme.example, bo@acme.example", "dimension": ["team", ""],
         "operator": ["=", "="], "values": ["south", ""]}  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Starlette]:
    """An application over the company that is watched."""
    found = create_app(watched_company(tmp_path))
    yield found
    state_of(found).close()


@pytest.fixture
def people(app: Starlette) -> Cast:
    return cast_of(state_of(app))


@pytest.fixture
def owner(app: Starlette, people: Cast) -> TestClient:
    return visitor(app, people.owner)


@pytest.fixture
def alert(app: Starlette) -> int:
    """The number of the recorded alert."""
    workspace, state = app.state.live.now().workspace, state_of(app)
    return next(number for seen in looked(workspace, state) if (number := record(state, workspace.config, seen)))


def page(browser: TestClient, **params: str) -> str:
    return browser.get(HOME, params={"whole": "1", **params}).text


def test_each_watch_says_how_it_stands(owner: TestClient) -> None:
    shown = page(owner)
    assert "Alert on 28 Dec 2025: First reply time (Team: north) rose from 32 min to 2 h 35 min" in shown
    assert "Quiet since 3 Nov 2025." in shown
    assert "At most one false alarm in 20 years, however often you look." in shown


def test_its_weeks_are_drawn_and_stand_in_a_table(owner: TestClient) -> None:
    shown = page(owner, name="North waits")
    assert shown.count('data-chart="trend"') == 1
    assert '"text":"Changed"' in shown
    assert "outside of the limits" in shown


def test_one_can_be_looked_at_alone(owner: TestClient) -> None:
    shown = page(owner, name="Volume")
    assert "Quiet since" in shown
    assert "North waits" not in shown


def test_an_unknown_one_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get(HOME, params={"name": "Volum"})
    assert (answer.status_code, "Volume" in answer.text) == (404, True)


def test_what_is_not_at_hand_the_browser_asks_for_again(owner: TestClient) -> None:
    found = owner.get(HOME).text
    assert 'hx-get="/watches"' in found or "Quiet since" in found


def test_an_alert_is_listed_and_counted(owner: TestClient, alert: int) -> None:
    shown = page(owner)
    assert f'name="id" value="{alert}"' in shown
    assert re.search(r'<b class="count">1<span class="vh"> open alert', shown)


def test_somebody_has_seen_it_and_the_watch_looks_on(app: Starlette, owner: TestClient, alert: int) -> None:
    done = owner.post(f"{HOME}/seen", data={"id": alert, "stays": "no"})
    shown = page(owner)
    assert (done.status_code, done.headers["location"]) == (303, HOME)
    assert re.search(r"Olga Owner on .*: it has passed", shown)
    assert "It watches from 2 Mar 2026 on." in shown
    assert state_of(app).alerts.open() == 0


def test_that_is_taken_back(app: Starlette, owner: TestClient, alert: int) -> None:
    owner.post(f"{HOME}/seen", data={"id": alert, "stays": "yes"})
    done = owner.post(f"{HOME}/reopened", data={"id": alert})
    assert (done.status_code, state_of(app).alerts.open()) == (303, 1)


def test_the_audit_trail_says_who_saw_it(app: Starlette, people: Cast, owner: TestClient, alert: int) -> None:
    owner.post(f"{HOME}/seen", data={"id": alert, "stays": "yes"})
    entry = state_of(app).audit.page()[0]
    assert (entry.action, entry.name) == ("alert.seen", people.owner.name)


def test_an_alert_that_is_none_is_told(owner: TestClient) -> None:
    assert owner.post(f"{HOME}/seen", data={"id": "99"}).status_code == 404


def test_who_may_only_read_sees_it_and_may_not_say_so(app: Starlette, people: Cast, alert: int) -> None:
    viewer = visitor(app, people.viewer)
    assert "It has passed" not in page(viewer)
    assert "Alert on 28 Dec 2025" in page(viewer)
    assert viewer.post(f"{HOME}/seen", data={"id": alert}).status_code == 403


def test_a_lead_sees_the_watches_of_their_teams_alone(app: Starlette, people: Cast, alert: int) -> None:
    del people
    lead = state_of(app).people.add("Lea", "lea@example.com", "lead", teams=("south",), joined=True)
    shown = page(visitor(app, lead))
    assert "Volume" in shown
    assert "North waits" not in shown
    assert "It has passed" not in shown


def test_nobody_else_sees_anything(app: Starlette, people: Cast) -> None:
    del people
    assert visitor(app).get(HOME).status_code == 303


def test_a_watch_is_written_as_it_was_typed(app: Starlette, owner: TestClient) -> None:
    done = send(owner, SAVE, **TYPED)
    assert done.status_code == 303
    assert settings(app)["watches"]["South"] == {
        "metric": "first_reply_time", "where": ["team=south"], "direction": "worse", "false_alarms": 5,
        "since": app.state.live.now().workspace.watches["South"].since,
        "mail": ["ana@acme.example", "bo@acme.example"],
    }  # fmt: skip


def test_a_watch_is_changed_and_called_otherwise(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, **{**TYPED, "name": "Southern volume", "was": "Volume", "metric": "ticket_volume",
                         "direction": "rise"})  # fmt: skip
    assert set(settings(app)["watches"]) == {"North waits", "Southern volume"}


def test_a_watch_is_deleted(app: Starlette, owner: TestClient) -> None:
    done = send(owner, f"{HOME}/delete", name="Volume")
    assert (done.status_code, set(settings(app)["watches"])) == (303, {"North waits"})
    assert "undo=" in done.headers["location"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "A watch needs a name."),
        ({"name": "Volume"}, "There is a watch called “Volume” already."),
        ({"metric": ""}, "Choose a metric."),
        ({"metric": "enps"}, "cannot be watched."),
        ({"metric": "ticket_volume"}, "has no better and worse."),
        ({"since": "soon"}, "is not a date"),
        ({"mail": "ana"}, "is not an e-mail address."),
        ({"dimension": ["plan2"], "operator": ["="], "values": ["x"]}, "Nothing in your data can be filtered by this."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(owner: TestClient, typed: dict[str, object], said: str) -> None:
    answer = send(owner, SAVE, **{**TYPED, **typed})
    assert (answer.status_code, said in answer.text) == (422, True)


def test_the_form_of_one_is_filled_in(owner: TestClient) -> None:
    shown = owner.get(EDIT, params={"name": "North waits", "whole": "1"}).text
    assert '<option value="first_reply_time" selected>' in shown
    assert 'value="2025-11-03"' in shown
    assert "Alert on 28 Dec 2025" in shown


def test_the_preview_says_what_is_typed_would_say(owner: TestClient) -> None:
    shown = owner.get(PREVIEW, params={**TYPED, "whole": "1"}).text
    assert "Quiet since 3 Nov 2025." in shown


def test_from_a_metric_one_begins_with_it_and_its_filters(owner: TestClient) -> None:
    shown = owner.get("/metrics/first_reply_time", params={"where": "team=north", "whole": "1", "weeks": "all"}).text
    (href,) = re.findall(r'href="(/watches/edit[^"]*)"', shown)
    form = owner.get(href.replace("&amp;", "&")).text
    assert '<option value="first_reply_time" selected>' in form
    assert '<option value="team" selected>' in form


def test_without_watches_the_page_says_what_they_are(app: Starlette, owner: TestClient) -> None:
    send(owner, f"{HOME}/delete", name="Volume")
    send(owner, f"{HOME}/delete", name="North waits")
    assert "Nothing is watched yet" in page(owner)


def test_a_watch_that_cannot_be_looked_at_says_why(app: Starlette, owner: TestClient) -> None:
    file = app.state.live.root / "latido.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("team=north", "planet=mars"), encoding="utf-8")
    shown = page(owner)
    assert "planet" in shown
    assert "Quiet since" in shown
