"""Which metrics are put beside each other unless others are named, and which go together by definition."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.units import Grain, Variable

_WAITS = ("first_reply_time", "resolution_time", "agent_touches")
_CONTACT = (*_WAITS, "transfer_rate", "reopen_rate")
VOLUME, _OF_TICKETS = "ticket_volume", {"ticket_facts", "reply_facts"}
_ANSWERS = ("ces", "csat.score", "nps.score")
_USUAL = {
    "ticket": ("next_reply_time", *_CONTACT, "first_contact_resolution", *_ANSWERS),
    # Not how often a customer's tickets were transferred or reopened: whoever has one ticket has a share of 0 or 100 %,
    # so that all such shares rise with the number of tickets, and with each other.
    "customer": ("ticket_volume", *_WAITS, *_ANSWERS, "repurchase_rate", "clv", "churn_rate"),
    "team_week": ("ticket_volume", *_CONTACT, "first_contact_resolution", *_ANSWERS),
}
# Dimensions within which a pair must go together too, at the grains whose units have one value of them.
WITHIN = {"ticket": ("channel", "topic", "priority", "team"), "customer": ("segment", "country"), "team_week": ()}

# Metrics of which one is computed from the other, is a part of it, or reads the same rows otherwise.
_SAME = (
    ("nps", "recommendation_rate", "nps_gap"),
    ("csat", "csat_of_asked"),
    ("agent_touches", "one_touch_rate"),
    ("first_reply_time", "resolution_time", "requester_wait_time", "agent_work_time", "on_hold_time"),
    ("next_reply_time", "resolution_time"),
    ("first_reply_time", "next_reply_time", "sla_attainment"),
    ("resolution_time", "reopen_rate"),
    ("resolution_time", "sla_attainment"),
    ("first_contact_resolution", "reopen_rate"),
    ("first_contact_resolution", "ticket_volume"),
    ("clv", "repurchase_rate"),
)
_LINKED = frozenset(frozenset(pair) for same in _SAME for pair in combinations(same, 2))


def fits(metric: Metric, at: Grain) -> bool:
    """Whether single units of a grain have a metric, and not all the same of it."""
    if at.name == "customer":
        return metric.name not in {"sla_attainment", "nps_gap"}
    alike = {"nps_gap", *([VOLUME] if at.name == "ticket" else [])}
    return metric.name not in alike and metric.table in {*_OF_TICKETS, "answer_facts", "ask_facts"}


def usual(at: Grain) -> tuple[str, ...]:
    """The variables that say most at a grain: what was done first, then what came of it."""
    return _USUAL[at.name]


def linked(first: Variable, second: Variable, at: Grain) -> bool:
    """Whether two go together by definition, so that their correlation says nothing about customers."""
    if first.question is not None or second.question is not None:
        return first.question == second.question
    names = frozenset((first.metric.name, second.metric.name))
    tables = {first.metric.table, second.metric.table}
    if at.name == "customer" and VOLUME in names and tables <= _OF_TICKETS:
        return True  # the mean of few tickets is more often extreme, and more often nothing, than that of many
    return (len(names) == 1 and first.preset == second.preset) or names in _LINKED
