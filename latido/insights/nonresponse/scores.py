"""The three scores that customers are asked for: from the sums of cells, raw and weighted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from latido.stats.estimate import Estimate
from latido.stats.means import mean
from latido.stats.nps import nps
from latido.stats.shares import wilson
from latido.stats.weighted import weighted_mean, weighted_nps, weighted_share

if TYPE_CHECKING:
    import pandas as pd

    from latido.stats.moments import Floats


@dataclass(frozen=True)
class Score:
    """How a metric's figure is made of sums.

    Attributes:
        raw: Cells and the design effect → the figure of all answers alike.
        weighted: Weights, the cells that have answers, and the design effect → the weighted figure.
        scale: Lowest and highest possible figure.
        unit: What one unit of a value is in the figure's.
    """

    raw: Callable[[pd.DataFrame, float], Estimate]
    weighted: Callable[[Floats, pd.DataFrame, float], Estimate]
    scale: tuple[float, float]
    unit: float = 1


def _points(_keys: Mapping[str, str | None]) -> Score:
    return Score(_plain_points, _weighted_points, (-100, 100))


def _plain_points(cells: pd.DataFrame, deff: float) -> Estimate:
    n, up, down = (float(cells[name].sum()) for name in ("n", "up", "down"))
    return nps(up, n - up - down, down, deff=deff)


def _weighted_points(weights: Floats, cells: pd.DataFrame, deff: float) -> Estimate:
    n, up, down = (cells[name].to_numpy(dtype=float) for name in ("n", "up", "down"))
    return weighted_nps(weights, up, n - up - down, down, deff=deff)


def _share(_keys: Mapping[str, str | None]) -> Score:
    return Score(
        raw=lambda cells, deff: wilson(float(cells["up"].sum()), float(cells["n"].sum()), deff=deff).scaled(100),
        weighted=lambda weights, cells, deff: weighted_share(weights, cells["n"], cells["up"], deff=deff).scaled(100),
        scale=(0, 100),
        unit=100,
    )


def _mean(keys: Mapping[str, str | None]) -> Score:
    low, _dash, high = (keys.get("scale") or "").partition("-")
    ends = (float(low), float(high)) if high else None
    return Score(
        raw=lambda cells, deff: mean(*_sums(cells), deff=deff, scale=ends),
        weighted=lambda weights, cells, deff: weighted_mean(
            weights, cells["n"], cells["total"], cells["squares"], deff=deff
        ),
        scale=ends or (-inf, inf),
    )


def _sums(cells: pd.DataFrame) -> tuple[float, float, float]:
    return float(cells["n"].sum()), float(cells["total"].sum()), float(cells["squares"].sum())


SCORES: Mapping[str, Callable[[Mapping[str, str | None]], Score]] = {"nps": _points, "csat": _share, "ces": _mean}
