"""The chain as a path diagram: a column a level, boxes for constructs, arrows as wide as they are strong."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, NamedTuple

from latido.i18n import _n
from latido.insights.chain import LEVEL_LABELS
from latido.report.chain import arrow, level, signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latido.insights.chain import Chained, Part, Path

Sign = Literal["plus", "minus", "none"]
WIDTH, HEIGHT, ACROSS, DOWN, TOP, EDGE = 196, 78, 112, 46, 34, 2
THINNEST, WIDEST = 1.6, 11.0
LETTERS = 24  # of a line in a box
APART = 13  # between arrows that end at the same side
NEAR = 0.3  # where along an arrow its label stands: near its source, where those to several targets part


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Box(NamedTuple):
    """A construct.

    Attributes:
        x: Its left edge.
        y: Its upper edge.
        lines: Its name, in one line or two.
        level: How it is now.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    level: str


class Arrow(NamedTuple):
    """A path.

    Attributes:
        d: The curve, as SVG writes it.
        width: By its strength.
        sign: Its direction, or none where it cannot be told from zero.
        label: Its strength in figures.
        at: Where the label stands.
        said: The same in words.
    """

    d: str
    width: float
    sign: Sign
    label: str
    at: Point
    said: str


class Column(NamedTuple):
    """The heading of a level."""

    x: float
    label: str


@dataclass(frozen=True)
class Diagram:
    """The drawing.

    Attributes:
        width: Of all of it.
        height: Of all of it.
        columns: Headings.
        boxes: Constructs.
        arrows: Paths, the weakest first, so that strong ones lie above.
    """

    width: float
    height: float
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


class Line(NamedTuple):
    """A path in a list, for narrow screens.

    Attributes:
        source: From.
        target: To.
        sign: Its direction.
        label: Its strength.
        width: Of its bar, of 100.
        n: The rows it rests on.
        said: In words.
    """

    source: str
    target: str
    sign: Sign
    label: str
    width: float
    n: float
    said: str


def diagram(found: Chained) -> Diagram:
    """The drawing of a chain."""
    levels = [(name, parts) for name in LEVEL_LABELS if (parts := [p for p in found.used.parts if p.level == name])]
    deepest = max((len(parts) for _name, parts in levels), default=0)
    height = TOP + deepest * HEIGHT + max(deepest - 1, 0) * DOWN + EDGE
    places = {
        part.name: Point(EDGE + column * (WIDTH + ACROSS), _top(row, len(parts), height))
        for column, (_level, parts) in enumerate(levels)
        for row, part in enumerate(parts)
    }
    boxes = tuple(Box(*places[part.name], _lines(part.label), now(found, part)) for part in found.used.parts)
    heads = tuple(Column(EDGE + at * (WIDTH + ACROSS), str(LEVEL_LABELS[name])) for at, (name, _p) in enumerate(levels))
    width = len(levels) * WIDTH + max(len(levels) - 1, 0) * ACROSS + 2 * EDGE
    return Diagram(width, height, heads, boxes, _arrows(found.paths, places))


def lines(found: Chained) -> list[Line]:
    """The paths as a list, in the order of the flow."""
    return [
        Line(path.source.label, path.target.label, sign(path), label(path), round(100 * abs(path.strength.value), 1),
             path.n, arrow(path))
        for path in found.paths
    ]  # fmt: skip


def now(found: Chained, part: Part) -> str:
    """How a construct is now: its one metric, its times, or how many metrics it has."""
    levels = found.now[part.name]
    if len(levels) == 1 or all(each.unit == "s" for each in levels):
        return " · ".join(map(level, levels))
    return str(_n("{count} metric", "{count} metrics", len(levels)))


def sign(path: Path) -> Sign:
    """The direction of a path, or none."""
    return "none" if not path.holds else "plus" if path.strength.value > 0 else "minus"


def label(path: Path) -> str:
    """The strength of a path in figures; about zero where it cannot be told from that."""
    return signed(path.strength.value) if path.holds else "≈ 0"


def _top(row: int, rows: int, height: float) -> float:
    whole = rows * HEIGHT + (rows - 1) * DOWN
    return TOP + (height - TOP - EDGE - whole) / 2 + row * (HEIGHT + DOWN)


def _lines(text: str) -> tuple[str, ...]:
    """A name in two lines at most."""
    return tuple(wrap(text, LETTERS, max_lines=2, placeholder="…"))


def _arrows(paths: Sequence[Path], places: Mapping[str, Point]) -> tuple[Arrow, ...]:
    """The arrows, each with a place of its own at both its ends."""
    drawn = []
    for path in paths:
        source, target = places[path.source.name], places[path.target.name]
        ends = [p for p in paths if p.target is path.target and _beside(p, places)]
        starts = [p for p in paths if p.source is path.source and _beside(p, places)]
        if _beside(path, places):
            d, middle = _sideways(
                source, target, _turn(starts, path), _turn(ends, path), alone=len(starts) + len(ends) == 2
            )
        else:
            d, middle = _downwards(source, target)
        drawn.append((abs(path.strength.value), _arrow(path, d, middle)))
    return tuple(each for _strength, each in sorted(drawn, key=lambda pair: pair[0]))


def _arrow(path: Path, d: str, middle: Point) -> Arrow:
    width = THINNEST + (WIDEST - THINNEST) * min(abs(path.strength.value), 1) if path.holds else THINNEST
    return Arrow(d, round(width, 1), sign(path), label(path), middle, arrow(path))


def _beside(path: Path, places: Mapping[str, Point]) -> bool:
    """Whether a path leads to another column."""
    return places[path.source.name].x != places[path.target.name].x


def _turn(among: Sequence[Path], path: Path) -> float:
    """How far from the middle of a side an arrow begins or ends."""
    return (among.index(path) - (len(among) - 1) / 2) * APART


def _sideways(source: Point, target: Point, start: float, end: float, *, alone: bool) -> tuple[str, Point]:
    """A curve from the right of one box to the left of another, and where its label stands."""
    a = Point(source.x + WIDTH, source.y + HEIGHT / 2 + start)
    b = Point(target.x - 3, target.y + HEIGHT / 2 + end)
    reach = (b.x - a.x) / 2
    curve = (a, Point(a.x + reach, a.y), Point(b.x - reach, b.y), b)
    return _written(curve), _along(curve, 0.5 if alone else NEAR)


def _downwards(source: Point, target: Point) -> tuple[str, Point]:
    """Straight down to the next box, or around those between."""
    below = target.y - source.y < HEIGHT + DOWN + 1
    if below:
        a, b = Point(source.x + WIDTH / 2, source.y + HEIGHT), Point(target.x + WIDTH / 2, target.y - 3)
        return _written((a, a, b, b)), Point(a.x + 34, (a.y + b.y) / 2)
    a, b = Point(source.x + WIDTH, source.y + HEIGHT / 2), Point(target.x + WIDTH + 3, target.y + HEIGHT / 2)
    curve = (a, Point(a.x + ACROSS / 2, a.y), Point(b.x + ACROSS / 2, b.y), b)
    return _written(curve), _along(curve, 0.5)


def _written(curve: Sequence[Point]) -> str:
    a, b, c, d = ("{:.1f} {:.1f}".format(*point) for point in curve)
    return f"M{a} C{b} {c} {d}"


def _along(curve: Sequence[Point], t: float) -> Point:
    """A point of a Bézier curve."""
    parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return Point(*(round(sum(k * point[axis] for k, point in zip(parts, curve, strict=True)), 1) for axis in (0, 1)))
