"""What the chain is made of is declared in a form, level by level."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.settings_forms import send, settings, write

HOME = "/settings/chain"
OWN = '\n[chain.touchpoint]\nEspera = ["first_reply_time"]\n\n[chain.journey]\nTrato = ["csat.score"]\n'


def wrong(page: str) -> list[str]:
    """The rows that a page calls wrong."""
    return re.findall(r'<span class="error" id="([\w.]+)-error">', page)


def filled(page: str, field: str) -> list[str]:
    """What stands in the fields of this name."""
    return [value for value in re.findall(rf'name="{field}" value="([^"]*)"', page) if value]


def test_the_usual_chain_stands_there_where_none_is_declared(owner: TestClient) -> None:
    page = owner.get(HOME).text
    assert filled(page, "touchpoint.name") == ["Waiting", "Being passed on"]
    assert filled(page, "journey.metrics") == ["ces", "csat.score", "nps.score"]
    assert "Satisfaction &gt; Recommendation of the company" in page


def test_a_chain_of_ones_own_stands_there_instead(app: Starlette, owner: TestClient) -> None:
    write(app, OWN)
    assert filled(owner.get(HOME).text, "journey.name") == ["Trato"]


def typed(**more: object) -> dict[str, object]:
    """A small chain, as it is typed."""
    return {
        "touchpoint.name": ["Espera", ""], "touchpoint.metrics": ["first_reply_time, resolution_time", ""],
        "journey.name": "Trato", "journey.metrics": "csat.score", "paths": "", "do": "save", **more,
    }  # fmt: skip


def test_what_is_typed_is_declared(app: Starlette, owner: TestClient) -> None:
    saved = send(owner, HOME, **typed(paths="Espera > Trato\n"))
    assert (saved.status_code, settings(app)["chain"]) == (303, {
        "paths": ["Espera > Trato"], "touchpoint": {"Espera": ["first_reply_time", "resolution_time"]},
        "journey": {"Trato": ["csat.score"]},
    })  # fmt: skip


def test_the_order_that_is_typed_is_kept(app: Starlette, owner: TestClient) -> None:
    write(app, OWN)
    names, metrics = ["Cola", "Espera"], ["resolution_time", "first_reply_time"]
    send(owner, HOME, **typed(**{"touchpoint.name": names, "touchpoint.metrics": metrics}))
    assert list(settings(app)["chain"]["touchpoint"]) == names


def test_the_rest_of_the_file_stays(app: Starlette, owner: TestClient) -> None:
    before = settings(app)
    send(owner, HOME, **typed())
    assert {name: value for name, value in settings(app).items() if name != "chain"} == before


def test_an_unknown_metric_is_refused_beside_its_row(app: Starlette, owner: TestClient) -> None:
    refused = send(owner, HOME, **typed(**{"journey.metrics": "csat.scor"}))
    assert (refused.status_code, wrong(refused.text), "chain" in settings(app)) == (422, ["journey.0"], False)
    assert "Trato" in filled(refused.text, "journey.name")


def test_who_leaves_stands_at_the_end_only(owner: TestClient) -> None:
    refused = send(owner, HOME, **typed(**{"journey.metrics": "churn_rate"}))
    assert "stands at the level “outcome”" in refused.text


def test_a_row_needs_a_name_and_a_metric(owner: TestClient) -> None:
    refused = send(owner, HOME, **typed(**{"touchpoint.name": ["", "Cola"], "touchpoint.metrics": ["ces", ""]}))
    assert wrong(refused.text) == ["touchpoint.0", "touchpoint.1"]


def test_a_name_stands_once(owner: TestClient) -> None:
    twice = {"touchpoint.name": ["Cola", "Cola"], "touchpoint.metrics": ["ces", "csat"]}
    assert "stands here twice" in send(owner, HOME, **typed(**twice)).text


def test_a_path_that_leads_nowhere_is_refused(app: Starlette, owner: TestClient) -> None:
    refused = send(owner, HOME, **typed(paths="Trato > Espera"))
    assert (refused.status_code, "runs backwards" in refused.text, "chain" in settings(app)) == (422, True, False)


def test_nothing_is_no_chain(owner: TestClient) -> None:
    assert send(owner, HOME, do="save", paths="").status_code == 422


def test_the_usual_chain_comes_back(app: Starlette, owner: TestClient) -> None:
    write(app, OWN)
    send(owner, HOME, do="usual")
    assert "chain" not in settings(app)


def test_the_change_can_be_undone(app: Starlette, owner: TestClient) -> None:
    saved = send(owner, HOME, **typed())
    assert 'action="/settings/undo"' in owner.get(saved.headers["location"]).text


def test_a_viewer_looks_and_cannot_change(viewer: TestClient) -> None:
    assert ("disabled" in viewer.get(HOME).text, viewer.post(HOME, data={"seen": "x"}).status_code) == (True, 403)


def test_the_settings_say_how_many_links_there_are(app: Starlette, owner: TestClient) -> None:
    write(app, OWN)
    assert "2 links" in owner.get("/settings").text


def test_every_metric_that_can_stand_there_is_offered(owner: TestClient) -> None:
    offers = re.findall(r"<code>([\w.]+)</code>", owner.get(HOME).text)
    assert {"first_reply_time", "first_reply_time.hours", "csat.score", "transfer_rate.times", "churn_rate"} <= set(
        offers
    )
    assert not {"enps", "response_rate"} & set(offers)
