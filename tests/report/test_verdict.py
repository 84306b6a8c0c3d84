"""Three states against a target, never two."""

from __future__ import annotations

from math import inf, nan

import pytest

from latido.report.verdict import Verdict, verdict
from latido.stats.estimate import Estimate, unknown


@pytest.mark.parametrize(
    ("low", "value", "high", "better", "expected"),
    [
        (86, 88, 90, "higher", Verdict.ON_TARGET),
        (85, 88, 90, "higher", Verdict.ON_TARGET),
        (80, 88, 90, "higher", Verdict.COMPATIBLE),
        (80, 82, 85, "higher", Verdict.COMPATIBLE),
        (70, 75, 84, "higher", Verdict.OFF_TARGET),
        (70, 75, 84, "lower", Verdict.ON_TARGET),
        (86, 88, 90, "lower", Verdict.OFF_TARGET),
        (80, 88, inf, "lower", Verdict.COMPATIBLE),
        (nan, 88, nan, "higher", Verdict.ON_TARGET),
    ],
)
def test_where_the_interval_lies_decides(low: float, value: float, high: float, better: str, expected: Verdict) -> None:
    assert verdict(Estimate(value, low, high, 100), 85, better) is expected  # type: ignore[arg-type]


def test_nothing_is_said_of_an_unknown_figure() -> None:
    assert verdict(unknown(), 85, "higher") is None


def test_nothing_is_said_where_neither_way_is_better() -> None:
    assert verdict(Estimate(88, 86, 90, 100), 85, None) is None


def test_a_state_never_rests_on_colour_alone() -> None:
    assert len({v.sign for v in Verdict}) == 3
