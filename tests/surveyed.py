"""A small company that keeps whom it asked: one customer in four had a slow ticket, and those answer less and lower."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import latido
from tests.company import made

BEGIN, PEOPLE = datetime(2025, 1, 10, 9), 600
WAVES = {"one": 1, "two": 4}  # months after the beginning
HEADS = {
    "tickets": "ticket_id,customer_id,created,solved,channel",
    "asks": "ask_id,survey,wave,kind,customer_id,subject,asked",
    "answers": "answer_id,ask_id,survey,wave,kind,customer_id,subject,score,answered",
}


@cache
def surveyed() -> Path:
    """The company's workspace, made once and only read."""
    root = made(Path(mkdtemp(prefix="latido-surveyed-")))
    workspace = latido.open(root)
    for table, rows in _lived().items():
        workspace.import_files(_written(root / f"{table}.csv", HEADS[table], rows), as_table=table, yes=True)
    workspace.close()
    return root


def _lived() -> dict[str, list[list[object]]]:
    chance = random.Random(3)
    found: dict[str, list[list[object]]] = {table: [] for table in HEADS}
    for i in range(PEOPLE):
        slow = i % 4 == 1
        solved = BEGIN + timedelta(hours=90 + i % 60 if slow else 2)
        found["tickets"].append([f"t{i}", f"c{i}", BEGIN, solved, "chat"])
        for wave, months in WAVES.items():
            sent = BEGIN + timedelta(days=30 * months)
            survey = ["nps_relationship", wave, "nps", f"c{i}", "relationship"]
            found["asks"].append([f"i{wave}{i}", *survey, sent])
            if chance.random() < (0.2 if slow else 0.7):
                score = chance.choice((2, 6, 8)) if slow else chance.choice((8, 9, 10))
                answer = [f"a{wave}{i}", f"i{wave}{i}", *survey, score, sent + timedelta(hours=3)]
                found["answers"].append(answer)
    return found


def _written(path: Path, head: str, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])
    return path
