"""Drivers in words: signs, sizes and intervals, what was left out, and that it is no cause."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from latido.i18n import use
from latido.insights.drivers import Explained, of_units
from latido.insights.drivers.drivers import Asked
from latido.report.drivers import ASSOCIATION, digits, grid, headline, notes, sentence, sentences, what_if
from latido.stats.estimate import Estimate
from tests.insights.drivers import forms
from tests.insights.drivers.forms import DRIVERS, OUTCOME, POINTS, execute


@cache
def found() -> Explained:
    asked = Asked(what_if={"first_reply_time.hours": -1}, by="shop")
    return of_units(forms.units(forms.frame(shop_matters=True)), execute, OUTCOME, DRIVERS, asked, counted=(POINTS,))


def rank(name: str) -> int:
    return [each.variable.name for each in found().ranked].index(name)


def test_the_headline_says_how_much_and_of_how_many() -> None:
    told = headline(found())
    assert told.startswith("Together they go with ")
    assert told.endswith("over 6,000 tickets.")


def test_a_driver_that_goes_with_less_says_less() -> None:
    assert "Each doubling of the wait goes with " in sentence(found(), rank("first_reply_time"))
    assert " points of the scale less (" in sentence(found(), rank("first_reply_time"))


def test_a_driver_that_goes_with_more_says_more() -> None:
    assert " points of the scale more (" in sentence(found(), rank("ces"))


def test_what_says_nothing_is_called_that() -> None:
    assert "cannot be told from chance" in sentence(found(), rank("question:How was the music?"))


def test_a_rating_that_goes_the_other_way_warns() -> None:
    turned = of_units(forms.units(forms.frame().assign(v1=lambda r: 8 - r.v1)), execute, OUTCOME, DRIVERS)
    at = [each.variable.name for each in turned.ranked].index("ces")
    assert "Mind the direction: better goes with worse here." in sentence(turned, at)


def test_association_and_not_cause_is_always_said() -> None:
    assert (str(ASSOCIATION) in sentences(found()), str(ASSOCIATION) in grid(found()).notes) == (True, True)


def test_both_models_are_told_side_by_side() -> None:
    premise, score, points = what_if(found())
    assert (
        premise
        == "With 1 hour less of First reply time for every ticket, if all went on going together as it does now:"
    )
    assert (score.count("straight line"), points.count("model of single answers")) == (1, 1)


def test_the_shop_that_differs_is_told() -> None:
    assert any("First reply time in Shop west: each doubling" in text for text in sentences(found()))


def test_where_no_segment_differs_that_is_told() -> None:
    quiet = of_units(forms.plain(), execute, OUTCOME, DRIVERS, Asked(by="shop"))
    assert any("weigh differently by Shop cannot be told from chance" in text for text in sentences(quiet))


def test_what_was_left_out_is_counted_by_driver() -> None:
    holes = of_units(forms.units(forms.holes(forms.frame())), execute, OUTCOME, DRIVERS)
    lost = 6_000 - holes.n
    assert any(f"{lost:,} were left out" in text and f"(CSAT) {lost:,}" in text for text in notes(holes))


def test_what_was_set_to_the_mean_is_counted_too() -> None:
    asked = Asked(missing="mean")
    holes = of_units(forms.units(forms.holes(forms.frame(), share=0.6)), execute, OUTCOME, DRIVERS, asked)
    assert any("set to its mean" in text for text in notes(holes))
    assert any("understated" in text for text in notes(holes))


def test_drivers_that_repeat_one_another_are_named() -> None:
    twins = forms.frame().assign(v2=lambda r: r.v1 / 7 * 5 + (r.v4 == 3) * 0.1)
    told = of_units(forms.units(twins), execute, OUTCOME, DRIVERS)
    assert any("hardly be told apart" in text and "(CES)" in text for text in notes(told))


def test_the_table_has_a_row_a_driver() -> None:
    assert [row[1].text for row in grid(found()).rows][:1] == ["Customer effort score (CES)"]
    assert all(len(row) == len(grid(found()).columns) for row in grid(found()).rows)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0.261, 0.325, 2), (2.9, 3.6, 1), (120, 180, 0), (0.0320, 0.0397, 3), (1, 1, 1)]
)
def test_numbers_have_the_decimals_that_their_interval_bears(low: float, high: float, expected: int) -> None:
    assert digits(Estimate(low, low, high, 100)) == expected


def test_it_speaks_spanish() -> None:
    with use("es"):
        told = " ".join(sentences(replace(found(), segments=None)))
    assert ("asociación, no causa" in told, "Con 1 hora menos de Tiempo de primera respuesta" in told) == (True, True)
