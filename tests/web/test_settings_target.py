"""One metric's targets: in its unit, by group, with the state that they would put the figures in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.settings_forms import send, settings, text, write
from tests.web.visitors import fields, visitor, wrong

HOME = "/settings/targets"
EDIT, PREVIEW, SAVE = f"{HOME}/edit", f"{HOME}/preview", f"{HOME}/save"
GROUPS = {"dimension": ["team", ""], "group": ["Ventas ES", ""], "target": ["80", ""]}


def badges(page: str) -> list[str]:
    """The states that the preview shows."""
    aside = page.partition('id="preview"')[2]
    return re.findall(r'<span class="badge (\w+)"', aside)


def preview(**typed: Any) -> str:
    """The preview of what is typed, over a company with figures."""
    app, people = served()
    return visitor(app, people.viewer).get(PREVIEW, params=typed).text


@pytest.mark.parametrize(("target", "state"), [("10", "good"), ("35", "warn"), ("80", "bad")])
def test_the_preview_shows_the_state_that_a_target_would_give(target: str, state: str) -> None:
    assert badges(preview(metric="nps", value=target)) == [state]


def test_the_preview_shows_each_group_against_its_own() -> None:
    page = preview(metric="nps", value="35", dimension="channel", group="chat", target="-90")
    assert sorted(badges(page)) == ["good", "warn", "warn"]


def test_a_part_of_the_figure_can_be_meant() -> None:
    page = preview(metric="first_reply_time", value="2h", part="p90")
    assert ('value="p90" selected' in page, "90" in page.partition('class="standing"')[2][:200]) == (True, True)


def test_the_form_shows_what_the_file_says(app: Starlette, owner: TestClient) -> None:
    write(app, 'resolution_time = {value = 14400, part = "p90", team = {"Ventas ES" = "8h"}}\n')
    page = owner.get(EDIT, params={"metric": "resolution_time"}).text
    assert fields(page)["value"] == "4h"
    assert ('name="group" value="Ventas ES"' in page, 'name="target" value="8h"' in page) == (True, True)


def test_a_group_says_what_it_matches() -> None:
    page = preview(metric="resolution_time", dimension="channel", group="E-mail", target="4h")
    assert 'id="match-0"><span>50 tickets</span>' in page


def test_a_group_that_does_not_exist_yet_is_warned_of_and_kept(app: Starlette, owner: TestClient) -> None:
    page = preview(metric="nps", dimension="team", group="Wether", target="40")
    assert ('class="match nothing"' in page, "Nothing in your data has “Wether”." in page) == (True, True)
    send(owner, SAVE, metric="nps", value="", dimension="team", group="Wether", target="40")
    assert settings(app)["targets"]["nps"] == {"team": {"Wether": 40}}


def test_a_group_is_picked_and_written_as_its_value(app: Starlette, owner: TestClient) -> None:
    there, people = served()
    asked = {"metric": "nps", "add": "channel=email"}
    assert 'name="group" value="E-mail"' in visitor(there, people.owner).get(PREVIEW, params=asked).text
    send(owner, SAVE, metric="nps", value="", dimension="channel", group="E-mail", target="40")
    assert settings(app)["targets"]["nps"] == {"channel": {"email": 40}}


def test_nobody_counts_what_employees_answered() -> None:
    page = preview(metric="enps", dimension="team", group="Ventas ES", target="40")
    assert ("answers</option>" in page, 'id="match-0"></p>' in page) == (False, True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"metric": "csat", "value": "85,5"}, 85.5),
        ({"metric": "csat", "value": "85", **GROUPS}, {"value": 85, "team": {"Ventas ES": 80}}),
        ({"metric": "csat", "value": "", **GROUPS}, {"team": {"Ventas ES": 80}}),
        ({"metric": "resolution_time", "value": "4h", "part": "p90"}, {"value": "4h", "part": "p90"}),
        ({"metric": "churn_rate", "value": "3"}, 3),
    ],
)
def test_a_target_is_written_as_short_as_it_can_be(
    app: Starlette, owner: TestClient, typed: dict[str, Any], kept: Any
) -> None:
    done = send(owner, SAVE, **typed)
    assert (done.status_code, settings(app)["targets"][typed["metric"]]) == (303, kept)


def test_a_comment_beside_a_target_stays(app: Starlette, owner: TestClient) -> None:
    write(app, "ces = 5.5 # the board\n")
    send(owner, SAVE, metric="ces", value="6")
    assert "ces = 6 # the board\n" in text(app)


def test_an_empty_target_is_none(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, metric="nps", value="")
    assert settings(app)["targets"] == {"first_reply_time": "2h"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"metric": "nps", "value": "140"}, "value"),
        ({"metric": "csat", "value": "-1"}, "value"),
        ({"metric": "csat", "value": "high"}, "value"),
        ({"metric": "resolution_time", "value": "4"}, "value"),
        ({"metric": "resolution_time", "value": "soon"}, "value"),
        ({"metric": "csat", "dimension": "", "group": "x", "target": "80"}, "group.0"),
        ({"metric": "csat", "dimension": "team", "group": "", "target": "80"}, "group.0"),
        ({"metric": "csat", "dimension": "team", "group": "x", "target": ""}, "group.0"),
        ({"metric": "csat", "dimension": "team", "group": "x", "target": "800"}, "group.0"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    app: Starlette, owner: TestClient, typed: dict[str, str], told: str
) -> None:
    before = text(app)
    refused = send(owner, SAVE, **typed)
    assert (refused.status_code, f'id="{told}-error"' in refused.text, text(app)) == (422, True, before)


def test_what_was_typed_stays(owner: TestClient) -> None:
    page = send(owner, SAVE, metric="nps", value="140").text
    assert (fields(page)["value"], wrong(page)) == ("140", ["value"])


def test_the_bounds_are_told_in_the_metrics_unit(owner: TestClient) -> None:
    assert "It can be from −100.0 to 100.0." in send(owner, SAVE, metric="nps", value="140").text


@pytest.mark.parametrize("path", [EDIT, PREVIEW])
def test_without_a_metric_the_list_of_them_is_shown(owner: TestClient, path: str) -> None:
    answer = owner.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_metric_that_is_none_is_not_found(owner: TestClient, method: str) -> None:
    refused = owner.get(EDIT, params={"metric": "mps"}) if method == "get" else send(owner, SAVE, metric="mps")
    assert (refused.status_code, "nps" in refused.text) == (404, True)
