"""Who worked here, in which team, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import first_known, flag, when


def employment_facts(tables: Mapping[str, Any]) -> Any:
    """One row per spell of an employee in a team; bots are nobody's colleague.

    Returns:
        agent_id, team, site, country, role, began, ended (last instant of the spell, null while it
        lasts), left (1 where the spell ends with leaving the company), voluntary, departure_reason,
        left_flag (where the file has a flag and no dates), and the workspace's own columns.
    """
    rows = tables["agents"]
    rows = rows.filter(rows.role.fill_null("agent") != "bot")
    began = first_known(rows.valid_from, rows.hired)
    left = rows.departed.notnull() & (rows.valid_to.isnull() | (rows.valid_to >= rows.departed))
    ended = ibis.ifelse(left.fill_null(False), rows.departed, rows.valid_to)
    return rows.mutate(
        began=began,
        ended=ended,
        left=flag(left),
        left_flag=when(rows.attrited.notnull(), ibis.ifelse(rows.attrited, 1, 0).cast("int64")),
        cause=ibis.cases((rows.voluntary, "voluntary"), (~rows.voluntary, "involuntary"), else_="unknown"),
    ).drop("name", "email")
