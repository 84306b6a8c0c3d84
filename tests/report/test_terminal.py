"""Grids on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from latido.metrics.present import Cell, Column, Grid
from latido.report.terminal import console, drawn, fit, show

GRID = Grid(
    "Net Promoter Score",
    "points",
    (Column("team", right=False), Column("value"), Column("mean", spare=2), Column("trend", spare=3)),
    ((Cell("[red] Ventas"), Cell("31.2 to 40.1", folded="31.2 to\n40.1"), Cell("8.1"), Cell("▁▂▃▄▅▆▇█")),),
)


def printed(width: int, *, colour: bool = False) -> str:
    """What a terminal of this width shows."""
    out = StringIO()
    show(GRID, Console(file=out, width=width, force_terminal=colour, highlight=False))
    return out.getvalue()


def test_everything_is_shown_where_there_is_room() -> None:
    assert [c.heading for c in fit(GRID, 80).columns] == ["team", "value", "mean", "trend"]


@pytest.mark.parametrize(("width", "left"), [(38, 4), (30, 3), (18, 2), (5, 2)])
def test_the_most_spare_columns_give_way_first(width: int, left: int) -> None:
    assert [c.heading for c in fit(GRID, width).columns] == ["team", "value", "mean", "trend"][:left]


def test_cells_are_folded_before_a_column_gives_way() -> None:
    fitted = fit(GRID, 38)
    assert (fitted.rows[0][1].text, len(fitted.columns)) == ("31.2 to\n40.1", 4)


def test_long_headings_are_folded_with_their_cells() -> None:
    long = Grid("", "", (Column("mean of the finished"), Column("n")), ((Cell("4 min"), Cell("12")),))
    assert fit(long, 20).columns[0].heading == "mean of\nthe\nfinished"


def test_months_without_a_figure_keep_their_place() -> None:
    months = Grid("", "", (Column("12 months", right=False),), ((Cell("     █     ▁"),),))
    assert [str(line) for line in drawn(months, 80)][-1] == "     █     ▁"


def test_columns_that_gave_way_are_named() -> None:
    assert "Not shown for want of room: trend, mean." in " ".join(printed(18).split())


def test_no_line_is_wider_than_the_terminal() -> None:
    assert max(map(len, printed(40).splitlines())) <= 40


def test_a_name_in_brackets_is_shown_as_it_is() -> None:
    assert "[red] Ventas" in printed(80)


def test_nothing_is_coloured_outside_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show(GRID, console())
    assert "\x1b" not in capsys.readouterr().out


def test_colours_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in printed(80, colour=True)


def test_the_width_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert console().width == 72
