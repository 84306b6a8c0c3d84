"""What moved, as tables: the changes, each metric as a whole, and what each segment made of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan
from typing import TYPE_CHECKING

from latido.i18n import _, number, percent
from latido.metrics.names import dimension_name
from latido.metrics.present import NOTHING, Cell, Column, Grid, Tone, difference, quantity
from latido.report.moves import bare, part_label, segment, spans

if TYPE_CHECKING:
    from latido.insights.moved import Breakdown, Move, Moved, Part

_LEAST = 0.0001


def grid(found: Moved, moves: Sequence[Move], said: tuple[str, ...] = ()) -> Grid:
    """Changes that are told, in the order given, with what is said beneath them."""
    return Grid(str(_("What moved")), spans(found), _columns(), tuple(map(_cells, moves)), said)


def totals(found: Moved) -> Grid:
    """Each metric as a whole, and what could have been seen of it."""
    return Grid(
        str(_("Each metric as a whole")),
        spans(found),
        (*_columns(), Column(str(_("what it says")), right=False, spare=1)),
        tuple((*_cells(move), _told(move)) for move in found.totals if move.difference.known),
        (str(_("How many it takes is for a difference that stands by itself, seen four times in five.")),),
    )


def made_of(breakdowns: Sequence[Breakdown]) -> Grid:
    """What each segment made of the change of a whole."""
    columns = (
        Column(str(_("metric")), right=False), Column(str(_("by")), right=False),
        Column(str(_("segment")), right=False), Column(str(_("made of the change"))),
        Column(str(_("by its own figure"))), Column(str(_("95% interval")), spare=2),
        Column(str(_("by its part of all"))), Column(str(_("part before")), spare=3),
        Column(str(_("part now")), spare=1),
    )  # fmt: skip
    rows = tuple(_made(breakdown, part) for breakdown in breakdowns for part in breakdown.parts)
    said = _("An own figure whose change cannot be told from chance is grey. This is arithmetic, not cause.")
    return Grid(str(_("What each segment made of it")), "", columns, rows, (str(said),))


def _columns() -> tuple[Column, ...]:
    return (
        Column(str(_("metric")), right=False), Column(str(_("segment")), right=False, spare=1),
        Column(str(_("before")), spare=2), Column(str(_("now"))), Column(str(_("change"))),
        Column(str(_("95% interval"))), Column("q", spare=3), Column("n", spare=4),
        Column(str(_("least that would show")), spare=7), Column(str(_("n to see 5 points or 10%")), spare=6),
        Column(str(_("n to see 12 points or 25%")), spare=5),
    )  # fmt: skip


def _cells(move: Move) -> tuple[Cell, ...]:
    unit, change = move.metric.unit, move.difference
    interval = _("{low} to {high}", low=bare(change.low, unit), high=bare(change.high, unit))
    few, many = move.needed
    return (
        Cell(str(move.metric.label)),
        Cell(segment(move)),
        Cell(quantity(move.then.value, unit)),
        Cell(quantity(move.now.value, unit)),
        Cell(difference(change.value, unit), tone(move)),
        Cell(str(interval), "muted"),
        Cell(_chance(move.q)),
        Cell(number(move.now.n)),
        Cell(difference(move.visible, unit) if move.visible > 0 else NOTHING),
        Cell(_count(few)),
        Cell(_count(many)),
    )


def tone(move: Move) -> Tone:
    """What a change means for the eye: good or bad where it holds and the metric has a better side."""
    if not move.holds:
        return "muted"
    if move.metric.better is None:
        return "plain"
    return "good" if (move.difference.value > 0) == (move.metric.better == "higher") else "bad"


def _told(move: Move) -> Cell:
    if not move.holds:
        return Cell(str(_("cannot be told from chance")), "muted")
    return Cell(str(_("rose") if move.difference.value > 0 else _("fell")), tone(move))


def _chance(q: float) -> str:
    """A q-value, of which nobody needs more than four digits."""
    if isnan(q):
        return NOTHING
    return number(q, 4) if q >= _LEAST else f"< {number(_LEAST, 4)}"


def _count(n: float) -> str:
    return number(n) if isfinite(n) else NOTHING


def _made(breakdown: Breakdown, part: Part) -> tuple[Cell, ...]:
    unit, own = breakdown.total.metric.unit, part.contribution
    low, high = bare(own.rate.low, unit), bare(own.rate.high, unit)
    sure: Tone = "plain" if part.holds else "muted"
    return (
        Cell(str(breakdown.total.metric.label)),
        Cell(dimension_name(breakdown.dimension)),
        Cell(part_label(breakdown, part)),
        Cell(bare(own.total, unit)),
        Cell(bare(own.rate.value, unit), sure),
        Cell(str(_("{low} to {high}", low=low, high=high)), "muted"),
        Cell(bare(own.mix, unit)),
        Cell(percent(own.share_before)),
        Cell(percent(own.share_after)),
    )
