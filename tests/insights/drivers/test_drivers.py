"""Drivers from rows in the engine: the same as by brute force in pandas, whatever is missing."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from latido.errors import UsageError
from latido.insights.drivers import Explained, of_units
from latido.insights.drivers.drivers import Asked, check, companion
from latido.metrics.units import GRAINS, variable
from tests.insights.drivers import forms
from tests.insights.drivers.forms import DRIVERS, IDLE, OUTCOME, PRICE, QUEUE, SPEED, execute

COLUMNS = ["v1", "v2", "v3", "v4"]


@cache
def found() -> Explained:
    return of_units(forms.plain(), execute, OUTCOME, DRIVERS)


def brute_force(rows: pd.DataFrame) -> list[float]:
    """Each driver's part of R² by its definition: a regression per subset."""
    p = len(COLUMNS)
    parts = [0.0] * p
    for at in range(p):
        others = [i for i in range(p) if i != at]
        for size in range(p):
            weight = factorial(size) * factorial(p - size - 1) / factorial(p)
            parts[at] += weight * sum(r2(rows, {*s, at}) - r2(rows, set(s)) for s in combinations(others, size))
    return parts


def r2(rows: pd.DataFrame, which: set[int]) -> float:
    x = sm.add_constant(rows[[COLUMNS[i] for i in sorted(which)]]) if which else np.ones((len(rows), 1))
    return float(sm.OLS(rows.v0, x).fit().rsquared)


def parts(told: Explained) -> list[float]:
    return [told.named(each.name).driver.part.value for each in DRIVERS]


def test_parts_are_those_of_every_order_by_brute_force() -> None:
    assert parts(found()) == pytest.approx(brute_force(forms.frame()), abs=1e-9)


def test_coefficients_and_r2_are_those_of_statsmodels() -> None:
    rows = forms.frame()
    theirs = sm.OLS(rows.v0, sm.add_constant(rows[COLUMNS])).fit()
    assert [found().named(d.name).driver.coefficient.value for d in DRIVERS] == pytest.approx(theirs.params[1:])
    assert (found().r2.value, found().n) == (pytest.approx(theirs.rsquared), len(rows))


def test_drivers_come_by_their_share() -> None:
    assert [each.variable for each in found().ranked] == [SPEED, QUEUE, PRICE, IDLE]


def test_one_that_says_nothing_does_not_hold() -> None:
    assert [each.driver.holds for each in found().ranked] == [True, True, True, False]


def test_more_waiting_goes_with_lower_scores_as_it_should() -> None:
    assert (found().named(QUEUE.name).driver.coefficient.high < 0, found().against(found().named(QUEUE.name))) == (
        True,
        False,
    )


def test_a_rating_that_goes_the_other_way_is_called_that() -> None:
    told = of_units(forms.units(forms.frame().assign(v1=lambda r: 8 - r.v1)), execute, OUTCOME, DRIVERS)
    speed = told.named(SPEED.name)
    assert (told.against(speed), told.place(speed)) == (True, "against")


def test_rows_in_which_something_is_missing_are_left_out() -> None:
    rows = forms.holes(forms.frame())
    told = of_units(forms.units(rows), execute, OUTCOME, DRIVERS)
    assert parts(told) == pytest.approx(brute_force(rows.dropna()), abs=1e-9)
    assert (told.n, told.asked, told.named(PRICE.name).known) == (rows.v2.count(), len(rows), rows.v2.count())


def test_what_is_missing_can_be_set_to_the_mean() -> None:
    rows = forms.holes(forms.frame())
    told = of_units(forms.units(rows), execute, OUTCOME, DRIVERS, Asked(missing="mean"))
    assert parts(told) == pytest.approx(brute_force(rows.assign(v2=rows.v2.fillna(rows.v2.mean()))), abs=1e-9)
    assert (told.n, told.named(PRICE.name).known) == (len(rows), rows.v2.count())


def test_an_outcome_that_is_not_known_never_counts() -> None:
    rows = forms.frame()
    rows.loc[:999, "v0"] = np.nan
    told = of_units(forms.units(rows), execute, OUTCOME, DRIVERS, Asked(missing="mean"))
    assert (told.n, told.asked) == (len(rows) - 1000, len(rows) - 1000)


def test_what_nobody_named_and_few_know_is_passed_over() -> None:
    rows = forms.holes(forms.frame(), share=0.7)
    told = of_units(forms.units(rows), execute, OUTCOME, DRIVERS, named_by_person=False)
    assert (told.passed, len(told.ranked)) == ((PRICE,), 3)


def test_levels_lie_between_worst_and_best() -> None:
    speed, queue = (found().named(each.name).level for each in (SPEED, QUEUE))
    assert speed is not None
    assert queue is not None
    assert ((speed.worst, speed.best, speed.scale), queue.worst > queue.best) == ((1, 7, True), True)
    assert speed.position == pytest.approx(100 * (forms.frame().v1.mean() - 1) / 6)


def test_places_on_the_map_are_by_importance_and_level() -> None:
    assert [found().place(each) for each in found().ranked] == ["keep", "next", "fine", "unclear"]


def test_records_are_one_a_driver() -> None:
    assert found().to_pandas()[["rank", "driver", "holds"]].values.tolist()[3] == [4, IDLE.name, False]


def test_too_few_rows_say_which_driver_is_rarest() -> None:
    rows = forms.holes(forms.frame(40), share=0.9)
    with pytest.raises(UsageError, match="Customer satisfaction"):
        of_units(forms.units(rows), execute, OUTCOME, DRIVERS)


def test_more_than_twenty_drivers_are_refused_with_the_way_out() -> None:
    many = [variable(f"question:Part {i}") for i in range(21)]
    with pytest.raises(UsageError, match="21 drivers are too many: 20"):
        check(OUTCOME, many)


@pytest.mark.parametrize("names", [[], [OUTCOME], [SPEED, SPEED]])
def test_what_cannot_be_told_apart_is_refused(names: list[object]) -> None:
    with pytest.raises(UsageError):
        check(OUTCOME, names)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "counted"),
    [("nps.score", ["nps@transactional"]), ("csat.score", ["csat"]), ("ces", []), ("first_reply_time", [])],
)
def test_scores_are_told_by_what_they_count_too(text: str, counted: list[str]) -> None:
    assert [each.name for each in companion(variable(text, GRAINS["ticket"]))] == counted


def test_records_are_what_json_can_say() -> None:
    kinds = {type(value) for row in found().records() for value in row.values()}
    assert kinds <= {int, float, np.float64, str, bool, type(None)}
