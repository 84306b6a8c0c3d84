"""The gap to competitors, from the same blind survey."""

from __future__ import annotations

from math import hypot, isnan

import pytest

from latido.errors import UsageError
from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import answers

LUMBRE = Settings(brand="Lumbre")
BLIND = {"answers": answers(
    *[10] * 60, *[3] * 40, *[10] * 40, *[3] * 60, *[10] * 9, blind=[True] * 200 + [False] * 9,
    brand=["Lumbre"] * 100 + ["Rival"] * 100 + [None] * 9,
)}  # fmt: skip


def test_the_gap_is_own_minus_theirs() -> None:
    assert {name: e.value for name, e in measure("nps_gap", BLIND, LUMBRE).figure.parts.items()} == {"Rival": 40}


def test_the_variances_of_both_scores_are_added() -> None:
    own, theirs = (f.estimate for f in measure("nps", BLIND, preset="blind").figures)
    gap = measure("nps_gap", BLIND, LUMBRE).figure.estimate
    assert gap.value - gap.low == pytest.approx(hypot(own.value - own.low, theirs.high - theirs.value))


def test_own_customers_who_know_who_asks_are_not_in_it() -> None:
    assert measure("nps_gap", BLIND, LUMBRE).figure.estimate.n == 200


def test_a_survey_that_lacks_our_brand_asks_for_it() -> None:
    with pytest.raises(UsageError, match="There are Lumbre, Rival"):
        measure("nps_gap", BLIND, Settings(brand="Lumbra"))


def test_where_ours_was_not_rated_there_is_no_gap() -> None:
    tables = {"answers": answers(10, 3, 8, blind=True, brand=["Lumbre", "Rival", "Rival"], language=["es", "es", "en"])}
    found = {f.keys["language"]: f.estimate.value for f in measure("nps_gap", tables, LUMBRE, by="language").figures}
    assert (found["es"], isnan(found["en"])) == (200, True)
