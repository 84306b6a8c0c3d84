"""One page about a metric, for who wants paper: figure, chart, table, definition."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import typst

from latido.i18n import language
from latido.metrics.present import Grid, Tone
from latido.report.charts import built
from latido.report.charts.chart import Chart, Json, plain
from latido.report.charts.draw import svg
from latido.report.charts.engine import own_height
from latido.report.tokens import LIGHT

TEMPLATE = Path(__file__).with_name("page.typ")
WIDTH, HEIGHT = 700, 220
COLOURS: dict[Tone, str] = {"plain": "ink2", "muted": "warn", "good": "good", "bad": "bad"}


class Drawing(NamedTuple):
    """A chart and the sentence above it."""

    title: str
    chart: Chart


@dataclass(frozen=True)
class Page:
    """What is printed; every text is for people, in their language.

    Attributes:
        title: The metric.
        scope: Unit, span, filters: what the figure is a figure of.
        figure: The figure.
        evidence: Its interval and its n.
        state: How it stands against its target; empty without one.
        tone: Of the state.
        drawings: Charts.
        grid: The table; None for none.
        about: Heading → paragraphs: definition, source, traps.
        made: By whom, when, from which version of the data.
        author: The company.
    """

    title: str
    scope: str
    figure: str
    evidence: str
    state: str = ""
    tone: Tone = "plain"
    drawings: tuple[Drawing, ...] = ()
    grid: Grid | None = None
    about: tuple[tuple[str, tuple[str, ...]], ...] = ()
    made: str = ""
    author: str = "latido"


def pdf(page: Page) -> bytes:
    """The page as an accessible PDF (PDF/UA-1)."""
    told = json.dumps(_data(page), ensure_ascii=False)
    made = typst.compile(
        TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"page": told}, format="pdf", pdf_standards="ua-1"
    )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[built.DIST])


def _data(page: Page) -> dict[str, Json]:
    names = ("title", "scope", "figure", "evidence", "state", "about", "made", "author")
    return {
        **{name: plain(getattr(page, name)) for name in names},
        "language": language(),
        "tone": COLOURS[page.tone],
        "colours": {name: getattr(LIGHT, name) for name in ("ink", "ink2", "ink3", "line", "good", "bad", "warn")},
        "drawings": [
            {
                "title": one.title,
                "label": one.chart.label,
                "svg": svg(one.chart, width=WIDTH, height=_height(one.chart)),
            }
            for one in page.drawings
        ],
        **_table(page.grid),
    }


def _height(chart: Chart) -> int:
    """As high as the chart wants to be; else low enough for a page that holds all."""
    return own_height(chart) or HEIGHT


def _table(grid: Grid | None) -> dict[str, Json]:
    if grid is None:
        return {"table": "", "heads": [], "right": [], "rows": [], "notes": []}
    return {
        "table": grid.title,
        "heads": [column.heading for column in grid.columns],
        "right": [column.right for column in grid.columns],
        "rows": [[cell.text for cell in row] for row in grid.rows],
        "notes": plain(grid.notes),
    }
