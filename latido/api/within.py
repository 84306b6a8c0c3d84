"""The rows of any table that somebody may read: nothing that employees answered, for a lead what is their teams'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latido.errors import ForbiddenError
from latido.i18n import _
from latido.workspace import reach

ANSWERS, ASKS = ("answers", "answer_facts"), ("asks", "ask_facts")


def within(name: str, tables: Mapping[str, Any], teams: tuple[str, ...] = ()) -> Any:
    """The rows of a table, as far as they may be read.

    Args:
        name: The table.
        tables: All tables of the same version.
        teams: The teams that the asker is limited to; empty for no limit.

    Raises:
        ForbiddenError: Nothing in the table says whose its rows are, and there is a limit.
    """
    rows = tables[name]
    if name in ANSWERS:
        return rows.semi_join(reach.answers(tables, teams).select("answer_id"), "answer_id")
    if name in ASKS:
        rows = _of_customers(rows, tables)
    if not teams:
        return rows
    if "ticket_id" in rows.columns:
        return rows.semi_join(reach.tickets(tables, teams).select("ticket_id"), "ticket_id")
    if "team" in rows.columns:
        return rows.filter(rows.team.isin(teams))
    if "customer_id" in rows.columns:
        return reach.theirs(rows, tables, teams)
    raise ForbiddenError(
        _("Nothing in this table says which team a row is of, and you see what is of yours only."),
        _("An owner can give you another role."),
    )


def _of_customers(asks: Any, tables: Mapping[str, Any]) -> Any:
    """Invitations to surveys in which customers are asked."""
    inner = (asks.kind.isin(reach.PROTECTED) | (asks.subject == "employment")).fill_null(False)
    surveys = asks.filter(inner & asks.survey.notnull()).select("survey").distinct()
    facts = tables["answer_facts"]
    open_ = reach.answers(tables)
    closed = facts.filter(facts.survey.notnull()).anti_join(open_.filter(open_.survey.notnull()), "survey")
    return asks.filter(~inner).anti_join(surveys, "survey").anti_join(closed.select("survey").distinct(), "survey")
