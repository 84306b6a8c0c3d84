"""Traced rows on a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from latido.i18n import _, number
from latido.metrics.present import NOTHING, Cell, Column, Grid

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 40  # characters of a cell


def rows(frame: pd.DataFrame, limit: int) -> Grid:
    """The first rows of a trace, and how many there are."""
    shown = frame.head(limit)
    known = zip(shown.itertuples(index=False), shown.notna().itertuples(index=False), strict=True)
    cells = tuple(tuple(Cell(_text(v) if there else NOTHING) for v, there in zip(*row, strict=True)) for row in known)
    counted = _("{counted} of {all} rows count.", counted=int(frame["counted"].sum()), all=len(frame))
    rest = _("The first {limit} are shown; --csv prints all.", limit=limit)
    notes = (str(counted), str(rest)) if len(frame) > limit else (str(counted),)
    return Grid("", "", tuple(Column(str(name), right=False) for name in frame.columns), cells, notes)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, int | float):
        return number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
