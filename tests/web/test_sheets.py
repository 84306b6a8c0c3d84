"""A form of the settings is saved whole, told apart from others, and undone."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.state import State
from tests.cast import Cast
from tests.web.settings_forms import seen, send, settings, text, write
from tests.web.visitors import visitor

PULSE = "/settings/pulse"


def undo_form(page: str) -> dict[str, str]:
    """The fields of the button that undoes."""
    form = re.search(r'action="/settings/undo">(.*?)</form>', page, re.DOTALL)
    assert form
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))


def test_a_change_is_followed_by_a_page_that_tells_of_it(owner: TestClient) -> None:
    done = send(owner, PULSE, metric="nps", do="save")
    assert done.status_code == 303
    assert "The home page is changed." in owner.get(done.headers["location"]).text


def test_a_change_is_in_force_at_the_next_request(app: Starlette, owner: TestClient) -> None:
    send(owner, PULSE, metric=["nps", "ces"], do="save")
    owner.get("/settings")
    assert app.state.live.now().workspace.config.pulse.metrics == ("nps", "ces")


def test_a_change_is_undone_by_its_button(app: Starlette, owner: TestClient) -> None:
    before = text(app)
    done = send(owner, PULSE, metric="nps", do="save")
    back = owner.post("/settings/undo", data=undo_form(owner.get(done.headers["location"]).text))
    assert (text(app), back.status_code) == (before, 303)


def test_an_undoing_can_be_undone(app: Starlette, owner: TestClient) -> None:
    done = send(owner, PULSE, metric="nps", do="save")
    after = text(app)
    back = owner.post("/settings/undo", data=undo_form(owner.get(done.headers["location"]).text))
    owner.post("/settings/undo", data=undo_form(owner.get(back.headers["location"]).text))
    assert text(app) == after


def test_nothing_is_offered_to_be_undone_once_something_else_has_changed(app: Starlette, owner: TestClient) -> None:
    done = send(owner, PULSE, metric="nps", do="save")
    write(app, "# by hand\n")
    assert "/settings/undo" not in owner.get(done.headers["location"]).text


def test_an_undoing_that_comes_too_late_is_refused(app: Starlette, owner: TestClient) -> None:
    done = send(owner, PULSE, metric="nps", do="save")
    form = undo_form(owner.get(done.headers["location"]).text)
    write(app, "# by hand\n")
    late = owner.post("/settings/undo", data=form)
    assert (late.status_code, "# by hand" in text(app)) == (409, True)


def test_undoing_what_never_was_does_nothing(app: Starlette, owner: TestClient) -> None:
    before = text(app)
    send(owner, "/settings/undo", to="../../etc/passwd", back="//evil.example")
    assert text(app) == before


def test_undoing_leads_nowhere_else(owner: TestClient) -> None:
    assert send(owner, "/settings/undo", to="x", back="//evil.example").headers["location"] == "/"


def test_a_form_made_from_another_file_shows_both_versions(app: Starlette, owner: TestClient) -> None:
    send(owner, PULSE, metric="nps", do="save")
    old = seen(owner)
    send(owner, "/settings/general", name="Other", time_zone="UTC")
    late = owner.post(PULSE, data={"seen": old, "metric": "csat", "do": "save"})
    assert late.status_code == 409
    assert re.search(r'minus">- name = &#34;Acme&#34;.*?plus">\+ name = &#34;Other&#34;', late.text, re.DOTALL)
    assert 'plus">+ metrics = [&#34;csat&#34;]' in late.text
    assert settings(app)["pulse"]["metrics"] == ["nps"]


def test_one_can_save_on_top_of_what_others_changed(app: Starlette, owner: TestClient) -> None:
    old = seen(owner)
    write(app, "# by hand\n")
    late = owner.post(PULSE, data={"seen": old, "metric": ["csat", "nps"], "do": "save"})
    pairs = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text)
    owner.post(PULSE, data={name: [v for n, v in pairs if n == name] for name, _value in pairs})
    assert (settings(app)["pulse"]["metrics"], "# by hand" in text(app)) == (["csat", "nps"], True)


def test_saving_what_is_there_already_changes_nothing(app: Starlette, owner: TestClient) -> None:
    send(owner, PULSE, metric="nps", do="save")
    done = send(owner, PULSE, metric="nps", do="save")
    assert (done.headers["location"], len(list((app.state.live.root / "settings").glob("*.toml")))) == (PULSE, 1)


def test_the_audit_trail_knows_what_was_changed(owner: TestClient, state: State, people: Cast) -> None:
    send(owner, PULSE, metric="nps", do="save")
    last = state.audit.page()[0]
    assert (last.action, last.target, last.person_id) == ("settings.changed", "pulse", people.owner.id)


def test_a_change_that_cannot_be_noted_is_not_made(
    app: Starlette, owner: TestClient, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, now = text(app), seen(owner)
    monkeypatch.setattr(state.audit, "record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        owner.post(PULSE, data={"seen": now, "metric": "nps", "do": "save"})
    assert text(app) == before


@pytest.mark.parametrize("role", ["lead", "viewer"])
def test_whoever_may_only_read_sees_forms_that_cannot_be_sent(app: Starlette, people: Cast, role: str) -> None:
    page = visitor(app, getattr(people, role)).get(PULSE).text
    assert ("<fieldset disabled>" in page or " disabled>" in page, 'value="save"' in page) == (True, False)


def test_a_file_that_somebody_spoilt_is_told_of(app: Starlette, owner: TestClient) -> None:
    write(app, "\nnonsense = \n")
    assert "the settings from before are in force" in owner.get("/settings").text


def test_a_file_that_somebody_spoilt_is_not_changed(app: Starlette, owner: TestClient) -> None:
    now = seen(owner)
    write(app, "\nnonsense = \n")
    refused = owner.post(PULSE, data={"seen": now, "metric": "nps", "do": "save"})
    assert (refused.status_code >= 400, "nonsense = \n" in text(app)) == (True, True)
