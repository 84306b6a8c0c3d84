"""Two groups that are not of the same size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.allocation import shared, worth

SHARES = st.floats(0.01, 0.99)


@given(n=st.integers(1, 100_000), share=SHARES)
def test_unequal_groups_are_worth_as_much_as_the_equal_ones(n: int, share: float) -> None:
    one, other = shared(n, share)
    assert 1 / one + 1 / other <= 2 / n + 1e-9


@given(n=st.integers(1, 100_000), share=SHARES)
def test_a_person_less_would_not_be_enough(n: int, share: float) -> None:
    one, other = (part - 1 for part in shared(n, share))
    assert not one or not other or 1 / one + 1 / other >= 2 / n - 1e-9


@given(total=st.floats(1, 1e6), share=SHARES)
def test_what_groups_are_worth_is_the_other_way_round(total: float, share: float) -> None:
    one, other = total * share, total * (1 - share)
    assert worth(total, share) == pytest.approx(2 / (1 / one + 1 / other), rel=1e-6)


def test_equal_groups_are_themselves() -> None:
    assert shared(655, 0.5) == (655, 655)


@pytest.mark.parametrize("share", [0, 1])
def test_a_group_of_nobody_is_none(share: float) -> None:
    with pytest.raises(ValueError, match="somebody"):
        shared(10, share)
