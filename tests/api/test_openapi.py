"""The API describes itself: every operation, every field, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from latido.api.operation import Operation
from latido.api.resources import OPERATIONS

LANGUAGES = pytest.mark.parametrize("code", ["en", "es"])


def document(client: TestClient, code: str = "en") -> dict[str, Any]:
    """The document in a language."""
    found: dict[str, Any] = client.get("/openapi.json", headers={"Accept-Language": code}).json()
    return found


def described(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every parameter and every field of the document."""
    if isinstance(value, dict):
        yield from ((f"{place}.{name}", field) for name, field in value.get("properties", {}).items())
        yield from ((f"{place}.{one['name']}", one) for one in value.get("parameters", ()))
        for name, inner in value.items():
            yield from described(inner, f"{place}.{name}")


def texts(value: Any) -> Iterator[str]:
    """Every text that is meant for people."""
    if isinstance(value, dict):
        yield from (value[name] for name in ("summary", "description") if isinstance(value.get(name), str))
        yield from (text for inner in value.values() for text in texts(inner))
    if isinstance(value, list):
        yield from (text for inner in value for text in texts(inner))


def test_every_operation_is_in_it(owner: TestClient) -> None:
    paths = document(owner)["paths"]
    assert {(m.upper(), p) for p, methods in paths.items() for m in methods} == {
        (o.method, o.path.replace(":path", "")) for o in OPERATIONS
    }


def test_every_field_says_what_it_means(owner: TestClient) -> None:
    assert not [place for place, field in described(document(owner)) if not field.get("description")]


def test_nothing_is_left_untranslated(owner: TestClient) -> None:
    english, spanish = (list(texts(document(owner, code))) for code in ("en", "es"))
    same = {"OK", "Tickets"}
    assert {a for a, b in zip(english, spanish, strict=True) if a == b} <= same


def test_nothing_is_said_by_accident(owner: TestClient) -> None:
    schemas = document(owner)["components"]["schemas"]
    assert not [name for name, shape in schemas.items() if "title" in shape or "description" in shape]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_an_operation_says_what_it_takes(owner: TestClient, operation: Operation) -> None:
    told = document(owner)["paths"][operation.path.replace(":path", "")][operation.method.lower()]
    assert (told.get("x-right"), told["security"]) == (operation.right, [{"token": []}, {"session": []}])
    assert {"200", "201"} & set(told["responses"])
    assert told["responses"]["401"]["content"].keys() == {"application/problem+json"}


def test_every_shape_that_is_named_is_there(owner: TestClient) -> None:
    found = document(owner)
    named = {ref.rpartition("/")[2] for ref in references(found)}
    assert named <= set(found["components"]["schemas"])


def references(value: Any) -> Iterator[str]:
    """Every reference of the document."""
    if isinstance(value, dict):
        yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
        yield from (ref for inner in value.values() for ref in references(inner))
    if isinstance(value, list):
        yield from (ref for inner in value for ref in references(inner))
