"""Customers who answer more than once: the sums by which their answers count for less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latido.facts.expr import digest, flag, when
from latido.stats.clusters import design_effect, few_clusters

SUMS = ("c_n", "c_total", "c_squares", "c_clusters", "c_totals", "c_cross", "c_sizes")


def by_customer(rows: Any, by: list[str], sums: Mapping[str, Any], cluster: str) -> Any:
    """Aggregate by customer, then over customers, in one pass.

    Answers of unknown customers are each a customer of their own.

    Args:
        rows: Rows with `value`; null is not counted.
        by: Columns to group by.
        sums: The method's aggregates; those named `…_min` and `…_max` are least and greatest, all others add up.
        cluster: Column of the customer.

    Returns:
        One row per group: the aggregates, and the sums that `design_effect` takes.
    """
    value = rows.value.cast("float64")
    own = {"_m": rows.value.count(), "_s": value.sum(), "_q": (value * value).sum()}
    # What is not counted is no customer's: so there are fewer groups.
    rows = rows.mutate(_customer=when(rows.value.notnull() & rows[cluster].notnull(), digest(rows[cluster])))
    each = rows.group_by([*by, "_customer"]).agg(**sums, **own)
    m, s, q = each["_m"], each["_s"].fill_null(0), each["_q"].fill_null(0)
    named = each["_customer"].notnull()
    found = {
        **{name: _again(each, name) for name in sums},
        "c_n": m.sum(),
        "c_total": s.sum(),
        "c_squares": q.sum(),
        # In floats, since engines disagree about the sign of what a count is.
        "c_clusters": named.ifelse(flag(m > 0).cast("float64"), m.cast("float64")).sum(),
        "c_totals": named.ifelse(s * s, q).sum(),
        "c_cross": named.ifelse(s * m, s).sum(),
        "c_sizes": named.ifelse(m * m, m).sum(),
    }
    return each.group_by(by).agg(**found) if by else each.aggregate(**found)


def _again(each: Any, name: str) -> Any:
    kind = name.rpartition("_")[2]
    # A sum over no rows at all is nothing, as a count is.
    return getattr(each[name], kind)() if kind in {"min", "max"} else each[name].sum().fill_null(0)


def effect(row: Any, confidence: float | None = None) -> float:
    """The design effect of a group's aggregates; 1 where its metric has no clusters.

    Args:
        row: Aggregates of one group.
        confidence: Coverage of an interval that uses the normal quantile, which few customers make
            too narrow; None where it uses t.
    """
    if "c_n" not in row.index or row["c_n"] is None or not row["c_n"] > 0:
        return 1.0
    deff = design_effect(*(float(row[name]) for name in SUMS))
    return deff if confidence is None else few_clusters(deff, float(row["c_clusters"]), confidence)


def degrees(row: Any) -> float | None:
    """Degrees of freedom of a mean over customers' answers: customers − 1; None where nobody repeats."""
    if "c_n" not in row.index or row["c_n"] is None or not row["c_n"] > row["c_clusters"] > 1:
        return None
    return float(row["c_clusters"]) - 1
