"""The small course on a card."""

from __future__ import annotations

from math import inf, nan

from latido.report.charts import sparkline_svg
from latido.report.charts.spark import HEIGHT, WIDTH


def heights(points: str) -> list[float]:
    """The heights of some points."""
    return [float(point.split(",")[1]) for point in points.split()]


def test_a_rising_figure_rises() -> None:
    found = sparkline_svg([1, 2, 3])
    assert found is not None
    assert heights(found.lines[0]) == sorted(heights(found.lines[0]), reverse=True)
    assert found.end == (WIDTH, heights(found.lines[0])[-1])


def test_a_gap_parts_the_line_and_its_band() -> None:
    found = sparkline_svg([1, 2, nan, 3, 4], [0, 1, nan, 2, 3], [2, 3, nan, 4, 5])
    assert found is not None
    assert (len(found.lines), len(found.bands)) == (2, 2)


def test_the_end_is_the_last_that_is_known() -> None:
    found = sparkline_svg([1, 2, nan])
    assert found is not None
    assert found.end is not None
    assert found.end[0] == WIDTH / 2


def test_an_endless_interval_has_no_band() -> None:
    found = sparkline_svg([1, 2], [0, nan], [inf, inf])
    assert found is not None
    assert found.bands == ()


def test_a_huge_interval_does_not_flatten_the_line() -> None:
    found = sparkline_svg([1, 2, 1], [-1000, 0, 0], [1000, 3, 2])
    assert found is not None
    assert max(heights(found.lines[0])) - min(heights(found.lines[0])) > HEIGHT / 4
    assert all(0 <= y <= HEIGHT for y in heights(found.bands[0]))


def test_the_target_has_a_place_even_far_from_the_line() -> None:
    found = sparkline_svg([1, 2], target=100)
    assert found is not None
    assert found.target is not None
    assert found.target < min(heights(found.lines[0]))


def test_what_never_changes_is_a_level_line() -> None:
    found = sparkline_svg([5, 5, 5])
    assert found is not None
    assert len(set(heights(found.lines[0]))) == 1


def test_one_value_is_a_dot() -> None:
    found = sparkline_svg([5])
    assert found is not None
    assert found.end is not None


def test_nothing_known_is_nothing_to_draw() -> None:
    assert sparkline_svg([]) is None
    assert sparkline_svg([nan, None, inf]) is None
