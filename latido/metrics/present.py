"""How a measurement reads: the same grid of cells for a plain table, HTML, and the terminal.

Numbers, spans of time and dates are written as the reader's language writes them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Literal

from babel.dates import format_skeleton

from latido.i18n import Message, _, day, duration, language, number
from latido.metrics.names import dimension_name, filter_name, part_name, preset_name, value_name

if TYPE_CHECKING:
    from latido.metrics.measurement import Change, Figure, Measurement, Period
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.stats.estimate import Estimate

Tone = Literal["plain", "muted", "good", "bad"]
NOTHING = "—"
SECOND, COURSE, FURTHER = 1, 2, 3  # how well the second part, the course of months and further parts can be spared


@dataclass(frozen=True)
class Cell:
    """A text and what it says.

    Attributes:
        text: What is shown.
        tone: `good` and `bad` by the metric's direction, `muted` where nothing is claimed.
        folded: The text in two lines, for where there is little room.
    """

    text: str
    tone: Tone = "plain"
    folded: str = ""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        heading: What stands above it.
        right: Whether its cells line up at the right.
        spare: Where there is no room for all, the column with the highest goes first; 0 stays.
    """

    heading: str
    right: bool = True
    spare: int = 0


@dataclass(frozen=True)
class Grid:
    """What a table shows, however it is drawn.

    Attributes:
        title: The metric.
        subtitle: Unit, span, zone, calendar, preset and filters: what the figures are figures of.
        columns: Headings.
        rows: One cell per column.
        notes: What was left out, and why values are withheld.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def grid(measurement: Measurement, *, in_words: bool = False) -> Grid:
    """The cells of a measurement, one row per figure.

    Args:
        measurement: The measurement.
        in_words: Whether dimensions and their values are called as people call them, not as one types them.
    """
    figures = measurement.figures
    parts = _parts(figures)
    return Grid(
        str(measurement.metric.label),
        subtitle(measurement, in_words=in_words),
        (*_key_columns(measurement, in_words=in_words), *_value_columns(measurement, parts)),
        tuple((*key_cells(measurement, f, in_words=in_words), *_value_cells(measurement, f, parts)) for f in figures),
        notes(measurement),
    )


def text_table(measurement: Measurement) -> str:
    """The measurement as plain text."""
    shown = grid(measurement)
    table = [[c.heading for c in shown.columns], *([cell.text for cell in row] for row in shown.rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [_line(row, shown.columns, widths) for row in table]
    ruled = [lines[0], "  ".join("─" * w for w in widths), *lines[1:]]
    return "\n".join((shown.title, shown.subtitle, "", *ruled, *shown.notes))


def html_table(measurement: Measurement) -> str:
    """The measurement as an HTML table, for notebooks."""
    shown = grid(measurement)
    head = "".join(_html_cell("th", c.heading, c) for c in shown.columns)
    body = "".join(f"<tr>{_html_row(row, shown.columns)}</tr>" for row in shown.rows)
    foot = "".join(f"<div><small>{escape(note)}</small></div>" for note in shown.notes)
    caption = f"<caption><b>{escape(shown.title)}</b><br><small>{escape(shown.subtitle)}</small></caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


def _line(texts: Iterable[str], columns: Iterable[Column], widths: Iterable[int]) -> str:
    cells = zip(texts, columns, widths, strict=True)
    return "  ".join(t.rjust(w) if c.right else t.ljust(w) for t, c, w in cells).rstrip()


def _html_row(row: Iterable[Cell], columns: Iterable[Column]) -> str:
    return "".join(_html_cell("td", cell.text, column) for cell, column in zip(row, columns, strict=True))


def _html_cell(tag: str, text: str, column: Column) -> str:
    return f'<{tag} style="text-align:{"right" if column.right else "left"}">{escape(text)}</{tag}>'


def subtitle(measurement: Measurement, *, in_words: bool = False) -> str:
    """What the figures are figures of; filters as one types them, or as people call them."""
    query, metric = measurement.query, measurement.metric
    spans = [f.period for f in measurement.figures if f.period]
    told = [
        unit_label(metric.unit),
        direction(metric),
        span_label(min(p.start for p in spans), max(p.end for p in spans)) if spans else "",
        measurement.time_zone,
        (metric.calendar or query.calendar) if metric.unit == "s" else "",
        preset_name(query.preset) if query.preset and in_words else query.preset or "",
        *(filter_name(c) if in_words else _typed(c) for c in query.where),
    ]
    return " · ".join(filter(None, told))


def _typed(condition: Condition) -> str:
    return f"{condition.dimension}{condition.operator}{','.join(map(_plain, condition.values))}"


def notes(measurement: Measurement) -> tuple[str, ...]:
    """What was left out by reason, and why values are withheld."""
    labels = {rule.reason: str(rule.label) for rule in measurement.metric.left_out}
    out: Counter[str] = Counter()
    for figure in measurement.figures:
        out.update(figure.left_out)
    withheld = Counter(str(f.withheld) for f in measurement.figures if f.withheld)
    listed = ", ".join(f"{labels.get(reason, reason)} {number(count)}" for reason, count in out.most_common() if count)
    said = [str(_("Left out: {listed}", listed=listed))] if listed else []
    if not measurement.figures:
        said.append(str(_("There are no rows to measure.")))
    return (*said, *(f"{NOTHING} {why} ({number(n)})" if n > 1 else f"{NOTHING} {why}" for why, n in withheld.items()))


def direction(metric: Metric) -> str:
    """Which way is better, in words."""
    ways = {"higher": _("higher is better"), "lower": _("lower is better")}
    return str(ways[metric.better]) if metric.better else ""


def unit_label(unit: str) -> str:
    """The unit for people."""
    return str(_UNITS.get(unit, unit))


_UNITS: dict[str, Message] = {
    "s": _("time"),
    "points": _("points"),
    "scale points": _("points of the scale"),
    "touches": _("touches"),
    "tickets": _("tickets"),
    "customers": _("customers"),
    "years": _("years"),
}


def quantity(value: float, unit: str) -> str:
    """A value with as many digits as it deserves: 2 h 10 min, 85.3 %, −35.9, 1,204.

    NaN is a dash; infinity is what a censored curve never reached.
    """
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if unit == "s":
        return duration(_rounded(value))
    return _signed(number(value, _digits(value, unit))) + _suffix(unit)


def _rounded(seconds: float) -> float:
    """Seconds with two or three digits that matter: 42 min, not 41 min 56 s; 6 h 21 min; 13 h."""
    unit = next((size for size in (86400, 3600, 60) if abs(seconds) >= 9.95 * size), 1)
    return seconds if unit == 1 else round(seconds / unit) * unit


def _digits(value: float, unit: str) -> int:
    if float(value).is_integer() and unit not in _ONE_DIGIT:
        return 0
    return 1 if unit in _ONE_DIGIT else 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2


_ONE_DIGIT = {"%", "points"}


def _suffix(unit: str) -> str:
    if unit == "%":
        return "\u00a0%" if language() == "es" else "%"
    return f"\u00a0{unit}" if len(unit) == 3 and unit.isupper() else ""


def _signed(text: str) -> str:
    return text.replace("-", "−")


def interval_cell(estimate: Estimate, unit: str) -> Cell:
    """The interval's ends: `28.1 to 34.3`."""
    if math.isnan(estimate.low) and math.isnan(estimate.high):
        return Cell(NOTHING, "muted")
    low, high = _end(estimate.low, unit), _end(estimate.high, unit)
    return Cell(
        str(_("{low} to {high}", low=low, high=high)), "muted", str(_("{low} to {high}", low=low, high=f"\n{high}"))
    )


def _end(value: float, unit: str) -> str:
    # The unit is said once, beside the value.
    return quantity(value, unit).removesuffix(_suffix(unit)) if _suffix(unit) else quantity(value, unit)


def change_cell(change: Change | None, metric: Metric) -> Cell:
    """The difference to the comparison; one inside the noise is called that."""
    if change is None or not change.difference.known:
        return Cell(NOTHING, "muted")
    value = change.difference.value
    text = ("+" if value > 0 else "") + difference(value, metric.unit)
    if change.noise:
        return Cell(str(_("{change} noise", change=text)), "muted", str(_("{change} noise", change=f"{text}\n")))
    better = (value > 0) == (metric.better == "higher")
    return Cell(("▲ " if value > 0 else "▼ ") + text, ("good" if better else "bad") if metric.better else "plain")


def difference(value: float, unit: str) -> str:
    """A difference; that of two percentages is in percentage points, and from what was never reached there is none."""
    if math.isinf(value):
        return NOTHING
    if unit == "%":
        return str(_("{points} pp", points=_signed(number(value, 1))))
    return quantity(value, unit)


def _parts(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for figure in figures for part in figure.parts))


def _key_columns(measurement: Measurement, *, in_words: bool) -> tuple[Column, ...]:
    keys = dict.fromkeys(key for figure in measurement.figures for key in figure.keys)
    period = (Column(str(_("period")), right=False),) if measurement.query.period else ()
    return (*period, *(Column(dimension_name(key) if in_words else key, right=False) for key in keys))


def key_cells(measurement: Measurement, figure: Figure, *, in_words: bool = False) -> tuple[Cell, ...]:
    """The figure's period, where one is asked for, and its dimension values."""
    grain = measurement.query.period
    period = (Cell(period_label(figure.period, grain)),) if grain and figure.period else ()
    told = ((value_name(key, value) or NOTHING) if in_words else _plain(value) for key, value in figure.keys.items())
    return (*period, *map(Cell, told))


def _value_columns(measurement: Measurement, parts: tuple[str, ...]) -> tuple[Column, ...]:
    main, *others = parts or ("value",)
    changed = (Column(str(_("change"))),) if measurement.query.compare else ()
    confidence = number(100 * measurement.query.confidence)
    bounds = Column(str(_("{confidence}% interval", confidence=confidence)))
    beside = (Column(part_name(part), spare=SECOND if i == 0 else FURTHER) for i, part in enumerate(others))
    return (Column(part_name(main)), bounds, *beside, Column("n"), *changed)


def _value_cells(measurement: Measurement, figure: Figure, parts: tuple[str, ...]) -> tuple[Cell, ...]:
    unit = measurement.metric.unit
    changed = (change_cell(figure.change, measurement.metric),) if measurement.query.compare else ()
    if figure.withheld or not figure.parts:
        n = figure.estimate.n if figure.parts else 0
        return (*(Cell(NOTHING, "muted"),) * (len(parts or ("value",)) + 1), Cell(number(n)), *changed)
    main, *others = (figure.parts.get(part) for part in parts)
    told = (quantity(e.value, unit) if e else NOTHING for e in others)
    first = figure.estimate if main is None else main
    return (Cell(quantity(first.value, unit)), interval_cell(first, unit), *map(Cell, told),
            Cell(number(first.n)), *changed)  # fmt: skip


def period_label(period: Period, grain: str) -> str:
    """A period as people call it: 4 mar 2026, 2026-W10, mar 2026, 2026-Q1, 2026; windows by their last day."""
    start = period.start
    match grain:
        case "week":
            year, week, _weekday = start.isocalendar()
            return str(_("{year}-W{week}", year=str(year), week=f"{week:02}"))
        case "month":
            return format_skeleton("yMMM", start, locale=language())
        case "quarter":
            return str(_("{year}-Q{quarter}", year=str(start.year), quarter=(start.month + 2) // 3))
        case "year":
            return str(start.year)
        case _:
            return day(period.end - timedelta(days=1))


def span_label(start: date, end: date) -> str:
    """A half-open span of days by its first and last day."""
    last = end - timedelta(days=1)
    return day(start) if last == start else f"{day(start)} – {day(last)}"


def _plain(value: object) -> str:
    return NOTHING if value is None else str(value)
