"""What is called a change: what cannot be chance, all comparisons considered."""

from __future__ import annotations

from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Change, Figure
from latido.stats.estimate import Estimate
from latido.web.pages.moved import _beyond_chance

NPS = METRICS["nps"]


def changed(value: float, low: float, high: float) -> Figure:
    """A figure that differs from another by so much."""
    estimate = Estimate(value, low, high, 100)
    return Figure({}, None, {"value": estimate}, change=Change(estimate, estimate, None))


def test_a_clear_change_stands_out_among_many_that_are_none() -> None:
    clear = changed(10, 6, 14)
    compared = [(NPS, clear), *((NPS, changed(1, -5, 7)) for _ in range(30))]
    assert _beyond_chance(compared) == [(NPS, clear)]


def test_a_change_that_one_in_twenty_would_show_is_not_called_one_among_thirty() -> None:
    compared = [(NPS, changed(6.1, 0.1, 12.1)), *((NPS, changed(1, -5, 7)) for _ in range(30))]
    assert _beyond_chance(compared) == []


def test_what_its_own_interval_calls_noise_is_not_called_a_change() -> None:
    assert _beyond_chance([(NPS, changed(10, -0.1, 11))]) == []


def test_nothing_compared_is_nothing_moved() -> None:
    assert _beyond_chance([]) == []
