"""Messages as JSON and back, so that what is stored today reads in either language tomorrow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from latido.i18n import Message

_NESTED = "message"


def packed(message: Message) -> str:
    """A message's values, plural and count; its template is kept beside."""
    return json.dumps(_record(message), ensure_ascii=False, default=str)


def unpacked(template: str, text: str) -> Message:
    """The message again."""
    return _message({**json.loads(text), "template": template})


def _record(message: Message) -> dict[str, Any]:
    record: dict[str, Any] = {"values": {k: _value(v) for k, v in message.values.items()}}
    return record | ({"plural": message.plural, "count": message.count} if message.plural else {})


def _value(value: Any) -> Any:
    return {_NESTED: {"template": value.template, **_record(value)}} if isinstance(value, Message) else value


def _message(record: Mapping[str, Any]) -> Message:
    values = {k: _message(v[_NESTED]) if isinstance(v, dict) else v for k, v in record["values"].items()}
    return Message(record["template"], values, record.get("plural"), record.get("count", 1))
