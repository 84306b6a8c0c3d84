"""What is asked of everybody, how latido is asked it, and what answering it from facts must read.

The questions in words stand in words.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ZONE = "Europe/Madrid"
OFFICE = {"time_zone": ZONE, "blocks": {"mon-fri": ["09:00-14:00", "16:00-19:00"], "sat": ["10:00-14:00"]}}
OFFICE_HOURS = (*(((9, 14), (16, 19)),) * 5, ((10, 14),), ())
"""The same for the rivals, Monday first."""
CLOCK = 0.011
"""Relative tolerance of waiting times: latido groups them into 1 % buckets where there are over a million."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        name: Its name here.
        metric: latido's metric.
        facts: Facts that hold the answer.
        columns: Columns of them that the definition cannot do without: the scan floor reads these.
        asked: Further arguments of `Workspace.measure`.
        parts: Estimates that are compared with the rivals' values, in their order.
        tolerance: Relative difference up to which two answers are the same.
    """

    name: str
    metric: str
    facts: str
    columns: tuple[str, ...]
    asked: dict[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ("value",)
    tolerance: float = 1e-9


WHO = ("created", "merged", "spam", "status")
MONTHLY = {"period": "month"}
KM = ("median", "p90")

QUESTIONS = {
    q.name: q
    for q in (
        Question("nps", "nps", "answer_facts", ("kind", "score", "answered", "channel"), {"by": "channel", **MONTHLY}),
        Question("csat", "csat", "answer_facts", ("kind", "positive", "answered"), MONTHLY),
        Question("response_rate", "response_rate", "ask_facts", ("asked", "replied", "bounced"), MONTHLY),
        Question("first_reply_time", "first_reply_time", "ticket_facts", (*WHO, "first_reply"), MONTHLY, KM, CLOCK),
        Question(
            "first_reply_time_business",
            "first_reply_time",
            "ticket_facts",
            (*WHO, "first_reply"),
            {"calendar": "office", **MONTHLY},
            KM,
            CLOCK,
        ),
        Question("resolution_time", "resolution_time", "ticket_facts", (*WHO, "solved"), MONTHLY, KM, CLOCK),
        Question(
            "agent_touches", "agent_touches", "ticket_facts", (*WHO, "solved", "replies", "channel"), {"by": "channel"}
        ),
        Question("one_touch_rate", "one_touch_rate", "ticket_facts", (*WHO, "solved", "replies"), MONTHLY),
        Question(
            "first_contact_resolution",
            "first_contact_resolution",
            "ticket_facts",
            (*WHO, "solved", "reopens", "next_contact"),
            MONTHLY,
        ),
        Question("reopen_rate", "reopen_rate", "ticket_facts", (*WHO, "reopens"), MONTHLY),
        Question("transfer_rate", "transfer_rate", "ticket_facts", (*WHO, "transfers", "channel"), {"by": "channel"}),
        Question("ticket_volume", "ticket_volume", "ticket_facts", (*WHO, "channel"), {"by": "channel", **MONTHLY}),
        Question("backlog", "backlog", "cycle_facts", ("began", "ended", "merged", "spam", "status"), MONTHLY),
    )
}
