"""The reference for people at `/api/docs`: one plain page, made from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from latido.api.groups import GROUPS
from latido.api.problems import KINDS, MEDIA_TYPE
from latido.i18n import LANGUAGES, Message, language, use
from latido.report.tokens import css

if TYPE_CHECKING:
    from starlette.requests import Request

    from latido.http.access import Asker

FOLDER = Path(__file__).parent / "templates"
FOREVER = "public, max-age=31536000, immutable"


class Piece(NamedTuple):
    """A part of a type: its text, and the shape that it names."""

    text: str
    shape: str = ""


@dataclass(frozen=True)
class Field:
    """A parameter or a field.

    Attributes:
        name: Its name.
        type: What stands in it.
        meaning: What it means.
        needed: Whether a request cannot do without it.
        place: `path` or `query`; empty for fields.
    """

    name: str
    type: tuple[Piece, ...]
    meaning: str
    needed: bool = False
    place: str = ""


@dataclass(frozen=True)
class Answer:
    """What may come back."""

    status: str
    meaning: str
    type: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """One operation.

    Attributes:
        id: Anchor.
        method: Its method.
        path: Its path.
        summary: What it does.
        meaning: What else there is to know.
        right: The right that it takes; empty for none.
        parameters: What stands in the address.
        body: What stands in the body, and as what.
        answers: What may come back.
        curl: An example.
    """

    id: str
    method: str
    path: str
    summary: str
    meaning: str
    right: str
    parameters: tuple[Field, ...]
    body: tuple[tuple[str, tuple[Field, ...]], ...]
    answers: tuple[Answer, ...]
    curl: str


Described = Callable[[str], Mapping[str, Any]]


def routes(described: Described) -> list[BaseRoute]:
    """The page and its style sheet.

    Args:
        described: The OpenAPI document in a language.
    """

    def page(request: Request) -> Response:
        asked = request.query_params.get("lang", "")
        with use(asked if asked in LANGUAGES else language()):
            html = _rendered(described(language()), request.state.asker)
            return HTMLResponse(html, headers={"Content-Language": language()})

    return [Route("/docs", page), Route("/docs.css", _style)]


def _style(_request: Request) -> Response:
    return Response(_sheet(), media_type="text/css; charset=utf-8", headers={"Cache-Control": FOREVER})


@cache
def _sheet() -> str:
    return css() + "\n" + (FOLDER / "reference.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(loader=PackageLoader("latido.api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)  # fmt: skip
    made.globals["_"] = lambda template, **values: str(Message(template, values))
    return made


def _rendered(document: Mapping[str, Any], asker: Asker) -> str:
    entries = {group: [e for tag, e in _entries(document) if tag == group.template] for group in GROUPS}
    return _environment().get_template("reference.html").render(
        language=language(),
        languages={"en": "English", "es": "Español"},
        theme=asker.person.theme if asker.person else "system",
        style=f"/api/docs.css?v={sha256(_sheet().encode()).hexdigest()[:12]}",
        about=document["info"]["description"],
        base=document["servers"][0]["url"],
        groups=[(f"group-{i}", str(group), found) for i, (group, found) in enumerate(entries.items())],
        kinds=KINDS,
        shapes=[(name, tuple(_fields(shape))) for name, shape in sorted(document["components"]["schemas"].items())],
    )  # fmt: skip


def _entries(document: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield told["tags"][0], _entry(path, method, told)


def _entry(path: str, method: str, told: Mapping[str, Any]) -> Entry:
    content = told.get("requestBody", {}).get("content", {})
    return Entry(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        meaning=told["description"],
        right=told.get("x-right", ""),
        parameters=tuple(_parameter(one) for one in told.get("parameters", ())),
        body=tuple((kind, tuple(_body(one["schema"]))) for kind, one in content.items()),
        answers=tuple(_answer(status, one) for status, one in sorted(told["responses"].items())),
        curl=told["x-codeSamples"][0]["source"],
    )


def _parameter(one: Mapping[str, Any]) -> Field:
    return Field(one["name"], tuple(typed(one["schema"])), one.get("description", ""), one.get("required", False),
                 one["in"])  # fmt: skip


def _body(schema: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of a form; or what the whole body is."""
    if "properties" in schema:
        yield from _fields(schema)
    else:
        yield Field("", tuple(typed(schema)), "", needed=True)


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    needed = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        yield Field(name, tuple(typed(inner)), inner.get("description", ""), name in needed)


def _answer(status: str, told: Mapping[str, Any]) -> Answer:
    content = told.get("content", {})
    pieces = [piece for kind, one in content.items() for piece in _as(kind, one["schema"])]
    return Answer(status, told["description"], tuple(pieces))


def _as(kind: str, schema: Mapping[str, Any]) -> Iterator[Piece]:
    """A shape by its name, any other media type by its own."""
    yield from typed(schema) if kind in {"application/json", MEDIA_TYPE} else [Piece(f" | {kind}")]


def typed(schema: Mapping[str, Any]) -> Iterator[Piece]:
    """What stands in a field: `string | null`, `Figure[]`, `"previous" | "last_year"`."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield Piece(name, name)
    elif "enum" in schema or "const" in schema:
        yield Piece(" | ".join(f'"{value}"' for value in schema.get("enum", [schema.get("const")])))
    elif "anyOf" in schema:
        yield from _joined([*typed(one)] for one in schema["anyOf"])
    elif schema.get("type") == "array":
        yield from _listed([*typed(schema.get("items", {}))])
    elif "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        yield from (Piece("{ … : "), *typed(schema["additionalProperties"]), Piece(" }"))
    else:
        yield Piece(schema.get("format") or schema.get("type", "any"))


def _joined(choices: Any) -> Iterator[Piece]:
    for i, pieces in enumerate(choices):
        yield from ([Piece(" | ")] if i else [])
        yield from pieces


def _listed(pieces: list[Piece]) -> Iterator[Piece]:
    several = len(pieces) > 1 or " | " in pieces[0].text
    yield from (Piece("("), *pieces, Piece(")[]")) if several else (*pieces, Piece("[]"))
