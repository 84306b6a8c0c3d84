"""How an answer is meant, as the metrics count it."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pyarrow as pa
import pytest

from latido.metrics.settings import Settings
from latido.store.engines.duckdb import DuckDB
from latido.workspace.bands import banded


@pytest.fixture(scope="module")
def engine() -> DuckDB:
    return DuckDB(threads=1)


def band(engine: DuckDB, kind: str, score: float | None, settings: Settings | None = None) -> str | None:
    """The band of one answer."""
    low, high = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}[kind]
    top = {"nps": 9, "csat": 4, "ces": 6}[kind]
    row = {"kind": kind, "survey": "s", "score": score, "better": score, "scale": f"{low}-{high}",
           "scale_low": float(low), "scale_high": float(high),
           "positive": None if score is None else int(score >= top)}  # fmt: skip
    schema = pa.schema([("kind", pa.string()), ("survey", pa.string()), ("score", pa.float64()),
                        ("better", pa.float64()), ("scale", pa.string()), ("scale_low", pa.float64()),
                        ("scale_high", pa.float64()), ("positive", pa.int64())])  # fmt: skip
    rows = ibis.memtable(pa.Table.from_pylist([row], schema))
    found = engine.arrow(banded(rows, {"answer_facts": rows}, settings or Settings()))
    told: str | None = found["band"][0].as_py()
    return told


@pytest.mark.parametrize(
    ("kind", "score", "meant"),
    [
        ("nps", 9, "promoter"), ("nps", 8, "passive"), ("nps", 7, "passive"), ("nps", 6, "detractor"),
        ("nps", None, None), ("csat", 4, "good"), ("csat", 3, "bad"), ("ces", 5, "good"), ("ces", 4, "bad"),
    ],
)  # fmt: skip
def test_a_score_is_meant_as_its_metric_counts_it(
    engine: DuckDB, kind: str, score: float | None, meant: str | None
) -> None:
    assert band(engine, kind, score) == meant


def test_a_surveys_own_threshold_holds(engine: DuckDB) -> None:
    strict = replace(Settings(), positive_from={"s": 5})
    assert band(engine, "csat", 4, strict) == "bad"
