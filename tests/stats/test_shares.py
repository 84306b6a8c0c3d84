"""Wilson's interval against published figures and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from latido.stats.shares import wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (1869, 7043, 0.2552, 0.2758),
    ],
)
def test_published_intervals(k, n, low, high):
    share = wilson(k, n)
    assert (share.low, share.high) == pytest.approx((low, high), abs=5e-5)


@given(n=st.integers(1, 10**7), part=st.floats(0, 1), confidence=st.sampled_from([0.8, 0.95, 0.99]))
def test_agrees_with_statsmodels(n, part, confidence):
    k = round(part * n)
    share = wilson(k, n, confidence)
    expected = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
    assert (share.low, share.high) == pytest.approx(expected, abs=1e-12)


@given(n=st.integers(1, 10**9), part=st.floats(0, 1))
def test_the_share_lies_in_its_interval_and_that_in_its_range(n, part):
    share = wilson(round(part * n), n)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_carries_what_it_is_a_share_of():
    share = wilson(80, 100)
    assert (share.value, share.n, share.numerator, share.denominator, share.method) == (0.8, 100, 80, 100, "wilson")


def test_nobody_asked_is_unknown_not_zero():
    assert not wilson(0, 0).known


def test_a_design_effect_of_two_is_half_the_answers():
    assert (wilson(80, 100, deff=2).low, wilson(80, 100, deff=2).high) == pytest.approx(
        (wilson(40, 50).low, wilson(40, 50).high)
    )
    assert wilson(80, 100, deff=2).n == 100
