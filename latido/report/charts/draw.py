"""Charts where there is no browser: SVG by the browser's own chart code, and PNG from that."""

from __future__ import annotations

from typing import NamedTuple
from xml.sax.saxutils import escape

import resvg_py

from latido.i18n import language, nearest
from latido.report.charts import built, engine
from latido.report.charts.chart import Chart
from latido.report.tokens import PALETTES, Palette, Theme

WIDTH, HEIGHT = 860, 300
MARGIN = 24
TITLE, SUBTITLE, SOURCE = 17, 13, 11.5  # sizes in pixels


class Heading(NamedTuple):
    """What is written around a chart that leaves the application.

    Attributes:
        title: What it shows; it may take several lines.
        subtitle: Of what, when, where.
        source: Below: who measured it, from which data.
    """

    title: str
    subtitle: str = ""
    source: str = ""


class Line(NamedTuple):
    """A line of text and where its baseline is."""

    text: str
    y: float
    size: float
    weight: int
    colour: str


def svg(
    chart: Chart,
    *,
    width: int = WIDTH,
    height: int | None = None,
    theme: Theme = "light",
    code: str | None = None,
    heading: Heading | None = None,
) -> str:
    """A chart as SVG.

    Args:
        chart: What to draw.
        width: In pixels.
        height: In pixels, heading and all; None for what the chart wants.
        theme: Light or dark.
        code: Language of the numbers; None for the reader's. The texts are in the one that the chart was made in.
        heading: What is written around it.

    Raises:
        ConfigError: The build has not made what draws.
    """
    palette = PALETTES[theme]
    above = _above(heading, palette, width - 2 * MARGIN) if heading else []
    below = _below(heading, palette) if heading else []
    top, bottom = (above[-1].y + 14, 20 + 20 * len(below)) if above else (0, 0)
    total = height or round(top + bottom) + (engine.own_height(chart) or HEIGHT)
    side = MARGIN if heading else 0
    spoken = nearest(code) if code else language()
    inner = engine.drawn(chart, theme, spoken, width - 2 * side, round(total - top - bottom))
    lines = [*above, *(line._replace(y=total - line.y) for line in below)]
    placed = inner.replace("<svg ", f'<svg x="{side}" y="{round(top)}" ', 1)
    return _paper(width, total, palette, "".join(map(_text, lines)) + placed)


def png(
    chart: Chart,
    *,
    width: int = WIDTH,
    height: int | None = None,
    theme: Theme = "light",
    code: str | None = None,
    heading: Heading | None = None,
    scale: float = 2,
) -> bytes:
    """A chart as PNG; `scale` pixels of the picture are one of the drawing's, the rest is as for `svg`."""
    drawn = svg(chart, width=width, height=height, theme=theme, code=code, heading=heading)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=scale,
            skip_system_fonts=False,
            font_files=built.fonts(),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )


def _above(heading: Heading, palette: Palette, room: float) -> list[Line]:
    titles = built.wrapped(heading.title, TITLE, room, semibold=True)
    end = 18 + 23 * len(titles)
    return [
        *(Line(text, 41 + 23 * i, TITLE, 600, palette.ink) for i, text in enumerate(titles)),
        *(
            Line(text, end + 20 + 19 * i, SUBTITLE, 400, palette.ink3)
            for i, text in enumerate(built.wrapped(heading.subtitle, SUBTITLE, room))
        ),
    ]


def _below(heading: Heading, palette: Palette) -> list[Line]:
    """Its `y` counts from the bottom."""
    return [Line(heading.source, 18, SOURCE, 400, palette.ink3)] if heading.source else []


def _text(line: Line) -> str:
    style = f'font-family="{built.FONT}" font-size="{line.size}" font-weight="{line.weight}" fill="{line.colour}"'
    return f'<text x="{MARGIN}" y="{line.y}" {style}>{escape(line.text)}</text>'


def _paper(width: int, height: int, palette: Palette, inner: str) -> str:
    size = f'width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
    return f'{head}<rect {size} fill="{palette.surface}"/>{inner}</svg>'
