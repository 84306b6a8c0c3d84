"""What moved, in words: only what holds, and what cannot be told from chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.i18n import Message, _, _n, number
from latido.metrics.names import dimension_name, value_name
from latido.metrics.present import Cell, Column, Grid, difference, quantity, span_label

if TYPE_CHECKING:
    from latido.insights.moved import Move, Moved


def sentence(move: Move) -> str:
    """One change: what fell or rose, by how much at least and at most, from what to what."""
    low, high = sorted((abs(move.difference.low), abs(move.difference.high)))
    unit = move.metric.unit
    told = {
        "subject": subject(move),
        "change": difference(abs(move.difference.value), unit),
        "low": difference(low, unit),
        "high": difference(high, unit),
        "before": quantity(move.then.value, unit),
        "after": quantity(move.now.value, unit),
    }
    if move.difference.value < 0:
        return str(_("{subject} fell by {change} ({low} to {high}), from {before} to {after}.", **told))
    return str(_("{subject} rose by {change} ({low} to {high}), from {before} to {after}.", **told))


def subject(move: Move) -> str:
    """The metric, and the segment in brackets where it is one: `CSAT (Channel: Chat)`."""
    where = segment(move)
    return f"{move.metric.label} ({where})" if where else str(move.metric.label)


def segment(move: Move) -> str:
    """The segment in words; empty for all rows."""
    told = ((dimension_name(name), value_name(name, value)) for name, value in move.where.items())
    return " · ".join(f"{name}: {value}" for name, value in told if value)


def rest(found: Moved) -> str:
    """What is said of everything that is not told as a change."""
    others = found.compared - len(found.moves)
    if not found.moves:
        return str(_n("The one difference that was compared cannot be told from chance.",
                      "None of {count} differences that were compared can be told from chance.", others))  # fmt: skip
    return str(_n("One other difference was compared and cannot be told from chance.",
                  "{count} other differences were compared and cannot be told from chance.", others))  # fmt: skip


def grid(found: Moved, most: int) -> Grid:
    """The changes as a table, the clearest first."""
    shown = found.leading[:most]
    columns = (
        Column(str(_("metric")), right=False), Column(str(_("segment")), right=False, spare=1),
        Column(str(_("before")), spare=2), Column(str(_("now"))), Column(str(_("change"))),
        Column(str(_("95% interval"))), Column("q", spare=3), Column("n", spare=4),
    )  # fmt: skip
    return Grid(str(_("What moved")), _spans(found), columns, tuple(map(_cells, shown)), notes(found, len(shown)))


def notes(found: Moved, shown: int) -> tuple[str, ...]:
    """How many more there are, what the others are, and what was not compared."""
    told: list[str | Message] = []
    if len(found.moves) > shown:
        told.append(_n("One more segment moved that contains one of these, or lies within it.",
                       "{count} more segments moved; most contain one of these, or lie within one.",
                       len(found.moves) - shown))  # fmt: skip
    told.append(rest(found))
    if found.moves:
        told.append(_("Of what is told, at most one in twenty is expected to be chance."))
    if found.small:
        told.append(_n("One segment was too small to compare.", "{count} segments were too small to compare.",
                       found.small))  # fmt: skip
    return tuple(map(str, told))


def _spans(found: Moved) -> str:
    this, that = (span_label(period.start, period.end) for period in (found.now, found.then))
    return str(_("{this} against {that}", this=this, that=that))


def _cells(move: Move) -> tuple[Cell, ...]:
    unit, change = move.metric.unit, move.difference
    better = move.metric.better
    good = (change.value > 0) == (better == "higher")
    interval = _("{low} to {high}", low=difference(change.low, unit), high=difference(change.high, unit))
    return (
        Cell(str(move.metric.label)),
        Cell(segment(move)),
        Cell(quantity(move.then.value, unit)),
        Cell(quantity(move.now.value, unit)),
        Cell(difference(change.value, unit), "plain" if better is None else "good" if good else "bad"),
        Cell(str(interval), "muted"),
        Cell(number(move.q, 4)),
        Cell(number(move.now.n)),
    )
