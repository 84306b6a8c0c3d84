"""Drivers drawn: bars of their shares, and a map of how much each weighs by how good the company is at it.

Places are in per cent of the drawing, so that it can be as wide as there is room and its letters stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import hypot, isnan
from typing import TYPE_CHECKING, Literal

from latido.i18n import Message, _, duration, percent
from latido.metrics.units.variable import HOUR
from latido.report.drivers import bounds, digits, direction, name, per_step, plain, signed, step

if TYPE_CHECKING:
    from latido.insights.drivers import Explained, Ranked
    from latido.insights.drivers.found import Place
    from latido.metrics.units import Variable

Anchor = Literal["start", "middle", "end"]
SHORT: dict[str, Message] = {
    "improve": _("Improve first"), "keep": _("Keep it up"), "next": _("Comes later"), "fine": _("Good enough"),
    "against": _("Look closer"), "unclear": _("Cannot be told from chance"),
}  # fmt: skip
WIDE, NARROW = (480, 360), (300, 300)  # pixels for which labels are laid out; wider than that they only gain room
_DOT = 11  # radius, with a number in it
_LETTER, _LINE = 6.9, 18  # pixels
_MOST = 30  # letters of a name beside its dot
_EDGE = 0.08  # of the drawing, that no driver lies in
# Where a name may stand beside its dot: steps to its middle in half-widths and lines, and how it is held.
_BESIDE: tuple[tuple[float, float, Anchor], ...] = (
    (1, 0, "start"), (-1, 0, "end"), (0, -1.3, "middle"), (0, 1.3, "middle"), (1, -1, "start"), (1, 1, "start"),
    (-1, -1, "end"), (-1, 1, "end"), (0, -2.2, "middle"), (0, 2.2, "middle"),
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One driver's share, drawn.

    Attributes:
        rank: Its place.
        name: What it is.
        width: Its share, of the drawing's width.
        low: Where its interval begins.
        high: Where it ends.
        share: The share in letters.
        interval: Its interval in letters.
        icon: Which way it goes: `trending-up`, `trending-down`, or none where it cannot be told.
        word: The same in words.
        tone: `good`, `bad`, `plain`, or `muted` where it cannot be told.
        effect: What each step of it goes with.
        known: Its interval.
        warning: What has to be said beside it; empty for nothing.
    """

    rank: int
    name: str
    width: float
    low: float
    high: float
    share: str
    interval: str
    icon: str
    word: str
    tone: str
    effect: str
    known: str
    warning: str


@dataclass(frozen=True)
class Spot:
    """A driver on the map, in per cent of the drawing.

    Attributes:
        rank: Its number.
        name: Its name, cut where it is long; empty where there is no room for it.
        place: Its quarter.
        x: Where it truly lies, from worst to best.
        y: Where it truly lies, from above.
        dot: Where its dot is drawn, apart from the others'.
        label: Where its name stands.
        anchor: By which end that is held.
    """

    rank: int
    name: str
    place: Place
    x: float
    y: float
    dot: tuple[float, float]
    label: tuple[float, float] = (0, 0)
    anchor: Anchor = "start"

    @property
    def moved(self) -> bool:
        """Whether the dot had to give way to another."""
        return hypot(self.dot[0] - self.x, self.dot[1] - self.y) > 1


@dataclass(frozen=True)
class Layout:
    """The map at one width.

    Attributes:
        name: `wide` or `narrow`.
        spots: The drivers.
        across: Where the line between worse and better than usual stands.
        along: Where the line between weighing more and less than an equal share stands.
    """

    name: str
    spots: tuple[Spot, ...]
    across: float
    along: float


@dataclass(frozen=True)
class Quarter:
    """Drivers of one quarter of the map."""

    place: str
    label: str
    drivers: tuple[tuple[int, str], ...]


def bars(found: Explained) -> tuple[Bar, ...]:
    """The drivers' shares, the largest first."""
    most = max(1.0, *(each.driver.share.high for each in found.ranked))
    return tuple(_bar(found, rank, each, most) for rank, each in enumerate(found.ranked, 1))


def _bar(found: Explained, rank: int, each: Ranked, most: float) -> Bar:
    share, effect = each.driver.share, per_step(each)
    word, tone = direction(found, each)
    icon = "" if not each.driver.holds else "trending-up" if effect.value > 0 else "trending-down"
    warnings = [_("Better goes with worse here: look closer.")] if found.against(each) else []
    warnings += [_("Hardly told apart from the others.")] if each.alike else []
    wide, low, high = (round(100 * value / most, 2) for value in (share.value, share.low, share.high))
    return Bar(
        rank=rank, name=name(each.variable), width=wide, low=low, high=high, share=percent(share.value / 100),
        interval=f"{percent(share.low / 100)} – {percent(share.high / 100)}", icon=icon, word=word.partition(" ")[2],
        tone=tone, effect=f"{step(each.variable)[1]}: {signed(effect.value, digits(effect))}", known=bounds(effect),
        warning=" ".join(map(str, warnings)),
    )  # fmt: skip


def quarters(found: Explained) -> tuple[Quarter, ...]:
    """Which drivers lie in which quarter, those to begin with first."""
    told = [(rank, each, found.place(each)) for rank, each in enumerate(found.ranked, 1)]
    groups = [
        (place, tuple((rank, name(each.variable)) for rank, each, own in told if own == place)) for place in SHORT
    ]
    return tuple(Quarter(place, str(SHORT[place]), drivers) for place, drivers in groups if drivers)


def layouts(found: Explained) -> tuple[Layout, ...]:
    """The map for a wide and for a narrow drawing; none where fewer than two drivers have a level."""
    placed = [each for each in found.ranked if found.place(each)]
    if len(placed) < 2:
        return ()
    return _layout(found, placed, "wide", WIDE), _layout(found, placed, "narrow", NARROW)


def level_said(each: Ranked) -> str:
    """Where a driver lies between what and what."""
    level = each.level
    if level is None or isnan(level.position):
        return ""
    worst, best = _level(level.worst, each.variable), _level(level.best, each.variable)
    ends = _("of {worst} (worst) to {best} (best)", worst=worst, best=best)
    tenths = _("of {worst} (worst tenth) to {best} (best tenth)", worst=worst, best=best)
    return f"{plain(level.position, 0)}: {_level(level.mean, each.variable)} {ends if level.scale else tenths}"


def _level(value: float, variable: Variable) -> str:
    """A level as people say it: of a wait that counts in doublings, the wait itself."""
    if variable.unit == "doublings":
        return duration(HOUR * (2**value - 1))
    return plain(value, 0 if float(value).is_integer() else 1 if abs(value) >= 10 else 2)


def _layout(found: Explained, placed: Sequence[Ranked], title: str, size: tuple[int, int]) -> Layout:
    levels = [each.level.position for each in placed if each.level]
    shares = [each.driver.share.value for each in placed]
    x_of, y_of = _scale([*levels, found.usual]), _scale([*shares, found.equal, 0.0])
    spots = [
        Spot(found.ranked.index(each) + 1, name(each.variable), found.place(each), x_of(level), 100 - y_of(share),
             (x_of(level), 100 - y_of(share)))
        for each, level, share in zip(placed, levels, shares, strict=True)
    ]  # fmt: skip
    apart = _apart(spots, size)
    labelled = _labelled(apart, size) if title == "wide" else [replace(spot, name="") for spot in apart]
    return Layout(title, tuple(labelled), x_of(found.usual), 100 - y_of(found.equal))


def _scale(values: Sequence[float]) -> Callable[[float], float]:
    """From values to per cent of the drawing, away from its edges."""
    low, width = min(values), (max(values) - min(values)) or 1.0
    return lambda value: round(100 * (_EDGE + (1 - 2 * _EDGE) * (value - low) / width), 2)


def _apart(spots: Sequence[Spot], size: tuple[int, int]) -> list[Spot]:
    """Dots that would lie on one another give way, half the way each."""
    at = {spot.rank: [spot.dot[0] * size[0] / 100, spot.dot[1] * size[1] / 100] for spot in spots}
    least = 2 * _DOT + 2
    for _round in range(60):
        close = [pair for pair in combinations(sorted(at), 2) if hypot(*_between(at, pair)) < least]
        for one, other in close:
            x, y = _between(at, (one, other))
            far = hypot(x, y)
            x, y = (x / far, y / far) if far > 0.1 else (0.0, 1.0)
            push = (least - far) / 2 + 0.5
            _push(at[one], -x * push, -y * push, size)
            _push(at[other], x * push, y * push, size)
        if not close:
            break
    return [replace(s, dot=(round(100 * at[s.rank][0] / size[0], 2), round(100 * at[s.rank][1] / size[1], 2)))
            for s in spots]  # fmt: skip


def _between(at: dict[int, list[float]], pair: tuple[int, int]) -> tuple[float, float]:
    one, other = at[pair[0]], at[pair[1]]
    return other[0] - one[0], other[1] - one[1]


def _push(place: list[float], x: float, y: float, size: tuple[int, int]) -> None:
    for axis, by in ((0, x), (1, y)):
        place[axis] = min(max(place[axis] + by, _DOT), size[axis] - _DOT)


def _labelled(spots: Sequence[Spot], size: tuple[int, int]) -> list[Spot]:
    """Names beside their dots where they hide nothing; else the number alone stands for them."""
    taken = [_around(spot, size) for spot in spots]
    told = []
    for spot in spots:
        text = spot.name if len(spot.name) <= _MOST else spot.name[: _MOST - 1].rstrip() + "…"
        found = next((option for option in _options(spot, text, size) if _free(option[1], taken, size)), None)
        if found is None:
            told.append(replace(spot, name=""))
            continue
        (x, y, anchor), box = found
        taken.append(box)
        told.append(
            replace(spot, name=text, label=(round(100 * x / size[0], 2), round(100 * y / size[1], 2)), anchor=anchor)
        )
    return told


Box = tuple[float, float, float, float]  # left, top, right, bottom


def _options(spot: Spot, text: str, size: tuple[int, int]) -> list[tuple[tuple[float, float, Anchor], Box]]:
    width = _LETTER * len(text)
    x, y = spot.dot[0] * size[0] / 100, spot.dot[1] * size[1] / 100
    found = []
    for side, line, anchor in _BESIDE:
        held, middle = x + side * (_DOT + 5), y + line * _LINE
        left = {"start": held, "middle": held - width / 2, "end": held - width}[anchor]
        found.append(((held, middle, anchor), (left, middle - _LINE / 2, left + width, middle + _LINE / 2)))
    return found


def _around(spot: Spot, size: tuple[int, int]) -> Box:
    x, y = spot.dot[0] * size[0] / 100, spot.dot[1] * size[1] / 100
    return x - _DOT, y - _DOT, x + _DOT, y + _DOT


def _free(box: Box, taken: Sequence[Box], size: tuple[int, int]) -> bool:
    inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
