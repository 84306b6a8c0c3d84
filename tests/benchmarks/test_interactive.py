"""What visits are told as: the median of each figure, a dash where there is none."""

from __future__ import annotations

from benchmarks.interactive import COLUMNS, table

NOTHING = dict.fromkeys(COLUMNS)


def visit(chart: float | None) -> dict[str, float | None]:
    return {**NOTHING, "first chart": chart}


def test_each_figure_is_the_median_of_its_visits() -> None:
    first, second = [visit(300), visit(100), visit(200)], [visit(50), visit(None), visit(70)]
    lines = table({"/": (first, second)}).splitlines()
    assert lines[2:] == [
        "| `/` | first | — | — | — | 200 | — | — | — |",
        "| `/` | second | — | — | — | 60 | — | — | — |",
    ]
