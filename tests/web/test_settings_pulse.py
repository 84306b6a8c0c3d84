"""The home page's metrics are ticked and put in order."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.metrics.catalog import METRICS
from latido.web.pages.pulse import CHOSEN
from tests.web.settings_forms import send, settings, write

HOME = "/settings/pulse"


def ticked(page: str) -> list[str]:
    """The metrics that are ticked."""
    return re.findall(r'name="metric" value="(\w+)" checked', page)


def chosen(app: Starlette) -> list[str]:
    """The metrics that the file names."""
    found: list[str] = settings(app)["pulse"]["metrics"]
    return found


def test_the_usual_metrics_are_ticked_where_nothing_was_chosen(owner: TestClient) -> None:
    assert set(ticked(owner.get(HOME).text)) == set(CHOSEN)


def test_every_metric_can_be_chosen(owner: TestClient) -> None:
    assert set(re.findall(r'name="metric" value="(\w+)"', owner.get(HOME).text)) == set(METRICS)


def test_a_new_one_comes_last(app: Starlette, owner: TestClient) -> None:
    send(owner, HOME, metric=["csat", "nps", "ces"], order=["nps", "ces"], do="save")
    assert chosen(app) == ["nps", "ces", "csat"]


def test_one_moves_up(app: Starlette, owner: TestClient) -> None:
    send(owner, HOME, metric=["csat", "nps", "ces"], order=["nps", "ces", "csat"], do="up csat")
    assert chosen(app) == ["nps", "csat", "ces"]


def test_one_moves_down(app: Starlette, owner: TestClient) -> None:
    send(owner, HOME, metric=["nps", "ces"], order=["nps", "ces"], do="down nps")
    assert chosen(app) == ["ces", "nps"]


def test_the_last_stays_last(app: Starlette, owner: TestClient) -> None:
    write(app, '\n[pulse]\nmetrics = ["nps", "ces"]\n')
    done = send(owner, HOME, metric=["nps", "ces"], order=["nps", "ces"], do="down ces")
    assert ("Nothing was changed." in owner.get(done.headers["location"]).text, chosen(app)) == (True, ["nps", "ces"])


def test_nine_are_too_many_and_stay_ticked(app: Starlette, owner: TestClient) -> None:
    nine = list(METRICS)[:9]
    refused = send(owner, HOME, metric=nine, do="save")
    assert (refused.status_code, set(ticked(refused.text)), "pulse" in settings(app)) == (422, set(nine), False)
    assert "The home page has room for 8 metrics; you chose 9." in refused.text


def test_none_are_too_few(owner: TestClient) -> None:
    assert send(owner, HOME, do="save").status_code == 422


def test_a_metric_that_is_none_is_not_kept(app: Starlette, owner: TestClient) -> None:
    send(owner, HOME, metric=["nps", "mps"], do="save")
    assert chosen(app) == ["nps"]


def test_the_usual_ones_come_back(app: Starlette, owner: TestClient) -> None:
    write(app, '\n[pulse]\nmetrics = ["nps"]\n')
    send(owner, HOME, metric="nps", do="usual")
    assert "metrics" not in settings(app).get("pulse", {})
