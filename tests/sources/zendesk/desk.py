"""A help desk in the shape of Zendesk's answers, made up for the tests."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from latido.sources.source import Delivery, Options, Reject
from latido.sources.zendesk import Zendesk

ANA, LUIS, MARTA, IVAN, BOT = 501, 11, 12, 13, 90
PEOPLE = [
    {"id": ANA, "name": "Ana", "email": "ANA@example.com", "role": "end-user", "created_at": "2024-01-01T00:00:00Z"},
    {"id": LUIS, "name": "Luis", "email": "luis@lumbre.example", "role": "agent", "created_at": "2023-01-01T00:00:00Z"},
    {"id": MARTA, "name": "Marta", "role": "admin", "created_at": "2023-01-01T00:00:00Z", "default_group_id": 7},
    {"id": BOT, "name": "Answer Bot", "role": "agent", "created_at": "2023-01-01T00:00:00Z"},
]
GROUPS = [{"id": 7, "name": "Averías", "deleted": False}, {"id": 8, "name": "Facturas", "deleted": False}]


@dataclass(frozen=True)
class Imported:
    """What an import gave."""

    tables: dict[str, list[dict[str, Any]]]
    rejects: list[Reject]

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    @property
    def events(self) -> list[dict[str, Any]]:
        """Events as they happened."""
        return sorted(self["ticket_events"], key=lambda e: (e["occurred"], e["ticket_id"], e["event_id"]))

    def what(self, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of the events, in order."""
        return [tuple(event[c] for c in columns) for event in self.events]


def importer(folder: Path) -> Callable[..., Imported]:
    """Writes each array into a file of its own and reads them all in one import."""

    def read(*, roles: dict[str, str] | None = None, **arrays: list[dict[str, Any]]) -> Imported:
        return read_texts(folder, {f"{n}.json": json.dumps({n: rows}) for n, rows in arrays.items()}, roles=roles)

    return read


def read_texts(folder: Path, texts: dict[str, str], roles: dict[str, str] | None = None) -> Imported:
    """Imports files with these contents."""
    tables, rejects = defaultdict(list), []
    for chunk in Zendesk().read([written(folder, *item) for item in texts.items()], Options(roles=roles or {})):
        tables[chunk.table] += chunk.rows.to_pylist()
        rejects += chunk.rejects
    return Imported(dict(tables), rejects)


def written(folder: Path, name: str, text: str) -> Delivery:
    """A delivered file with this content."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Delivery(path, name, name)


def ticket(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A ticket by e-mail from Ana."""
    return {
        "id": number,
        "url": f"https://lumbre.zendesk.com/api/v2/tickets/{number}.json",
        "created_at": "2024-03-01T09:00:00Z",
        "updated_at": "2024-03-02T09:00:00Z",
        "subject": "No llega la factura",
        "status": "solved",
        "priority": "high",
        "requester_id": ANA,
        "submitter_id": ANA,
        "assignee_id": LUIS,
        "group_id": 7,
        "tags": [],
        "custom_fields": [],
        "satisfaction_rating": None,
        "via": {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}},
        **changes,
    }


def audit(
    number: int, at: str, author: int, *events: dict[str, Any], ticket_id: int = 1, via: str = "email", **source: Any
) -> dict[str, Any]:
    """One update of a ticket on the first of March 2024, at an hour and minute."""
    return {
        "id": number,
        "ticket_id": ticket_id,
        "created_at": f"2024-03-01T{at}:00Z",
        "author_id": author,
        "via": {"channel": via, "source": {"from": {}, "to": {}, "rel": None, **source}},
        "events": list(events),
    }


def message(author: int, body: str = "…", *, public: bool = True, **more: Any) -> dict[str, Any]:
    """A comment inside an audit."""
    return {"type": "Comment", "author_id": author, "body": body, "public": public, **more}


def create(field: str, value: Any) -> dict[str, Any]:
    """A field set while a ticket is created."""
    return {"type": "Create", "field_name": field, "value": value}


def change(field: str, value: Any, before: Any = None, **more: Any) -> dict[str, Any]:
    """A field changed."""
    return {"type": "Change", "field_name": field, "value": value, "previous_value": before, **more}


def opening(number: int = 100, *more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The audit by which Ana opens a ticket at nine."""
    return audit(
        number,
        "09:00",
        ANA,
        message(ANA, "Hola"),
        create("requester_id", str(ANA)),
        create("status", "new"),
        *more,
        **changes,
    )
