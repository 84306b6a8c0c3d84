"""Figures about colleagues: nobody's answer may be read off them, not even by subtraction."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from latido.metrics.scope import LOCAL, Scope
from latido.metrics.where import column, filtered
from latido.stats.protection import blocks

DIMENSIONS = ("survey", "wave", "month", "team", "site", "country", "region", "segment", "language")
LEAST = 5


def protected(rows: Any, scope: Scope) -> Any:
    """Mark as left out, with the reason `protected`, every answer whose block the question divides.

    Respondents are divided once, whatever is asked, into blocks of at least five of the same
    survey, month, team, …; a figure counts whole blocks only. Every published figure is then a sum
    over blocks, and so is every difference of published figures: none isolates fewer than five.
    """
    metric = scope.metric
    counted = rows.filter(rows.left_out.isnull() & rows.value.notnull())
    known = [d for d in DIMENSIONS if d in counted.columns]
    month = counted[metric.time].strftime("%Y-%m")
    frame = scope.execute(counted.select(metric.key, *known, month=month).order_by(metric.key))
    columns = [frame[d].astype("object").where(frame[d].notna(), None).tolist() for d in DIMENSIONS if d in frame]
    block = blocks(columns, LEAST) if len(frame) else []
    table = pa.table({
        "_id": pa.array(frame[metric.key].tolist(), pa.string()), "block": pa.array(block, pa.int64()),
    })  # fmt: skip
    named = ibis.memtable(table)
    joined = rows.left_join(named, rows[metric.key] == named["_id"]).drop("_id")
    asked = _asked(joined, scope)
    sizes = joined.filter(joined.block >= 0).group_by("block").agg(_size=joined.block.count())
    met = asked.filter(asked.block >= 0).group_by(["block", *_groups(scope)]).agg(_met=asked.block.count())
    whole = met.join(sizes, "block").filter(lambda t: t["_met"] == t["_size"])
    kept = asked.semi_join(whole, ["block", *_groups(scope)]).select(_kept=metric.key)
    final = joined.left_join(kept, joined[metric.key] == kept["_kept"])
    torn = final["_kept"].isnull() & final.left_out.isnull() & final.block.notnull()
    return final.mutate(left_out=torn.ifelse("protected", final.left_out)).drop("_kept", "block")


def _asked(rows: Any, scope: Scope) -> Any:
    """The rows as the question filters and groups them."""
    metric, query = scope.metric, scope.query
    found = filtered(rows, metric, query.where)
    if metric.time is not None:
        found = scope.placed(found, metric.time)
        local = tuple(n for n in query.by if n in LOCAL)
        found = scope.local(found, metric.time, local) if local else found
    return found.mutate(
        **{f"_g{i}": found[column(found, metric, n)].cast("string").fill_null("") for i, n in enumerate(query.by)}
    )


def _groups(scope: Scope) -> list[str]:
    placed = ["period"] if scope.query.period is not None else []
    return [*placed, *(f"_g{i}" for i in range(len(scope.query.by)))]
