"""Instants as each system writes them."""

from __future__ import annotations

import numpy as np

from latido.demo.clock import local
from latido.demo.columns import Ints, Texts
from latido.demo.customers import NEVER


def iso(t: Ints) -> list[str]:
    """`2025-03-04T09:30:00Z`; empty for what never happened."""
    return _blank(t, [f"{s}Z" for s in _text(t)])


def offset(t: Ints, country: int) -> list[str]:
    """`2025-03-04 10:30:00 +0100`, by that country's clock."""
    wall = local(t, country)
    shift = (wall - t).tolist()
    return [f"{s.replace('T', ' ')} {_shift(d)}" for s, d in zip(_text(wall), shift, strict=True)]


def _shift(seconds: int) -> str:
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02d}{abs(seconds) % 3600 // 60:02d}"


def plain(t: Ints) -> list[str]:
    """`2025-03-04 09:30:00`, UTC."""
    return _blank(t, [s.replace("T", " ") for s in _text(t)])


def spanish(t: Ints) -> list[str]:
    """`04/03/2025 10:30:00`, by the clock of Madrid."""
    walls = [f"{s[8:10]}/{s[5:7]}/{s[:4]} {s[11:]}" for s in _text(local(t, 0))]
    return _blank(t, walls)


def spanish_day(t: Ints) -> list[str]:
    """`04/03/2025`, by the clock of Madrid; empty for what never happened."""
    return _blank(t, [f"{s[8:10]}/{s[5:7]}/{s[:4]}" for s in _text(local(t, 0))])


def _text(t: Ints) -> list[str]:
    found: list[str] = np.datetime_as_string(t.astype("datetime64[s]"), unit="s").tolist()
    return found


def _blank(t: Ints, shown: list[str]) -> list[str]:
    return ["" if never else s for s, never in zip(shown, (t >= NEVER).tolist(), strict=True)]


def named(names: tuple[str, ...], at: Ints) -> list[str]:
    """Names by position; empty for −1."""
    table: Texts = np.array([*names, ""], dtype=object)
    found: list[str] = table[at].tolist()
    return found
