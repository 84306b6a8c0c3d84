"""What is asked of everybody: the question, how latido is asked it, and what answering it from facts must read."""

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
        means: What everybody computed, in words.
        facts: Facts that hold the answer.
        columns: Columns of them that the definition cannot do without: the scan floor reads these.
        asked: Further arguments of `Workspace.measure`.
        parts: Estimates that are compared with the rivals' values, in their order.
        tolerance: Relative difference up to which two answers are the same.
    """

    name: str
    metric: str
    means: str
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
        Question(
            "nps", "nps", "net promoter score by channel of the ticket and month of the answer",
            "answer_facts", ("kind", "score", "answered", "channel"), {"by": "channel", **MONTHLY},
        ),
        Question(
            "csat", "csat", "share of 4 and 5 on a scale of 5, by month of the answer",
            "answer_facts", ("kind", "positive", "answered"), MONTHLY,
        ),
        Question(
            "response_rate", "response_rate", "answered of those asked whose invitation arrived, by month of asking",
            "ask_facts", ("asked", "replied", "bounced"), MONTHLY,
        ),
        Question(
            "first_reply_time", "first_reply_time",
            "Kaplan–Meier median and p90 from creation to the first public human reply, by month of creation",
            "ticket_facts", (*WHO, "first_reply"), MONTHLY, KM, CLOCK,
        ),
        Question(
            "first_reply_time_business", "first_reply_time",
            "the same in business hours (several blocks a day, Europe/Madrid)",
            "ticket_facts", (*WHO, "first_reply"), {"calendar": "office", **MONTHLY}, KM, CLOCK,
        ),
        Question(
            "resolution_time", "resolution_time",
            "Kaplan–Meier median and p90 from creation to the last solve, by month of creation",
            "ticket_facts", (*WHO, "solved"), MONTHLY, KM, CLOCK,
        ),
        Question(
            "agent_touches", "agent_touches", "public agent messages per resolved ticket, by channel",
            "ticket_facts", (*WHO, "solved", "replies", "channel"), {"by": "channel"},
        ),
        Question(
            "one_touch_rate", "one_touch_rate", "resolved with exactly one public agent message, by month of the solve",
            "ticket_facts", (*WHO, "solved", "replies"), MONTHLY,
        ),
        Question(
            "first_contact_resolution", "first_contact_resolution",
            "resolved, not reopened, no new ticket of the customer on the topic within 7 days, by month",
            "ticket_facts", (*WHO, "solved", "reopens", "next_contact"), MONTHLY,
        ),
        Question(
            "reopen_rate", "reopen_rate", "reopened at least once, of all tickets, by month of creation",
            "ticket_facts", (*WHO, "reopens"), MONTHLY,
        ),
        Question(
            "transfer_rate", "transfer_rate", "tickets with a transfer, by channel",
            "ticket_facts", (*WHO, "transfers", "channel"), {"by": "channel"},
        ),
        Question(
            "ticket_volume", "ticket_volume", "tickets created, by channel and month",
            "ticket_facts", (*WHO, "channel"), {"by": "channel", **MONTHLY},
        ),
        Question(
            "backlog", "backlog", "tickets open at the end of each month, from the history of statuses",
            "cycle_facts", ("began", "ended", "merged", "spam", "status"), MONTHLY,
        ),
    )
}  # fmt: skip
