"""Customers who answer more than once, in one pass over the rows."""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest

from latido.metrics.methods.clusters import SUMS, by_customer, degrees, effect
from latido.stats.clusters import design_effect

VALUES = [1.0, 1.0, 0.0, 1.0, 0.0, 0.0, None, 1.0]
WHO = ["a", "a", "a", "b", "b", None, "c", None]


def frame() -> pd.DataFrame:
    return pd.DataFrame({"value": VALUES, "who": WHO, "channel": ["x"] * 6 + ["y"] * 2})


def summed(by: list[str], **sums: Any) -> pd.DataFrame:
    rows = ibis.memtable(frame())
    found: pd.DataFrame = by_customer(rows, by, sums or {"n": rows.value.count()}, "who").execute()
    return found


def direct() -> dict[str, float]:
    """Each unknown customer is one of their own; an answer that is missing is none."""
    known = frame().assign(who=[w or f"nobody {i}" for i, w in enumerate(WHO)]).dropna(subset="value")
    sums = known.groupby("who").value.agg(["sum", "count"])
    return {
        "c_n": len(known), "c_total": known.value.sum(), "c_squares": (known.value**2).sum(), "c_clusters": len(sums),
        "c_totals": (sums["sum"] ** 2).sum(), "c_cross": (sums["sum"] * sums["count"]).sum(),
        "c_sizes": (sums["count"] ** 2).sum(),
    }  # fmt: skip


def test_the_sums_are_those_over_customers() -> None:
    assert summed([]).iloc[0][list(SUMS)].to_dict() == direct()


def test_the_method_s_own_sums_are_those_over_rows() -> None:
    assert summed([]).iloc[0].n == 7


def test_least_and_greatest_are_not_added_up() -> None:
    rows = ibis.memtable(frame())
    found = by_customer(rows, [], {"low_min": rows.value.min(), "low_max": rows.value.max()}, "who").execute().iloc[0]
    assert (found.low_min, found.low_max) == (0, 1)


def test_groups_have_customers_of_their_own() -> None:
    found = summed(["channel"]).set_index("channel")
    assert found.c_clusters.to_dict() == {"x": 3, "y": 1}


def test_the_design_effect_is_that_of_the_sums() -> None:
    expected = design_effect(*(float(v) for v in direct().values()))
    assert effect(summed([]).iloc[0]) == pytest.approx(expected)


def test_few_customers_are_more_uncertain_still() -> None:
    rows = ibis.memtable(pd.DataFrame({"value": [1.0] * 5 + [0.0] * 5 + [1.0] * 5, "who": [*"aaaaabbbbbccccc"]}))
    row = by_customer(rows, [], {"n": rows.value.count()}, "who").execute().iloc[0]
    assert effect(row, 0.95) > effect(row) > 1


def test_degrees_of_freedom_are_customers_less_one() -> None:
    assert degrees(summed([]).iloc[0]) == direct()["c_clusters"] - 1


def test_without_clusters_every_answer_stands_for_itself() -> None:
    plain = pd.Series({"n": 3})
    assert (effect(plain), degrees(plain)) == (1, None)


def test_nobody_repeats_nothing_changes() -> None:
    rows = ibis.memtable(pd.DataFrame({"value": np.arange(5.0), "who": list("abcde")}))
    row = by_customer(rows, [], {"n": rows.value.count()}, "who").execute().iloc[0]
    assert (effect(row), degrees(row)) == (1, None)
