"""What pydantic finds wrong with a field, in the words and the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from latido.i18n import Message, _


class Found(NamedTuple):
    """One field that is wrong, and the rule that it breaks."""

    field: str
    detail: Message


_RULES: dict[str, Message] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no field of this name here."),
    "json_invalid": _("This is not JSON."),
    "literal_error": _("It can be {expected}."),
    "enum": _("It can be {expected}."),
    "greater_than_equal": _("It is {ge} at least."),
    "less_than_equal": _("It is {le} at most."),
    "string_too_long": _("Its length is {max_length} at most."),
    "string_too_short": _("Its length is {min_length} at least."),
    "string_pattern_mismatch": _("It holds a character that stands in no text."),
    "too_long": _("Their number is {max_length} at most."),
    "too_short": _("Their number is {min_length} at least."),
}
# By the beginning of their names: `int_parsing`, `int_type`, `int_from_float`, …
_TYPES: dict[str, Message] = {
    "int": _("It is a whole number."),
    "float": _("It is a number."),
    "finite": _("It is a number."),
    "bool": _("It is true or false."),
    "datetime": _("It is an instant, written as 2025-03-04T18:30:00Z."),
    "timezone": _("It is an instant, written as 2025-03-04T18:30:00Z."),
    "date": _("It is a day, written as 2025-03-04."),
    "string": _("It is a text."),
    "list": _("It is a list."),
    "dict": _("It is an object with named values."),
    "model": _("It is an object with named values."),
}
_OTHER = _("It cannot be as it was given.")


def complaint(error: Mapping[str, Any]) -> Found:
    """What is wrong, from an error as pydantic describes it."""
    kind = str(error["type"])
    rule = _RULES.get(kind) or _TYPES.get(kind.partition("_")[0]) or _OTHER
    limits = {name: _listed(value) for name, value in error.get("ctx", {}).items()}
    return Found(_field(error["loc"]), Message(rule.template, limits) if "{" in rule.template else rule)


def _field(place: tuple[str | int, ...]) -> str:
    """`("body", "where", 0)` is `where.0`; the whole body is `body`."""
    inner = place[1:] if place[0] in {"body", "query", "path", "header"} else place
    return ".".join(map(str, inner)) or str(place[0])


def _listed(value: Any) -> Any:
    return value.replace(" or ", ", ").replace("'", "") if isinstance(value, str) else value
