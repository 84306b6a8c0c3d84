"""Mix against rate: a published census table, the identity over any segments, and coverage."""

from math import fsum, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.decomposition import Segment, decompose
from latido.stats.estimate import Estimate, unknown
from latido.stats.shares import wilson

# Household headship in the United States by age: per cent of the population, and per cent heads of households,
# 1970 and 1985. Das Gupta (1993), Standardization and Decomposition of Rates: A User's Manual,
# US Bureau of the Census P23-186, table 5.1.
SIZE_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
SIZE_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
RATE_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
RATE_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]

COUNTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8
).filter(lambda rows: any(a or b for a, b, _c, _d in rows) and any(c or d for _a, _b, c, d in rows))


def exactly(value):
    return Estimate(value, value, value, 100)


def shares(rows):
    """Segments from (yes, no) before and (yes, no) after."""
    return [Segment(wilson(a, a + b), wilson(c, c + d), a + b, c + d) for a, b, c, d in rows]


def test_das_guptas_headship_rates():
    columns = zip(RATE_1970, RATE_1985, SIZE_1970, SIZE_1985, strict=True)
    parts = decompose([Segment(exactly(r0), exactly(r1), w0, w1) for r0, r1, w0, w1 in columns])
    assert (parts.before, parts.after) == pytest.approx((44.7268, 47.6940), abs=5e-5)
    assert (parts.rate.value, parts.mix, parts.change) == pytest.approx((1.7403, 1.2269, 2.9672), abs=5e-5)


@given(COUNTS)
def test_contributions_add_up_to_the_change_of_the_total(rows):
    parts = decompose(shares(rows))
    before, after = (
        sum(r[i] for r in rows) / sum(r[i] + r[i + 1] for r in rows) for i in (0, 2)
    )  # fmt: skip
    assert (parts.before, parts.after) == pytest.approx((before, after))
    assert fsum(p.total for p in parts.segments) == pytest.approx(after - before, abs=1e-12)
    assert parts.rate.value + parts.mix == pytest.approx(parts.change, abs=1e-12)


@given(COUNTS)
def test_backwards_everything_turns_its_sign(rows):
    there, back = decompose(shares(rows)), decompose(shares([(c, d, a, b) for a, b, c, d in rows]))
    assert [p.total for p in there.segments] == pytest.approx([-p.total for p in back.segments], abs=1e-12)


@given(COUNTS)
def test_without_changed_shares_all_of_it_is_rate(rows):
    doubled = [Segment(s.before, s.after, s.weight_before, 2 * s.weight_before) for s in shares(rows)]
    same = [s for s in doubled if s.after.known and s.weight_before]
    assert not same or decompose(same).mix == pytest.approx(0, abs=1e-12)


def test_every_segment_may_rise_while_the_total_falls():
    parts = decompose(shares([(90, 10, 46, 4), (10, 40, 60, 190)]))
    assert parts.change < 0
    assert all(p.rate.value > 0 for p in parts.segments)
    assert parts.mix < parts.change


def test_growing_below_the_average_pulls_down_and_shrinking_above_it_does_too():
    mixes = [p.mix for p in decompose(shares([(90, 10, 45, 5), (10, 40, 50, 200)])).segments]
    assert max(mixes) < 0


def test_a_new_segment_contributes_by_its_share_alone():
    new = decompose(shares([(80, 20, 80, 20), (0, 0, 10, 40)])).segments[1]
    assert (new.rate.value, new.rate.low, new.rate.high) == (0, 0, 0)
    # A third of the answers, 0.2 against a total that goes from 0.8 to 0.6.
    assert new.mix == pytest.approx(1 / 3 * (0.2 - 0.7))


def test_a_segment_without_weight_contributes_nothing():
    assert decompose(shares([(80, 20, 70, 30), (0, 0, 0, 0)])).segments[1].total == 0


def test_the_rates_interval_is_that_of_its_difference_at_the_average_share():
    (only,) = decompose(shares([(56, 14, 48, 32)])).segments
    assert (only.rate.low, only.rate.high) == pytest.approx((-0.3339, -0.0524), abs=5e-5)


def test_reaches_of_segments_add_as_squares():
    halves = [Segment(Estimate(0, -3, 3, 50), Estimate(4, 0, 8, 50), 1, 1)] * 2
    rate = decompose(halves).rate
    assert (rate.value, rate.low, rate.high) == pytest.approx((4, 4 - 5 / 2**0.5, 4 + 5 / 2**0.5))


def test_a_segment_that_says_nothing_leaves_the_whole_unsaid():
    parts = decompose([Segment(unknown(3), exactly(1), 3, 5), Segment(exactly(1), exactly(1), 5, 5)])
    assert isnan(parts.change)


def test_a_period_without_weight_is_refused():
    with pytest.raises(ValueError, match="no total"):
        decompose(shares([(5, 5, 0, 0)]))


def test_the_rate_parts_interval_covers_what_it_claims():
    # Three segments, shares fixed by design: the true rate part is known.
    random, sizes = np.random.default_rng(5), np.array([[120, 80, 40], [60, 90, 150]])
    rates = np.array([[0.9, 0.7, 0.4], [0.85, 0.75, 0.45]])
    weights = (sizes / sizes.sum(axis=1, keepdims=True)).mean(axis=0)
    truth = float(weights @ (rates[1] - rates[0]))
    yes = random.binomial(sizes, rates, (1500, 2, 3))
    runs = [shares([(*_split(k[0, i], sizes[0, i]), *_split(k[1, i], sizes[1, i])) for i in range(3)]) for k in yes]
    intervals = [decompose(run).rate for run in runs]
    assert np.mean([e.low <= truth <= e.high for e in intervals]) == pytest.approx(0.95, abs=0.02)


def _split(k, n):
    return int(k), int(n - k)
