"""Answered forms as columns side by side: a score, and what was planted behind it."""

from __future__ import annotations

from functools import cache
from typing import Any

import ibis
import numpy as np
import pandas as pd

from latido.metrics.units import GRAINS, Units, variable
from latido.metrics.units.variable import Variable

SPEED, PRICE, QUEUE, IDLE = (
    variable(text) for text in ("ces", "csat.score", "first_reply_time", "question:How was the music?")
)
OUTCOME = variable("nps.score")
POINTS = variable("nps")
DRIVERS = (SPEED, PRICE, QUEUE, IDLE)
PLANTED = {"ces": 0.9, "csat.score": 0.5, "first_reply_time": -0.6, "question:How was the music?": 0.0}
SHOPS = ("north", "south", "west")


def frame(n: int = 6_000, seed: int = 1, *, shop_matters: bool = False) -> pd.DataFrame:
    """Scores from 0 to 10, two ratings, a wait in doublings, a rating that says nothing, the shop, the customer."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=n)
    speed = np.clip(np.round(5 + mood + rng.normal(size=n)), 1, 7)
    price = np.clip(np.round(3.5 + 0.5 * mood + rng.normal(size=n)), 1, 5)
    queue = np.abs(2 - 0.4 * mood + rng.normal(size=n))
    music = rng.integers(1, 6, n).astype(float)
    shop = rng.integers(0, 3, n)
    slope = np.where((shop == 2) & shop_matters, -1.8, PLANTED["first_reply_time"])
    score = 6.8 + 0.9 * (speed - 5) + 0.5 * (price - 3.5) + slope * (queue - 2) + 1.5 * rng.normal(size=n)
    score = np.clip(np.round(score), 0, 10)
    return pd.DataFrame({
        "ticket_id": [f"t{i}" for i in range(n)], "block": rng.integers(0, 128, n),
        "v0": score, "v1": speed, "v2": price, "v3": queue, "v4": music,
        "v5": np.select([score >= 9, score <= 6], [100.0, -100.0], 0.0), "shop": np.array(SHOPS)[shop],
    })  # fmt: skip


def units(rows: pd.DataFrame) -> Units:
    """The rows as the engine has them."""
    variables: tuple[Variable, ...] = (OUTCOME, *DRIVERS, POINTS)
    names = {each.name: f"v{at}" for at, each in enumerate(variables)}
    return Units(GRAINS["ticket"], variables, ibis.memtable(rows), names)


@cache
def plain() -> Units:
    """Forms in which everything is known."""
    return units(frame())


def holes(rows: pd.DataFrame, seed: int = 5, share: float = 0.2) -> pd.DataFrame:
    """The same with a fifth of the prices missing."""
    gone = np.random.default_rng(seed).random(len(rows)) < share
    return rows.assign(v2=rows.v2.where(~gone))


def execute(expression: Any) -> pd.DataFrame:
    found: pd.DataFrame = ibis.get_backend().execute(expression)
    return found
