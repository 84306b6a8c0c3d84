"""Numbers read alike wherever a chart is drawn: the browser's rules against Python's."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from latido.i18n import duration, number, use
from latido.metrics.present import NOTHING, quantity
from latido.report.charts.engine import call

UNITS = ("%", "points", "s", "tickets", "scale points", "touches", "years", "ratio", "currency", "EUR", "MXN", "")
LANGUAGES = ("en", "es")
VALUES = st.one_of(
    st.floats(-1e9, 1e9, allow_nan=False),
    st.integers(-10_000_000, 10_000_000).map(float),
    st.integers(-100_000, 100_000).map(lambda n: n / 8),  # with halves that binary numbers hold exactly
    st.integers(-100_000, 100_000).map(lambda n: n / 1000),
)
SECONDS = st.one_of(
    st.floats(0, 1e8), st.integers(0, 10_000_000).map(float), st.integers(0, 100_000).map(lambda n: n / 2)
)


def in_javascript(function: str, language: str, *given: object) -> object:
    """What the browser's formatter says."""
    return call(f"latidoCharts.formatter('{language}').{function}", *given)


@given(value=VALUES, unit=st.sampled_from(UNITS), language=st.sampled_from(LANGUAGES))
@example(value=-0.0, unit="%", language="en")
@example(value=-0.04, unit="points", language="es")
@example(value=2.675, unit="years", language="en")
@example(value=0.125, unit="years", language="en")
@example(value=1234.5, unit="tickets", language="es")
@example(value=999.995, unit="EUR", language="es")
@settings(max_examples=500, deadline=None)
def test_a_quantity_reads_as_in_tables(value: float, unit: str, language: str) -> None:
    with use(language):
        assert in_javascript("quantity", language, value, unit) == quantity(value, unit)


@given(seconds=SECONDS, language=st.sampled_from(LANGUAGES))
@example(seconds=59.5, language="en")
@example(seconds=3599.5, language="en")
@example(seconds=86399.9, language="es")
@example(seconds=90, language="es")
@settings(max_examples=300, deadline=None)
def test_a_duration_reads_as_in_tables(seconds: float, language: str) -> None:
    with use(language):
        assert in_javascript("duration", language, seconds) == duration(seconds)
        assert in_javascript("quantity", language, seconds, "s") == quantity(seconds, "s")


@given(value=VALUES, digits=st.integers(0, 4), language=st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_a_number_rounds_halves_to_even_in_both(value: float, digits: int, language: str) -> None:
    with use(language):
        assert in_javascript("number", language, value, digits) == number(value, digits)


@pytest.mark.parametrize(("value", "text"), [(nan, NOTHING), (inf, "∞"), (-inf, "−∞")])
def test_what_is_no_number_reads_the_same(value: float, text: str) -> None:
    written = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    assert quantity(value, "s") == text
    assert call(f"(() => latidoCharts.formatter('en').quantity({written}, 's'))") == text


@pytest.mark.parametrize(
    ("value", "unit", "step", "text"),
    [
        (0, "s", 7200, "0"),
        (7200, "s", 7200, "2 h"),
        (25, "%", 25, "25 %"),
        (0.5, "points", 0.5, "0,5"),
        (-20, "points", 10, "−20"),
        (12000, "tickets", 2000, "12.000"),
    ],
)
def test_marks_of_an_axis_have_no_more_digits_than_their_steps(value: float, unit: str, step: float, text: str) -> None:
    assert str(in_javascript("mark", "es", value, unit, step)).replace("\u00a0", " ") == text
