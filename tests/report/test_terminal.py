"""Grids on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from latido.metrics.present import Cell, Column, Grid
from latido.report.terminal import console, fit, show

GRID = Grid(
    "Net Promoter Score",
    "points",
    (Column("team", right=False), Column("value"), Column("mean", spare=2), Column("trend", spare=3)),
    ((Cell("[red] Ventas"), Cell("31.2"), Cell("8.1"), Cell("▁▂▃▄▅▆▇█")),),
)


def printed(width: int, *, colour: bool = False) -> str:
    """What a terminal of this width shows."""
    out = StringIO()
    show(GRID, Console(file=out, width=width, force_terminal=colour, highlight=False))
    return out.getvalue()


def test_everything_is_shown_where_there_is_room() -> None:
    assert [c.heading for c in fit(GRID, 80).columns] == ["team", "value", "mean", "trend"]


@pytest.mark.parametrize(
    ("width", "left"), [(35, ["team", "value", "mean"]), (25, ["team", "value"]), (5, ["team", "value"])]
)
def test_the_most_spare_columns_give_way_first(width: int, left: list[str]) -> None:
    assert [c.heading for c in fit(GRID, width).columns] == left


def test_a_column_that_gave_way_is_named() -> None:
    assert "“trend”" in printed(35).replace("\n", " ")


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
