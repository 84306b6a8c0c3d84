"""A small company that is watched: sixty weeks of tickets, with a week in which the north had an outage."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import latido

WEEKS, OUTAGE = 60, 50
BEGIN = datetime(2025, 1, 6, 9)
SETTINGS = """
name = "Acme"
time_zone = "UTC"

[watches."North waits"]
metric = "first_reply_time"
where = ["team=north"]
direction = "worse"
since = 2025-11-03

[watches.Volume]
metric = "ticket_volume"
where = ["team=south"]
since = 2025-11-03
"""


@cache
def _company() -> Path:
    root = Path(mkdtemp(prefix="latido-watched-"))
    (root / "latido.toml").write_text(SETTINGS, encoding="utf-8")
    workspace = latido.open(root)
    workspace.import_files(_tickets(root / "tickets.csv"), as_table="tickets", yes=True)
    workspace.close()
    return root


def watched_company(folder: Path, more: str = "") -> Path:
    """The company's workspace, for a test of its own; `more` are further settings."""
    root = folder / "acme"
    copytree(_company(), root)
    if more:
        (root / "latido.toml").write_text(SETTINGS + more, encoding="utf-8")
    return root


def _tickets(path: Path) -> Path:
    chance = random.Random(3)
    cells = [(week, team) for week in range(WEEKS) for team in ("north", "south")]
    rows = [_ticket(chance, week, team, i) for week, team in cells for i in range(_many(chance, week, team))]
    with path.open("w", encoding="utf-8", newline="") as file:
        head = ["Ticket ID", "Created at", "Channel", "Group", "First response at", "Resolved at"]
        csv.writer(file).writerows([head, *rows])
    return path


def _many(chance: random.Random, week: int, team: str) -> int:
    return chance.randrange(14, 21) * (3 if week == OUTAGE and team == "north" else 1)


def _ticket(chance: random.Random, week: int, team: str, number: int) -> list[object]:
    created = BEGIN + timedelta(weeks=week, days=chance.randrange(7), minutes=chance.randrange(600))
    slow = 4 if week == OUTAGE and team == "north" else 1
    replied = created + timedelta(minutes=round(slow * chance.lognormvariate(3.5, 0.8)) + 1)
    return [f"{week}-{team}-{number}", created, "email", team, replied, replied + timedelta(hours=3)]
