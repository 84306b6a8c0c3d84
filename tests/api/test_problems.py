"""Every error is a document of one shape, in the reader's language, and says what to do next."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from latido import errors
from latido.api.problems import KINDS, Kind, kind_of
from latido.api.proposals import UnsureOfError
from latido.http.status import status_of
from latido.i18n import _
from tests.api.conftest import Api

RAISED = [kind for kind in KINDS if kind.error]
SHARED = [kind for kind in RAISED if not issubclass(kind.error, errors.UnsureError)]


def made(kind: Kind) -> errors.LatidoError:
    """An error of a kind."""
    said = _("This is needed.")
    if kind.error is UnsureOfError:
        return UnsureOfError(errors.UnsureError(said), [])
    more = {errors.FieldError: ("where", said), errors.TooManyAttemptsError: (said, 9)}
    return kind.error(*more.get(kind.error, (said,)))  # type: ignore[misc]


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.name)
def test_an_error_is_of_its_kind(kind: Kind) -> None:
    assert kind_of(made(kind)) is kind


@pytest.mark.parametrize("kind", SHARED, ids=lambda kind: kind.name)
def test_a_problem_has_the_status_that_a_page_would_have(kind: Kind) -> None:
    assert kind.status == status_of(made(kind))


def test_an_address_that_is_none_is_a_problem(owner: TestClient) -> None:
    answer = owner.get("/metric")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "/api/docs#problem-not-found",
        "title": "There is nothing at this address",
        "status": 404,
        "detail": "There is nothing at /api/v1/metric.",
        "instance": "/api/v1/metric",
    }


@pytest.mark.parametrize("path", ["/metrics/", "/metrics/nps/", "/", "/tickets/a%0Ab"])
def test_an_address_that_is_almost_one_is_a_problem_too(owner: TestClient, path: str) -> None:
    answer = owner.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_method_that_is_none_is_told_the_others(owner: TestClient) -> None:
    answer = owner.delete("/metrics/nps/measure")
    assert (answer.status_code, answer.headers["allow"], answer.json()["type"]) == (
        405,
        "GET, HEAD, POST",
        "/api/docs#problem-method",
    )


def test_a_problem_is_in_the_readers_language(owner: TestClient) -> None:
    answer = owner.get("/metrics/npss", headers={"Accept-Language": "es-MX, en;q=0.5"})
    assert (answer.headers["content-language"], answer.json()["hint"]) == ("es", "¿Querías decir nps, enps, nps_gap?")


def test_what_was_wrong_with_each_field_is_told(owner: TestClient) -> None:
    problem = owner.get("/tickets?limit=5000&updated_since=soon&colour=red").json()
    assert {one["field"]: one["detail"] for one in problem["errors"]} == {
        "limit": "It is 1,000 at most.",
        "updated_since": "It is an instant, written as 2025-03-04T18:30:00Z.",
        "colour": "There is no field of this name here.",
    }


def test_a_defect_shows_nothing_of_itself(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(api.app, base_url="http://testserver/api/v1", raise_server_exceptions=False)
    monkeypatch.setattr(api.live, "now", lambda: 1 / 0)
    answer = client.get("/me", headers={"Authorization": f"Bearer {api.keys['owner']}", "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (500, "/api/docs#problem-defect")
    assert "ZeroDivision" not in answer.text


def test_settings_that_are_wrong_leave_the_last_good_ones(api: Api, owner: TestClient) -> None:
    file = api.live.root / "latido.toml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good + "\n[nonsense]\n", encoding="utf-8")
    status = owner.get("/metrics/nps/measure").status_code
    file.write_text(good, encoding="utf-8")
    assert status == 200
