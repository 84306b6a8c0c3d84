"""Traced rows on a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from latido.i18n import _, number
from latido.metrics.present import NOTHING, Cell, Column, Grid

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 40  # characters of a cell
SPARE = {"subject": 1, "comment": 2}  # what a narrow terminal can do without


def rows(frame: pd.DataFrame, limit: int, zone: ZoneInfo) -> Grid:
    """The first rows of a trace, instants in this zone, and how many rows there are."""
    # A column without a value says nothing, but that nothing was left out does.
    told = frame.loc[:, frame.notna().any() | (frame.columns == "left_out")]
    shown = told.head(limit)
    known = zip(shown.itertuples(index=False), shown.notna().itertuples(index=False), strict=True)
    cells = tuple(
        tuple(Cell(text(v, zone) if there else NOTHING) for v, there in zip(*row, strict=True)) for row in known
    )
    counted = _("{counted} of {all} rows count.", counted=int(frame["counted"].sum()), all=len(frame))
    rest = _("The first {limit} are shown; --csv prints all.", limit=limit)
    notes = (str(counted), str(rest)) if len(frame) > limit else (str(counted),)
    return Grid(
        "",
        str(zone),
        tuple(Column(str(name), right=False, spare=SPARE.get(str(name), 0)) for name in told.columns),
        cells,
        notes,
    )


def text(value: Any, zone: ZoneInfo) -> str:
    """A cell of a traced row: instants in this zone, long texts cut."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, int | float):
        return number(value)
    flat = " ".join(str(value).split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
