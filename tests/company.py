"""A small company whose exports are imported as anybody's: tickets, and what customers answered."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import latido

SETTINGS = """
name = "Acme"
time_zone = "Europe/Madrid"

[calendars.support]
country = "ES"
blocks = { mon-fri = ["09:00-14:00", "16:00-19:00"] }
closed = [2025-12-24]

[targets]
nps = 20
first_reply_time = "2h"
"""

SCORES = (10, 9, 9, 8, 7, 10, 3, 6, 9, 10)
CHANNELS = ("email", "chat")


@cache
def company() -> Path:
    """The company's workspace, made once and only read."""
    root = made(Path(mkdtemp(prefix="latido-test-")))
    files = [write_answers(root / "answers.csv"), write_tickets(root / "tickets.csv")]
    workspace = latido.open(root)
    workspace.import_files(files)
    workspace.close()
    return root


def made(root: Path) -> Path:
    """A workspace with the company's settings and nothing in it."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "latido.toml").write_text(SETTINGS, encoding="utf-8")
    return root


def write_answers(path: Path, count: int = 200) -> Path:
    """Answers from January to April 2025: six promoters, two passives, two detractors in ten."""
    begin = datetime(2025, 1, 2, 10)
    rows = [
        [f"r{i}", (begin + timedelta(hours=14 * i)).isoformat(" "), SCORES[i % 10], CHANNELS[i // 3 % 2], f"c{i}"]
        for i in range(count)
    ]
    return _written(path, ["Response ID", "Date", "How likely are you to recommend us?", "Channel", "Customer"], rows)


def write_tickets(path: Path, count: int = 100) -> Path:
    """Tickets from January to April 2025; one in nine is still open."""
    begin = datetime(2025, 1, 2, 9)
    rows = [_ticket(i, begin + timedelta(hours=28 * i)) for i in range(count)]
    return _written(path, ["Ticket ID", "Created at", "Channel", "First response at", "Resolved at", "Category"], rows)


def _ticket(i: int, created: datetime) -> list[object]:
    replied = created + timedelta(minutes=30 + i % 7 * 20)
    solved = created + timedelta(hours=5 + i % 11 * 6) if i % 9 else ""
    return [f"t{i}", created, CHANNELS[i % 2], replied, solved, ("Billing", "Meter")[i % 2]]


def _written(path: Path, head: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path
