"""A small shop with two teams: tickets with their events, customers, what these answered, and what employees did.

One ticket says not when it was created, and is a reject.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import latido
from latido import sync
from latido.facts.refresh import refresh
from latido.sources.source import Options
from tests.delivered import CanonicalCsv, deliver

SETTINGS = """
name = "Shop"
time_zone = "Europe/Madrid"

[calendars.support]
country = "ES"
blocks = { mon-fri = ["09:00-14:00", "16:00-19:00"] }

[targets]
nps = 20
first_reply_time = "2h"
"""
TEAMS = ("Ventas", "Soporte")
CHANNELS = ("email", "chat", "phone")
SCORES = (10, 9, 9, 8, 7, 10, 3, 6, 9, 10)
BEGAN = datetime(2025, 1, 2, 9)
N_TICKETS, N_CUSTOMERS, N_ANSWERS = 60, 20, 120


@cache
def shop() -> Path:
    """The shop's workspace, made once and only read."""
    root = Path(mkdtemp(prefix="latido-shop-"))
    (root / "latido.toml").write_text(SETTINGS, encoding="utf-8")
    workspace = latido.open(root)
    files = [deliver(root, f"{name}.csv", *rows) for name, rows in TABLES.items()]
    sync.run(workspace.lake, workspace.engine, CanonicalCsv(1000), files, Options(ZoneInfo("UTC")), after=refresh,
             who="Olga Owner")  # fmt: skip
    workspace.close()
    return root


def _ticket(i: int) -> dict[str, object]:
    created = BEGAN + timedelta(hours=30 * i)
    return {
        "ticket_id": f"t{i:02}",
        "created": created,
        "customer_id": f"c{i % N_CUSTOMERS:02}",
        "subject": "Facturación errónea" if i % 3 else "Where is my order?",
        "channel": CHANNELS[i % 3],
        "team": TEAMS[i % 2],
        "status": "solved" if i % 7 else "open",
        "solved": created + timedelta(hours=5 + i % 11) if i % 7 else "",
        "first_replied": created + timedelta(minutes=30 + i % 5 * 40),
        "updated": created + timedelta(days=1) if i % 2 else "",
        "x_site": "Madrid",
    }


def _event(i: int) -> dict[str, object]:
    return {
        "ticket_id": f"t{i // 5:02}",
        "event_id": f"e{i % 5}",
        "occurred": BEGAN + timedelta(hours=30 * (i // 5), minutes=10 * (i % 5)),
        "kind": "message",
        "author_role": ("customer", "agent")[i % 5 % 2],
        "public": "true",
        "text": f"Message {i % 5}",
    }


def _answer(i: int) -> dict[str, object]:
    return {
        "answer_id": f"a{i:03}",
        "survey": "Spring",
        "kind": "nps",
        "score": SCORES[i % 10],
        "customer_id": f"c{i % N_CUSTOMERS:02}",
        "channel": CHANNELS[i % 3],
        "team": TEAMS[i // 10 % 2],
        "answered": BEGAN + timedelta(hours=20 * i),
        "comment": "Muy amable" if i % 4 == 0 else "",
    }


def _of_an_employee(i: int) -> dict[str, object]:
    return {"answer_id": f"w{i:02}", "survey": "Climate", "kind": "enps", "score": i % 11, "team": TEAMS[i % 2],
            "subject": "employment", "answered": BEGAN + timedelta(days=i)}  # fmt: skip


TABLES: dict[str, list[dict[str, object]]] = {
    "customers": [
        {"customer_id": f"c{i:02}", "name": f"Núria Pérez {i}", "email": f"c{i:02}@example.com",
         "segment": ("gold", "basic")[i % 2]}
        for i in range(N_CUSTOMERS)
    ],
    "tickets": [*(_ticket(i) for i in range(N_TICKETS)), {**_ticket(N_TICKETS), "created": ""}],
    "ticket_events": [_event(i) for i in range(30)],
    "answers": [_answer(i) for i in range(N_ANSWERS)],
    "answers-of-employees": [_of_an_employee(i) for i in range(20)],
    "observations": [{"observation_id": "o1", "occurred": BEGAN, "kind": "mystery_visit", "score": 4}],
}  # fmt: skip
