"""One pass over rows with gaps gives the moments of any variables in the rows that know them."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pytest

from latido.insights.chain.known import Known, known
from latido.metrics.units.table import BLOCKS
from latido.stats.moments import of_rows

NAMES = ("a", "b", "c")


def gappy() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    rows = rng.normal(1e3, 2, (900, 3)) @ [[1, 0.5, 0.2], [0, 1, 0.4], [0, 0, 1]]
    rows[rng.random(rows.shape) < 0.4] = np.nan
    return pd.DataFrame(rows, columns=list(NAMES)).assign(block=rng.integers(0, BLOCKS, 900))


@pytest.fixture(scope="module")
def found() -> Known:
    return known(ibis.memtable(gappy()), {name: name for name in NAMES}, ibis.get_backend().execute)


@pytest.mark.parametrize("names", [("a",), ("b", "a"), ("c", "a", "b")], ids=" ".join)
def test_moments_are_those_of_the_rows_that_know_all_of_them(found: Known, names: tuple[str, ...]) -> None:
    rows = gappy()
    own, brute = found.of(names), of_rows(names, rows[list(names)], blocks=rows.block)
    assert own.total().covariance == pytest.approx(brute.total().covariance, rel=1e-6)
    assert own.total().mean == pytest.approx(brute.total().mean)
    assert own.n.tolist() == pytest.approx(brute.n.tolist())


def test_rows_are_counted_by_what_they_know(found: Known) -> None:
    rows = gappy()
    assert found.rows(["a", "c"]) == rows[["a", "c"]].notna().all(axis=1).sum()


def test_what_nobody_knows_does_not_vary() -> None:
    rows = gappy().assign(b=np.nan)
    nothing = known(ibis.memtable(rows), {name: name for name in NAMES}, ibis.get_backend().execute)
    assert (nothing.varies("a"), nothing.varies("b"), nothing.rows(["b"])) == (True, False, 0)
