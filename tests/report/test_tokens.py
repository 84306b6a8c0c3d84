"""Colours: said once, readable in both themes."""

from __future__ import annotations

import pytest

from latido.report.tokens import PALETTES, Theme, chart_theme, css

GROUNDS = {
    "ink": ("bg", "surface", "raised"),
    "ink2": ("bg", "surface", "raised"),
    "ink3": ("bg", "surface", "raised"),
    "brand": ("surface", "raised", "brand_soft"),
    "good": ("surface", "raised", "good_soft"),
    "bad": ("surface", "raised", "bad_soft"),
    "warn": ("surface", "raised", "warn_soft"),
    "brand_ink": ("brand",),
}
PAIRS = [(theme, text, ground) for theme in PALETTES for text, grounds in GROUNDS.items() for ground in grounds]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(theme: Theme, text: str, ground: str) -> None:
    palette = PALETTES[theme]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
def test_what_is_drawn_stands_out_from_its_ground(theme: Theme) -> None:
    palette = PALETTES[theme]
    assert contrast(palette.brand, palette.surface) >= 3
    assert contrast(palette.pos, palette.surface) >= 3
    assert contrast(palette.neg, palette.surface) >= 3


@pytest.mark.parametrize(
    "name", ["--bg: #0d1117;", "--series-5: #8793a3;", "--scale-6: #053f53;", "color-scheme: dark;"]
)
def test_the_style_sheet_has_every_colour(name: str) -> None:
    assert name in css()


def test_who_chose_nothing_follows_the_system() -> None:
    assert ':root:not([data-theme="light"], [data-theme="dark"])' in css().partition("prefers-color-scheme: dark")[2]


def test_charts_have_the_same_colours() -> None:
    assert chart_theme("dark")["brand"] == PALETTES["dark"].brand
    assert chart_theme("dark")["dark"] is True
