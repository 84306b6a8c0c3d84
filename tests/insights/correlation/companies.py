"""Small companies of which it is known what goes together in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import ibis

from latido.facts.catalog import Derived
from latido.insights.correlation import Correlations, correlation
from latido.metrics.settings import Settings
from latido.metrics.units import Units, grain, units, variable
from tests.metrics.tables import at, table

START = at("2024-01-01 08:00")
SETTINGS = Settings(data_end=at("2024-12-31"))
ASKED = ("first_reply_time", "transfer_rate", "reopen_rate", "ces", "csat.score", "nps.score")
run = ibis.get_backend().execute


def lived(seed: int, tickets: int, *, planted: bool) -> dict[str, Any]:
    """A desk where, if `planted`, waiting makes it harder, and what is hard satisfies less; not all answer."""
    chance = random.Random(seed)
    rows, answers = [], []
    for i in range(tickets):
        who, chat = f"c{chance.randrange(tickets // 3)}", chance.random() < 0.5
        wait = 2 ** chance.gauss(1.5, 1.5)
        created = START + timedelta(hours=chance.randrange(24 * 250))
        rows.append({"ticket_id": f"t{i}", "customer_id": who, "created": created, "team": ("north", "south")[i % 2],
                     "channel": "chat" if chat else "email", "first_replied": created + timedelta(hours=wait),
                     "solved": created + timedelta(hours=wait + 5), "status": "solved",
                     "reopens": int(chance.random() < 0.1), "reassignments": int(chance.random() < 0.2)})  # fmt: skip
        ease = 5.5 - (0.9 * chance.gauss(wait**0.5, 0.4) if planted else 0) + chance.gauss(0, 1)
        happy = 2.2 + (0.45 * (ease - 3) if planted else 0) + chance.gauss(0, 0.7)
        told = {
            "ces": (ease, 1, 7, 0.6),
            "csat": (happy, 1, 5, 0.6),
            "nps": (2 * happy + chance.gauss(0, 1), 0, 10, 0.3),
        }
        answers += [_answer(f"{kind}{i}", kind, rows[-1], value, (low, high))
                    for kind, (value, low, high, share) in told.items() if chance.random() < share]  # fmt: skip
    return {"tickets": table("tickets", rows), "answers": table("answers", answers)}


def _answer(name: str, kind: str, ticket: dict[str, Any], value: float, ends: tuple[int, int]) -> dict[str, Any]:
    low, high = ends
    return {"answer_id": name, "kind": kind, "score": float(min(max(round(value), low), high)), "scale_low": float(low),
            "scale_high": float(high), "answered": ticket["created"] + timedelta(days=2), "subject": "ticket",
            "subject_id": ticket["ticket_id"], "customer_id": ticket["customer_id"], "channel": ticket["channel"],
            "team": ticket["team"], "survey_kind": "transactional"}  # fmt: skip


@cache
def company(seed: int = 1, tickets: int = 1_200, *, planted: bool = True) -> Derived:
    """Its tables."""
    return Derived(lived(seed, tickets, planted=planted).get)


def found(tables: Any, at: str = "ticket", names: Sequence[str] = ASKED, **more: Any) -> Correlations:
    """What goes together in it."""
    level = grain(at)
    return correlation(tables, SETTINGS, run, level, [variable(name, level) for name in names], **more)


def beside(tables: Any, at: str = "ticket", names: Sequence[str] = ASKED, **more: Any) -> Units:
    """The columns that it is found from."""
    level = grain(at)
    return units(tables, SETTINGS, run, level, [variable(name, level) for name in names], **more)
