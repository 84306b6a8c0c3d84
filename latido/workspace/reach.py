"""What somebody may see who is limited to teams: their teams' tickets, and whom and what these are about.

A ticket is a team's that replied first, that had it when it was solved, or that has it now: the rows of a figure lead
to it by any of these. What employees answered is nobody's to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from latido.metrics.catalog import METRICS

Tables = Mapping[str, Any]
TEAMS = ("team", "team_now", "reply_team")
PROTECTED = tuple(metric.name for metric in METRICS.values() if metric.protected)


def tickets(tables: Tables, teams: tuple[str, ...] = ()) -> Any:
    """Facts of the tickets.

    Args:
        tables: Tables and facts by name.
        teams: Whose; empty for all.
    """
    rows = tables["ticket_facts"]
    return rows.filter(reduce(or_, (rows[name].isin(teams) for name in TEAMS))) if teams else rows


def theirs(rows: Any, tables: Tables, teams: tuple[str, ...] = ()) -> Any:
    """Of rows with a `customer_id`, those of customers with such a ticket."""
    if not teams:
        return rows
    known = tickets(tables, teams).filter(lambda t: t.customer_id.notnull()).select("customer_id").distinct()
    return rows.semi_join(known, "customer_id")


def answers(tables: Tables, teams: tuple[str, ...] = ()) -> Any:
    """Facts of what customers answered about such a ticket, or about such a team.

    Left out is every survey in which employees are asked about their work, with all of its questions.
    """
    rows = tables["answer_facts"]
    inner = (rows.kind.isin(PROTECTED) | (rows.subject == "employment")).fill_null(False)
    surveys = rows.filter(inner & rows.survey.notnull()).select("survey").distinct()
    open_ = rows.filter(~inner).anti_join(surveys, "survey")
    if not teams:
        return open_
    own = open_.subject_id.isin(tickets(tables, teams).ticket_id) & (open_.subject == "ticket")
    return open_.filter(open_.team.isin(teams).fill_null(False) | own.fill_null(False))
