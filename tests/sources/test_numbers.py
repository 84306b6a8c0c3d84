import math

import pyarrow as pa
import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.sources.numbers import Signs, number, numbers

SIGNS = {"en": ".", "es_AR": ","}


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=5), st.sampled_from(sorted(SIGNS)))
@settings(deadline=None, max_examples=100)
def test_numbers_as_a_country_writes_them_are_read_back(values, locale):
    texts = [format_decimal(value, "#,##0.##", locale=locale) for value in values]
    assert numbers(pa.array(texts), SIGNS[locale]).to_pylist() == [float(value) for value in values]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("€ 1.234,56", ",", 1234.56),
        ("1 234,56 €", ",", 1234.56),
        ("$1,200", ".", 1200),
        ("1'234.50", ".", 1234.5),
        ("26,5 %", ",", 26.5),
        ("(12.00)", ".", -12),
        ("12-", ".", -12),
        ("−5", ".", -5),
        ("1e3", ".", 1000),
        (".5", ".", 0.5),
        ("MXN 1,200.00", ".", 1200),
    ],
)
def test_what_stands_around_a_number_is_no_part_of_it(text, decimal, value):
    assert numbers(pa.array([text, "7"]), decimal).to_pylist() == [value, 7]


@pytest.mark.parametrize("text", ["1,23", "1.2.3", "12,345,6", "twelve", "5 of 10", "1.234,5"])
def test_what_is_no_number_is_none(text):
    assert numbers(pa.array([text, None, "7"]), ".").to_pylist() == [None, None, 7]


def test_a_single_text_that_is_no_number_is_not_a_number():
    assert math.isnan(number("twelve"))


def signs(*texts: str) -> Signs:
    found = Signs()
    found.add(pa.array(texts))
    return found


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["12.5", "1.234"], "."),
        (["12,5", "1.234"], ","),
        (["0.123"], "."),
        (["1234.567"], "."),
        (["1.234.567"], ","),
        (["1,234.5"], "."),
        (["7", "8"], "."),
        (["1.234", "5.678"], None),
        (["12.50", "13,20"], None),
    ],
)
def test_the_decimal_sign_is_decided_over_the_whole_column(texts, sign):
    assert signs(*texts).decided == sign


def test_only_proof_on_both_sides_is_a_mixture_of_signs():
    assert (signs("12.50", "13,20").mixed, signs("1.234").mixed) == (True, False)
