"""Bodies recorded from a real Zendesk account, against counts taken from the JSON itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from validate.check import Check
from validate.company import Company

FILES = ("tickets", "incremental_tickets_cursor", "incremental_users_cursor", "ticket_audits", "groups")


def recorded(data: Path, folder: Path) -> Iterator[Check]:
    """Tickets from a list and from the incremental export, audits, users and groups."""
    paths = [data / "api" / "zendesk_recorded" / f"{name}.json" for name in FILES]
    company = Company(folder / "zendesk")
    read = company.load(paths, "--source", "zendesk")
    tickets = {t["id"]: t for name in FILES[:2] for t in records(data, name, "tickets")}
    states = Counter(t["status"] for t in tickets.values())
    yield Check("tickets", read["tickets"]["new"], len(tickets), published=False)
    deleted = states.pop("deleted", 0)
    yield Check("tickets that are not deleted", company.value("ticket_volume"), len(tickets) - deleted, published=False)
    ours = company.by("status", "ticket_volume")
    for name, count in states.items():
        yield Check(f"tickets {name}", ours.get(name, 0), count, published=False)
    said = [e for audit in records(data, "ticket_audits", "audits") for e in audit["events"] if e["type"] == "Comment"]
    events = pd.read_csv(StringIO(company.run("export", "ticket_events")))
    for kind, public in (("message", True), ("note", False)):
        theirs = sum(comment["public"] is public for comment in said)
        yield Check(f"comments, {kind}s", sum(events["kind"] == kind), theirs, published=False)


def records(data: Path, name: str, key: str) -> list[dict[str, Any]]:
    """The records of a recorded body."""
    body = json.loads((data / "api" / "zendesk_recorded" / f"{name}.json").read_text(encoding="utf-8"))
    return list(body[key])
