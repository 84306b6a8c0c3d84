"""The share that still waits, read off the curve of resolution times."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, of, told


def test_who_is_censored_counts_as_long_as_he_was_seen_waiting() -> None:
    # 8/9 at 50 minutes, × 7/8, × 6/7; one is closed unsolved at 200; × 4/5 at 300, × 3/4 at 500.
    day = measure("unresolved_after", told(), UP_TO_END, where=of("solves")).figure.parts["24h"]
    assert (day.value, day.n) == (pytest.approx(40), 9)


def test_the_curve_is_read_at_the_hours_of_the_settings() -> None:
    assert list(measure("unresolved_after", told(), UP_TO_END).figure.parts) == ["24h", "4h", "72h", "168h", "720h"]


def test_the_interval_stays_within_0_and_100() -> None:
    parts = measure("unresolved_after", told(), UP_TO_END, where=of("again")).figure.parts.values()
    assert all(0 <= p.low <= p.value <= p.high <= 100 for p in parts if p.known)
