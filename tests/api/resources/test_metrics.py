"""The catalogue says what can be measured, in the reader's language."""

from __future__ import annotations

from starlette.testclient import TestClient

from latido.i18n import use
from latido.metrics.catalog import METRICS


def test_the_catalogue_has_every_metric(owner: TestClient) -> None:
    assert [one["name"] for one in owner.get("/metrics").json()["items"]] == list(METRICS)


def test_a_metric_of_the_catalogue_is_the_metric(owner: TestClient) -> None:
    found = {one["name"]: one for one in owner.get("/metrics").json()["items"]}
    assert owner.get("/metrics/first_reply_time").json() == found["first_reply_time"]


def test_a_metric_is_told_in_the_readers_language(owner: TestClient) -> None:
    told = owner.get("/metrics/nps", headers={"Accept-Language": "es"}).json()
    with use("es"):
        assert (told["label"], told["formula"]) == (str(METRICS["nps"].label), str(METRICS["nps"].formula))


def test_columns_of_ones_own_are_dimensions(owner: TestClient) -> None:
    assert {"site", "team", "hour"} <= set(owner.get("/metrics/ticket_volume").json()["dimensions"])


def test_presets_and_traps_and_reasons_are_told(owner: TestClient) -> None:
    told = owner.get("/metrics/one_touch_rate").json()
    assert (
        "zendesk" in {preset["name"] for preset in told["presets"]},
        bool(told["traps"]),
        bool(told["left_out"]),
    ) == (
        True,
        True,
        True,
    )


def test_bounds_are_told_where_there_are_any(owner: TestClient) -> None:
    nps, time = owner.get("/metrics/nps").json(), owner.get("/metrics/first_reply_time").json()
    assert ((nps["lowest"], nps["highest"]), time["highest"]) == ((-100, 100), None)


def test_a_target_stands_in_the_metrics_unit(owner: TestClient) -> None:
    assert owner.get("/metrics/first_reply_time").json()["target"]["value"] == 7200


def test_where_the_data_end_is_told(owner: TestClient) -> None:
    assert owner.get("/metrics/nps").json()["data_end"] == "2025-04-11T13:00:00Z"


def test_an_unknown_metric_is_none(owner: TestClient) -> None:
    assert owner.get("/metrics/npss").status_code == 404


def test_the_catalogue_is_not_sent_twice(owner: TestClient) -> None:
    tag = owner.get("/metrics").headers["etag"]
    assert owner.get("/metrics", headers={"If-None-Match": tag}).status_code == 304


def test_the_catalogue_in_another_language_is_another(owner: TestClient) -> None:
    tag = owner.get("/metrics").headers["etag"]
    assert owner.get("/metrics", headers={"If-None-Match": tag, "Accept-Language": "es"}).status_code == 200
