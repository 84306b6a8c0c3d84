"""A company whose waits make effort, whose effort makes satisfaction, and whose unhappy customers leave."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette

from latido import sync
from latido.app import create_app
from latido.facts.refresh import refresh
from latido.sources.source import Options
from latido.workspace import open as open_workspace
from tests.cast import Cast, cast_of
from tests.company import made
from tests.delivered import CanonicalCsv, deliver
from tests.web.visitors import state_of

Row = dict[str, Any]
BEGIN, CUSTOMERS, TEAMS = datetime(2024, 1, 8, 9), 240, ("Ventas", "Soporte")


def rows() -> dict[str, list[Row]]:
    """A year: two tickets a customer in spring, a survey of the relationship in summer, who left by winter."""
    chance = random.Random(4)
    found: dict[str, list[Row]] = {"tickets": [], "answers": [], "subscriptions": []}
    for who in range(CUSTOMERS):
        mood = [_contact(chance, found, who, nth) for nth in range(2)]
        score = _within(7 + 1.2 * (sum(mood) / 2 - 3.5) + chance.gauss(0, 1), 0, 10)
        found["answers"].append(_answer(f"r{who}", "nps", score, who, "2024-06-01T10:00:00", subject="relationship"))
        left = chance.random() < 0.5 - 0.07 * (score - 5)
        found["subscriptions"].append({
            "subscription_id": f"s{who}", "customer_id": f"c{who}", "started": "2023-01-01T00:00:00",
            "ended": f"2024-0{chance.randrange(7, 10)}-15T00:00:00" if left else "",
        })  # fmt: skip
    found["subscriptions"].append({"subscription_id": "last", "customer_id": "new", "started": "2025-01-02T00:00:00"})
    return found


def _contact(chance: random.Random, found: dict[str, list[Row]], who: int, nth: int) -> float:
    """One ticket with what was answered about it; how content it left the customer."""
    ticket, wait = f"t{who}-{nth}", chance.expovariate(1 / 180)
    created = BEGIN + timedelta(days=chance.randrange(100), minutes=chance.randrange(400))
    solved = created + timedelta(minutes=wait * (1.5 + chance.random()) + 30)
    ease = _within(6.5 - wait / 90 + chance.gauss(0, 0.6), 1, 7)
    content = _within(1 + 0.6 * ease + chance.gauss(0, 0.5), 1, 5)
    found["tickets"].append({
        "ticket_id": ticket, "customer_id": f"c{who}", "created": created.isoformat(), "status": "solved",
        "first_replied": (created + timedelta(minutes=wait)).isoformat(), "solved": solved.isoformat(),
        "team": TEAMS[who % 2], "channel": ("email", "chat")[nth],
        "reassignments": int(chance.random() < 0.2), "reopens": int(chance.random() < 0.1),
    })  # fmt: skip
    when = (solved + timedelta(hours=3)).isoformat()
    about = {"subject": "ticket", "subject_id": ticket, "team": TEAMS[who % 2]}
    for kind, score in (("ces", ease), ("csat", content)):
        found["answers"].append(_answer(f"{kind}{ticket}", kind, score, who, when, **about))
    return content


def _answer(key: str, kind: str, score: float, who: int, when: str, **more: Any) -> Row:
    low, high = {"csat": (1, 5), "ces": (1, 7)}.get(kind, (0, 10))
    return {"answer_id": key, "kind": kind, "score": score, "scale_low": low, "scale_high": high, "answered": when,
            "customer_id": f"c{who}", "survey": kind, **more}  # fmt: skip


def _within(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))


@cache
def company() -> Path:
    """The company's workspace, made once and only read."""
    root = made(Path(mkdtemp(prefix="latido-chained-")))
    workspace = open_workspace(root)
    files = [deliver(root, f"{name}.csv", *own) for name, own in rows().items()]
    report = sync.run(workspace.lake, workspace.engine, CanonicalCsv(every=5000), files, Options(), after=refresh)
    assert not any(table.rejected for table in report.tables), report
    workspace.close()
    return root


def fresh() -> tuple[Starlette, Cast]:
    """An application over a copy of it that may be changed, and the people in it."""
    root = Path(mkdtemp(prefix="latido-chained-web-")) / "acme"
    copytree(company(), root)
    app = create_app(root)
    return app, cast_of(state_of(app))


@cache
def served() -> tuple[Starlette, Cast]:
    """The same, made once and only read."""
    return fresh()
