"""An answer is in the language that the request asks for, else the asker's, else the workspace's."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.api.conftest import Api


def spoken(client: TestClient, **headers: str) -> str:
    """The language of an answer."""
    return client.get("/me", headers=headers).headers["content-language"]


def test_the_request_is_heard_first(api: Api) -> None:
    person = api.cast["viewer"]
    api.state.people.describe(person.id, name=person.name, language="es", theme="system")
    assert spoken(api.by("viewer"), **{"Accept-Language": "en"}) == "en"


def test_then_the_asker(api: Api) -> None:
    person = api.cast["viewer"]
    api.state.people.describe(person.id, name=person.name, language="es", theme="system")
    assert spoken(api.by("viewer"), **{"Accept-Language": "fr, *;q=0.1"}) == "es"


def test_then_the_workspace(api: Api) -> None:
    assert spoken(api.by("outsider")) == "en"


def test_what_is_liked_better_is_spoken(api: Api) -> None:
    assert spoken(api.by("owner"), **{"Accept-Language": "en;q=0.3, es-AR;q=0.8, en;q=nonsense"}) == "es"


def test_what_is_not_acceptable_is_not_spoken(api: Api) -> None:
    assert spoken(api.by("owner"), **{"Accept-Language": "es;q=0"}) == "en"
