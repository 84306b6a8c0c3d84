"""The OpenAPI document, in every language."""

from __future__ import annotations

from importlib.metadata import version
from shlex import join
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from latido.api.groups import GROUPS
from latido.api.operation import Operation
from latido.api.problems import MEDIA_TYPE, Problem
from latido.i18n import Message, _, translate, use

if TYPE_CHECKING:
    from fastapi import FastAPI

BASE = "/api/v1"
REF = "#/components/schemas/{model}"
AUTH = '-H "Authorization: Bearer $LATIDO_TOKEN"'
# Every address can answer these; each says which others.
ALWAYS = (401, 503)
STATUSES: dict[int, Message] = {
    304: _("The client has this answer already"),
    400: _("The request contradicts itself"),
    401: _("Nobody is known by this request"),
    403: _("Whoever asks may not do this"),
    404: _("Nothing has this name"),
    409: _("There is only a guess how to read this"),
    413: _("The body is too large"),
    422: _("A field is not as it must be"),
    503: _("The data or the engine cannot be reached now; trying again can help"),
}
_SHOWN = ("summary", "description")
_ABOUT = _(
    "What the library does, for programs that speak HTTP. A request is known by a token "
    "(“Authorization: Bearer lat_…”), which people make under Settings, or by the session of a browser. Texts are in "
    "the language that Accept-Language asks for, en or es. Problems are documents after RFC 9457."
)


def responses(operation: Operation) -> dict[int | str, dict[str, Any]]:
    """What else an operation answers."""
    limited, asks = [403] if operation.right else [], [422] if _asks(operation) else []
    told = {*ALWAYS, *operation.errors, *limited, *asks}
    found: dict[int | str, dict[str, Any]] = {status: _problem(status) for status in sorted(told)}
    if operation.tagged:
        found[304] = {"description": STATUSES[304].template}
    if operation.csv:
        found[200] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
    if operation.status == 201:
        found[200] = {"model": operation.answer, "description": _("Nothing has changed").template}
    return found


def extra(operation: Operation) -> dict[str, Any]:
    """What the framework does not know of an operation: how to be known, the right that it takes, an example."""
    known: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    sample = {"lang": "Shell", "source": curl(operation)}
    right = {"x-right": operation.right} if operation.right else {}
    return {"security": known, **right, "x-codeSamples": [sample], **(operation.extra or {})}


def curl(operation: Operation) -> str:
    """An example as a command."""
    words = f" {join(operation.curl)}" if operation.curl else ""
    return f'curl {AUTH}{words} "$LATIDO_URL{BASE}{operation.example}"'


def document(app: FastAPI, code: str) -> dict[str, Any]:
    """The whole document in a language."""
    plain = get_openapi(
        title="latido", version=version("latido"), description=_ABOUT.template, routes=app.routes,
        servers=[{"url": BASE}], tags=[{"name": group.template} for group in GROUPS],
    )  # fmt: skip
    schemas = plain["components"]["schemas"]
    for name, shape in {**Problem.model_json_schema(ref_template=REF).pop("$defs"), "Problem": _bare(Problem)}.items():
        schemas.setdefault(name, shape)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    plain["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": _("A token that somebody made").template},
        "session": {"type": "apiKey", "in": "cookie", "name": "latido",
                    "description": _("The session of a browser; writes must come from our own pages").template},
    }  # fmt: skip
    with use(code):
        told: dict[str, Any] = _told(plain, ())
    return told


def _bare(model: type[Problem]) -> dict[str, Any]:
    found = model.model_json_schema(ref_template=REF)
    found.pop("$defs", None)
    return found


def _asks(operation: Operation) -> bool:
    """Whether the request says anything that could be wrong."""
    return operation.method == "POST" or len(operation.endpoint.__annotations__) > 2


def _problem(status: int) -> dict[str, Any]:
    shape = {"$ref": REF.format(model="Problem")}
    return {"description": STATUSES[status].template, "content": {MEDIA_TYPE: {"schema": shape}}}


def _told(value: Any, place: tuple[str, ...]) -> Any:
    """The document in the language in force; without what generators make up from names and docstrings."""
    if isinstance(value, list):
        return [_told(one, place) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: inner for key, inner in value.items() if not _made_up(key, inner, place)}
    return {key: translate(inner) if key in _SHOWN and isinstance(inner, str) else _told(inner, (*place, key))
            for key, inner in kept.items()}  # fmt: skip


def _made_up(key: str, inner: Any, place: tuple[str, ...]) -> bool:
    shape = place[:2] == ("components", "schemas")
    if key == "title":
        return isinstance(inner, str) and place != ("info",)
    return shape and key == "description" and len(place) == 3
