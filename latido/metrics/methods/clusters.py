"""Customers who answer more than once: the sums by which their answers count for less."""

from __future__ import annotations

from typing import Any

from latido.stats.clusters import design_effect, few_clusters

SUMS = ("c_n", "c_total", "c_squares", "c_clusters", "c_totals", "c_cross", "c_sizes")


def cluster_sums(rows: Any, groups: list[str], cluster: str) -> Any:
    """Aggregate `value` by customer, then over customers.

    Answers of unknown customers are each a customer of their own.

    Returns:
        One row per group with the sums that `design_effect` takes.
    """
    counted = rows.filter(rows.value.notnull())
    named = counted.filter(counted[cluster].notnull())
    one = named.group_by([*groups, cluster]).agg(
        s=named.value.cast("float64").sum(), m=named.value.count(), q=(named.value.cast("float64") * named.value).sum()
    )
    alone = counted.filter(counted[cluster].isnull())
    single = alone.mutate(s=alone.value.cast("float64"), m=1, q=alone.value.cast("float64") * alone.value)
    parts = [t.select(*groups, s=t.s, m=t.m.cast("int64"), q=t.q) for t in (one, single)]
    both = parts[0].union(parts[1])
    aggregates = {
        "c_n": both.m.sum(),
        "c_total": both.s.sum(),
        "c_squares": both.q.sum(),
        "c_clusters": both.m.count(),
        "c_totals": (both.s * both.s).sum(),
        "c_cross": (both.s * both.m).sum(),
        "c_sizes": (both.m * both.m).sum(),
    }
    return both.group_by(groups).agg(**aggregates) if groups else both.aggregate(**aggregates)


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
