"""Answers to several questions are read at once, and each column is what it would be alone."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd

from latido.facts.catalog import Derived
from latido.metrics.settings import Settings
from latido.metrics.units import GRAINS, units, variable
from tests.metrics.tables import at, table

SCORES = [("a", "Clean?", 4, 5), ("a", "Quick?", 7, 10), ("b", "Clean?", 2, 5), ("b", "Quick?", 1, 5),
          ("c", "Clean?", 8, 10), ("c", "Quick?", 9, 10), ("d", "Clean?", 5, 5), ("d", "Music?", 1, 5)]  # fmt: skip


def tables() -> Derived:
    rows = [
        {"answer_id": f"{who}{text}", "customer_id": who, "kind": "rating", "question": text, "score": float(score),
         "scale_low": 1.0, "scale_high": float(high), "answered": at("2026-01-05 10:00")}
        for who, text, score, high in SCORES
    ]  # fmt: skip
    return Derived({"answers": table("answers", rows)}.get)


def wide(*names: str) -> pd.DataFrame:
    at_customer = GRAINS["customer"]
    asked = [variable(name, at_customer) for name in names]
    found = units(tables(), Settings(), execute, at_customer, asked)
    frame = execute(found.rows).set_index("customer_id").sort_index()
    return frame[[found.columns[name] for name in names]].set_axis(names, axis=1)


def execute(expression: Any) -> pd.DataFrame:
    found: pd.DataFrame = ibis.get_backend().execute(expression)
    return found


def test_each_column_has_the_answers_to_its_question() -> None:
    both = wide("question:Quick?", "question:Clean?")
    assert both["question:Clean?"].dropna().to_dict() == {"a": 4, "b": 2, "d": 5}
    assert both["question:Quick?"].dropna().to_dict() == {"a": 7, "c": 9}


def test_together_they_are_what_each_is_alone() -> None:
    both = wide("question:Quick?", "question:Clean?", "question:Music?")
    alone = wide("question:Clean?")
    pd.testing.assert_frame_equal(both[["question:Clean?"]].dropna(), alone.dropna())
