"""What moved, in words: only what holds, and what cannot be told from chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING

from latido.i18n import Message, _, _n
from latido.metrics.names import dimension_name, value_name
from latido.metrics.present import NOTHING, difference, quantity, span_label
from latido.report.charts.by_group import COUNTS
from latido.report.sizes import size

if TYPE_CHECKING:
    from latido.insights.moved import Breakdown, Move, Moved, Part

MOST = 3  # segments of one dimension that a sentence names
_SAID = 0.05  # parts of a change that are less of it than this are not told apart
_MOSTLY = 0.5  # of a change; what the changed parts of the whole made of it is then told by itself
_POINTS = frozenset({"%", "points"})

UNTESTED: dict[str, Message] = {
    "untestable": _("nothing says of single segments how much of a difference is chance"),
    "protected": _("people in small groups could be recognised"),
    "long_run": _("what began in the period says nothing of it yet"),
    "unsettled": _("what is not finished yet makes the latest differ from what was before"),
    "incomplete": _("the data do not cover both periods from end to end"),
    "unfiltered": _("what is filtered by is not known of them"),
}
_ORDER = tuple(UNTESTED)


def sentence(move: Move) -> str:
    """One change: what fell or rose, by how much at least and at most, from what to what."""
    low, high = sorted((abs(move.difference.low), abs(move.difference.high)))
    unit = move.metric.unit
    told = {
        "subject": subject(move),
        "change": amount(abs(move.difference.value), unit),
        "low": bare(low, unit),
        "high": bare(high, unit),
        "before": quantity(move.then.value, unit),
        "after": quantity(move.now.value, unit),
    }
    if move.difference.value < 0:
        return str(_("{subject} fell by {change} ({low} to {high}), from {before} to {after}.", **told))
    return str(_("{subject} rose by {change} ({low} to {high}), from {before} to {after}.", **told))


def subject(move: Move) -> str:
    """The metric, and the segment where it is one: `CSAT, channel Chat,`."""
    told = _named(move.where.items())
    spoken = ", ".join(f"{_begun(name)} {value}" for name, value in told)
    return f"{move.metric.label}, {spoken}," if spoken else str(move.metric.label)


def segment(move: Move) -> str:
    """The segment for a table; empty for all rows."""
    return " · ".join(f"{name}: {value}" for name, value in _named(move.where.items()))


def amount(value: float, unit: str) -> str:
    """How large a difference is; that of two percentages is in points, which the two figures beside it explain."""
    return size(value, "points" if unit in _POINTS else unit)


def bare(value: float, unit: str) -> str:
    """The same without its unit, where that stands beside it already."""
    said, nothing = (_bare(one, unit) for one in (value, 0.0))
    return nothing if said == f"−{nothing}" else said


def _bare(value: float, unit: str) -> str:
    whole = unit in COUNTS and isfinite(value)
    return difference(round(value) if whole else value, "points" if unit in _POINTS else unit)


def rest(found: Moved) -> str:
    """What is said of everything that is not told as a change."""
    if not found.compared:
        return str(_("Nothing could be compared: in one of the two periods there are too few values of everything."))
    others = found.compared - len(found.moves)
    if not found.moves:
        return str(_n("The one difference that was compared cannot be told from chance.",
                      "None of {count} differences that were compared can be told from chance.", others))  # fmt: skip
    return str(_n("One other difference was compared and cannot be told from chance.",
                  "{count} other differences were compared and cannot be told from chance.", others))  # fmt: skip


def notes(found: Moved, shown: int) -> tuple[str, ...]:
    """How many more there are, what the others are, and what was not compared.

    Args:
        found: What was found.
        shown: How many of its leading changes are shown.
    """
    told: list[str | Message] = []
    if (unseen := len(found.leading) - shown) > 0:
        told.append(_n("One more change is not shown here.", "{count} more changes are not shown here.", unseen))
    if echoes := len(found.moves) - len(found.leading):
        told.append(_n("One more segment moved that contains a clearer one, or lies within it.",
                       "{count} more segments moved that contain a clearer one, or lie within it.",
                       echoes))  # fmt: skip
    told.append(rest(found))
    if found.moves:
        told.append(_("Of what is told, at most one in twenty is expected to be chance."))
    if found.small:
        told.append(_n("One segment was too small to compare.", "{count} segments were too small to compare.",
                       found.small))  # fmt: skip
    if any(move.metric.unit == "s" for move in found.moves):
        told.append(_("Times are medians: one half waited less, the other half longer."))
    return tuple(map(str, told))


def untested(found: Moved) -> tuple[str, ...]:
    """Metrics of which nothing was compared, by the reason."""
    ordered = sorted(found.untested, key=lambda each: _ORDER.index(each.reason))
    return tuple(
        f"{', '.join(str(each.metric.label) for each in group)}: {UNTESTED[reason]}."
        for reason, group in groupby(ordered, key=lambda each: each.reason)
    )


def spans(found: Moved) -> str:
    """The two periods."""
    this, that = (span_label(period.start, period.end) for period in (found.now, found.then))
    return str(_("{this} against {that}", this=this, that=that))


def contributions(breakdown: Breakdown) -> tuple[str, ...]:
    """What the segments of one dimension made of a total's change: those that are told, and their changed parts."""
    named = " ".join(str(text) for text in (_segments(breakdown), _others(breakdown)) if text)
    return tuple(str(text) for text in (named, _mixed(breakdown)) if text)


def part_label(breakdown: Breakdown, part: Part) -> str:
    """A segment of a dimension; a dash for what has none."""
    return value_name(breakdown.dimension, part.value) or NOTHING


def _leading(breakdown: Breakdown) -> list[Part]:
    return [part for part in breakdown.leading if abs(part.contribution.total) >= _SAID * _change(breakdown)]


def _segments(breakdown: Breakdown) -> Message | None:
    leading = _leading(breakdown)
    if not leading:
        return None
    more = len(leading) - MOST
    listed = "; ".join(_part(breakdown, part) for part in leading[:MOST])
    told = {"dimension": _begun(dimension_name(breakdown.dimension)), "listed": listed}
    if more > 0:
        return _n("By {dimension}: {listed}; and one more.", "By {dimension}: {listed}; and {count} more.",
                  more, **told)  # fmt: skip
    return _("By {dimension}: {listed}.", **told)


def _others(breakdown: Breakdown) -> Message | None:
    """What the segments leave of the change that are not among those told."""
    leading, change, unit = _leading(breakdown), breakdown.total.difference.value, breakdown.total.metric.unit
    left = change - sum(part.contribution.total for part in leading)
    if not leading or abs(left) < _SAID * abs(change):
        return None
    if left * change > 0:
        return _("The other {left} is spread over segments that say little by themselves.",
                 left=bare(abs(left), unit))  # fmt: skip
    return _("The others went the other way, by {left} together.", left=bare(abs(left), unit))


def _part(breakdown: Breakdown, part: Part) -> str:
    """`Chat makes 4.1 of it (its own figure 3.5, its larger part of all 0.6)`, counted the way the whole went."""
    unit, way = breakdown.total.metric.unit, 1 if breakdown.total.difference.value > 0 else -1
    own = part.contribution
    told = {"segment": part_label(breakdown, part), "made": bare(way * own.total, unit)}
    if abs(own.mix) < _SAID * _change(breakdown):
        return str(_("{segment} makes {made} of it", **told))
    told |= {"own": bare(way * own.rate.value, unit), "mix": bare(way * own.mix, unit)}
    if own.share_after > own.share_before:
        return str(_("{segment} makes {made} of it (its own figure {own}, its larger part of all {mix})", **told))
    return str(_("{segment} makes {made} of it (its own figure {own}, its smaller part of all {mix})", **told))


def _mixed(breakdown: Breakdown) -> Message | None:
    change, unit = breakdown.total.difference.value, breakdown.total.metric.unit
    if breakdown.mix * change <= 0 or abs(breakdown.mix) < _MOSTLY * abs(change):
        return None
    return _(
        "By {dimension}, {mix} of it comes from larger and smaller parts of all, not from the figures themselves.",
        dimension=_begun(dimension_name(breakdown.dimension)), mix=bare(abs(breakdown.mix), unit),
    )  # fmt: skip


def _change(breakdown: Breakdown) -> float:
    return abs(breakdown.total.difference.value)


def _begun(name: str) -> str:
    """A name as it is written within a sentence."""
    return name[:1].lower() + name[1:]


def _named(where: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Dimensions and their values as people call them; what has no value is not said."""
    told = ((dimension_name(name), value_name(name, value)) for name, value in where)
    return ((name, value) for name, value in told if value)
