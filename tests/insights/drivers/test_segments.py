"""Segments where drivers differ: found where planted, silent where not."""

from __future__ import annotations

from functools import cache

import pytest

from latido.insights.drivers import Segments, of_units
from latido.insights.drivers.drivers import Asked
from tests.insights.drivers import forms
from tests.insights.drivers.forms import DRIVERS, OUTCOME, execute


@cache
def compared(seed: int = 1, *, shop_matters: bool = False, rows: int = 6_000) -> Segments:
    units = forms.units(forms.frame(rows, seed, shop_matters=shop_matters))
    told = of_units(units, execute, OUTCOME, DRIVERS, Asked(by="shop")).segments
    assert told is not None
    return told


def test_the_shop_in_which_waiting_costs_more_is_told_first() -> None:
    first = compared(shop_matters=True).told[0]
    assert (first.segment, first.variable.name, first.difference.high < 0) == ("west", "first_reply_time", True)


def test_coefficients_here_and_elsewhere_are_those_of_their_rows() -> None:
    rows = forms.frame(shop_matters=True)
    alone = of_units(forms.units(rows[rows["shop"] == "west"]), execute, OUTCOME, DRIVERS)
    first = compared(shop_matters=True).told[0]
    assert first.here.value == pytest.approx(alone.named("first_reply_time").driver.coefficient.value)


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_where_nothing_differs_nothing_is_told(seed: int) -> None:
    assert compared(seed).told == ()


def test_all_are_judged_together() -> None:
    assert len(compared().differences) == len(DRIVERS) * len(forms.SHOPS)


def test_small_segments_are_named_and_not_compared() -> None:
    assert (compared(rows=250).small, compared(rows=250).differences) == (("north", "south", "west"), ())
