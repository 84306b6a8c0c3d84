"""Sizes in words."""

from __future__ import annotations

from math import nan

import pytest

from latido.i18n import use
from latido.report.sizes import between, size
from latido.stats.estimate import Estimate


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(3, "points", "3 points"), (1, "points", "1 point"), (12.06, "points", "12.1 points"), (2.5, "%", "2.5 pp"),
     (0.1, "scale points", "0.1 points of the scale"), (1800, "s", "30 min"), (nan, "points", "—")],
)  # fmt: skip
def test_a_size_has_the_noun_of_its_unit(value: float, unit: str, said: str) -> None:
    assert size(value, unit) == said


def test_it_speaks_spanish() -> None:
    with use("es"):
        assert (size(12.06, "points"), size(1, "points")) == ("12,1 puntos", "1 punto")


def test_an_interval_is_its_two_ends() -> None:
    assert between(Estimate(78.5, 77.4, 79.5, 100), "%") == "77.4 to 79.5"
