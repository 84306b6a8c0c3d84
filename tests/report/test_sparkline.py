"""A series in one line."""

from __future__ import annotations

from math import inf, nan

import pytest

from latido.report.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"),
        ([8, 1], "█▁"),
        ([-10, 0, 10], "▁▅█"),
        ([5, 5], "▅▅"),
        ([1, nan, 2], "▁ █"),
        ([1, inf, 2], "▁ █"),
        ([nan], ""),
        ([], ""),
    ],
)
def test_the_lowest_and_highest_fill_the_scale(values: list[float], line: str) -> None:
    assert sparkline(values) == line
