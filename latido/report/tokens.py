"""The one source of colours: CSS custom properties, charts in the browser, and charts drawn on the server.

The build hook of the wheel loads this file by its path: it imports nothing of latido.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

Theme = Literal["light", "dark"]
FONT = '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'


@dataclass(frozen=True)
class Palette:
    """The colours of a theme.

    Attributes:
        bg: Ground of the page.
        surface: Cards and panels.
        raised: Feet of cards, hovered rows.
        line: Hairlines.
        line2: Edges of what can be touched.
        ink: Text.
        ink2: Labels.
        ink3: What may be read last; still at least 4.5 : 1 on every ground.
        brand: Links, the selected, the one series of a chart.
        brand_ink: Text on `brand`.
        brand_soft: Ground of the selected.
        good: A figure or change that is good.
        good_soft: Its ground.
        bad: One that is bad.
        bad_soft: Its ground.
        warn: One that wants attention.
        warn_soft: Its ground.
        pos: Above zero, in data.
        neg: Below zero, in data.
        neutral: Not distinguishable from zero, in data.
        grid: Lines of a chart.
        shadow: Of a card.
        series: Colours of several series, told apart without red against green.
        scale: Steps of a heat map, from little to much.
    """

    bg: str
    surface: str
    raised: str
    line: str
    line2: str
    ink: str
    ink2: str
    ink3: str
    brand: str
    brand_ink: str
    brand_soft: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    warn: str
    warn_soft: str
    pos: str
    neg: str
    neutral: str
    grid: str
    shadow: str
    series: tuple[str, ...]
    scale: tuple[str, ...]


LIGHT = Palette(
    bg="#f5f6f8",
    surface="#ffffff",
    raised="#fbfcfd",
    line="#e2e6ec",
    line2="#cdd4dd",
    ink="#12181f",
    ink2="#46515f",
    ink3="#626e7d",
    brand="#0b6e8a",
    brand_ink="#ffffff",
    brand_soft="#e3f1f5",
    good="#0a7a52",
    good_soft="#e6f5ee",
    bad="#b93815",
    bad_soft="#fdeee8",
    warn="#8a5a00",
    warn_soft="#fdf1d8",
    pos="#1b8a9e",
    neg="#d9632c",
    neutral="#9aa5b3",
    grid="#e9ecf1",
    shadow="0 1px 2px rgb(16 24 40 / 5%), 0 1px 3px rgb(16 24 40 / 4%)",
    series=("#0b6e8a", "#e08a2e", "#6b5fc7", "#3b9c72", "#c2528b", "#8793a3"),
    scale=("#eef4f6", "#cfe5ea", "#9ecdd8", "#5fabbd", "#25869f", "#0b6079", "#053f53"),
)

DARK = Palette(
    bg="#0d1117",
    surface="#151b23",
    raised="#1a212b",
    line="#252e3a",
    line2="#364252",
    ink="#e9eef4",
    ink2="#b4bfcc",
    ink3="#8d99a9",
    brand="#4cc0da",
    brand_ink="#06222b",
    brand_soft="#12313b",
    good="#46cf98",
    good_soft="#10302a",
    bad="#ff8f66",
    bad_soft="#3a1f17",
    warn="#f0b955",
    warn_soft="#35290f",
    pos="#37b3c9",
    neg="#f0834c",
    neutral="#687587",
    grid="#212934",
    shadow="none",
    series=("#4cc0da", "#f0a350", "#9d92f0", "#5cc796", "#e07db0", "#8d99a9"),
    scale=("#18222c", "#17323d", "#184b59", "#1c6a7c", "#2891a6", "#55bccf", "#a5e6ef"),
)

PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}


def chart_theme(theme: Theme) -> dict[str, str | tuple[str, ...] | bool]:
    """The colours as the builders of charts take them."""
    palette = PALETTES[theme]
    colours = {field.name: getattr(palette, field.name) for field in fields(Palette)}
    return {**colours, "dark": theme == "dark", "font": FONT}


def css() -> str:
    """Both themes as custom properties.

    `data-theme` on the root chooses `light` or `dark`; `system`, and a page that says nothing, follow the reader's
    system.
    """
    return "\n".join(
        (
            _rule(":root", "light"),
            _rule(':root[data-theme="dark"]', "dark"),
            "@media (prefers-color-scheme: dark) {",
            _rule(':root:not([data-theme="light"], [data-theme="dark"])', "dark"),
            "}\n",
        )
    )


def _rule(selector: str, theme: Theme) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in _properties(PALETTES[theme]))
    return f"{selector} {{\n  color-scheme: {theme};\n  --font: {FONT};\n{lines}}}"


def _properties(palette: Palette) -> Iterator[tuple[str, str]]:
    """`ink2` becomes `--ink2`, the third of `series` `--series-2`."""
    for field in fields(Palette):
        value = getattr(palette, field.name)
        name = "--" + field.name.replace("_", "-")
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((f"{name}-{i}", colour) for i, colour in enumerate(value))
