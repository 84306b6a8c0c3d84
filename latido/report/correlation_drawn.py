"""What goes together, drawn: a matrix in which only what holds has a colour, and one metric by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from latido.i18n import _, number
from latido.metrics.present import Cell, Column, Grid
from latido.report.charts.by_group import Row
from latido.report.charts.chart import Chart, Json, Tone, finite, interval_label, plain
from latido.report.correlation import amount, chance, delay_label, delay_sign, interval, rho, unit_of
from latido.report.correlation import plain as plain_value

if TYPE_CHECKING:
    from latido.insights.correlation import Bin, Correlations, Delay, Pair
    from latido.metrics.units import Variable

Look = Literal["none", "linked", "chance", "p1", "p2", "p3", "p4", "n1", "n2", "n3", "n4"]
_STEPS = (0.1, 0.3, 0.5)  # bounds of hardly, weak, moderate and strong


@dataclass(frozen=True)
class Square:
    """One square of the matrix.

    Attributes:
        text: The correlation where it holds; else a sign that claims nothing.
        look: Its colour: `p1` to `p4` where both rise together, `n1` to `n4` where one rises as the other falls.
        said: What the sign means, for who does not see it.
        names: The pair.
    """

    text: str
    look: Look
    said: str
    names: tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A metric with all that stand before it."""

    label: str
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Matrix:
    """Each metric with each: a triangle, every pair once."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def doubtful(self) -> bool:
        """Whether some square has an asterisk."""
        return any(square.text.endswith("*") for line in self.lines for square in line.squares)


def short(variables: Sequence[Variable]) -> Mapping[str, str]:
    """Names that fit a narrow column: the abbreviation where there is one; two readings of a metric are told apart."""
    labels = {each.name: _abbreviated(each.label) for each in variables}
    several = [label for label in labels.values() if list(labels.values()).count(label) > 1]
    return {name: f"{label} ({name})" if label in several else label for name, label in labels.items()}


def _abbreviated(label: str) -> str:
    inner = label.rpartition("(")[2].removesuffix(")")
    return inner if label.endswith(")") and inner.isupper() else label


def matrix(found: Correlations) -> Matrix:
    """The matrix of those metrics that any row knows beside another."""
    there = [each for each in found.variables if each not in found.absent]
    names = short(there)
    lines = []
    for number_, each in enumerate(there[1:], 1):
        pairs = (found.pair(each.name, other.name) for other in there[:number_])
        lines.append(Line(names[each.name], tuple(_square(pair) for pair in pairs if pair)))
    return Matrix(tuple(names[each.name] for each in there[:-1]), tuple(lines))


def _square(pair: Pair) -> Square:
    if pair.untold == "linked":
        return Square("=", "linked", str(_("together by definition")), pair.names)
    if pair.untold:
        return Square("", "none", str(_("too few to say")), pair.names)
    if not pair.holds:
        return Square("·", "chance", str(_("cannot be told from chance")), pair.names)
    value, otherwise = rho(pair.estimate.value), doubtful(pair)
    said = str(_("otherwise among the same channel, topic and the like")) if otherwise else ""
    return Square(f"{value}*" if otherwise else value, look(pair.estimate.value), said, pair.names)


def doubtful(pair: Pair) -> bool:
    """Whether nothing of it, or the reverse, is left within channels and the like."""
    return any(each.turns(pair.estimate) or each.vanishes(pair.estimate) for each in pair.within)


def look(value: float) -> Look:
    """The colour of a correlation that holds."""
    step = 1 + sum(abs(value) >= bound for bound in _STEPS)
    found: Look = f"{'p' if value > 0 else 'n'}{step}"  # type: ignore[assignment]  # four steps, two signs
    return found


def course(pair: Pair) -> Chart:
    """The mean of the second metric where the first is about the same, with its interval."""
    second = pair.second
    rows = []
    for each in pair.course:
        value, low, high = (
            finite(plain_value(end, second)) for end in (each.mean.value, each.mean.low, each.mean.high)
        )
        rows.append(Row(amount(each.at, pair.first), value, low, high, each.mean.n))
    told = "; ".join(
        f"{row.label}: {amount(each.mean.value, second)}" for row, each in zip(rows, pair.course, strict=True)
    )
    return _bars(rows, second.label, unit_of(second), told, signed=False)


def course_grid(pair: Pair) -> Grid:
    """The same as a table."""
    columns = (Column(pair.first.label, right=False), Column(pair.second.label), Column(str(_("95% interval"))),
               Column("n"))  # fmt: skip
    rows = tuple(
        (Cell(_span(each, pair.first)), Cell(amount(m.value, pair.second)),
         Cell(str(_("{low} to {high}", low=amount(m.low, pair.second), high=amount(m.high, pair.second))), "muted"),
         Cell(number(m.n)))
        for each in pair.course for m in (each.mean,)
    )  # fmt: skip
    return Grid(f"{pair.second.label} · {pair.first.label}", "", columns, rows)


def _span(one: Bin, first: Variable) -> str:
    low, high = amount(one.low, first), amount(one.high, first)
    return low if low == high else f"{low} – {high}"


def delays(pair: Pair) -> Chart:
    """The correlation with each delay; what cannot be told from chance is grey."""
    rows = [_delay_row(each) for each in pair.lags]
    told = "; ".join(f"{delay_label(each)}: {rho(each.estimate.value)}" for each in pair.lags)
    return _bars(rows, "ρ", "", told, signed=True)


def _delay_row(delay: Delay) -> Row:
    given = delay.estimate
    tone: Tone = "neutral" if not delay.holds else "good" if given.value > 0 else "bad"
    value, low, high = (finite(end) for end in (given.value, given.low, given.high))
    return Row(delay_sign(delay), value, low, high, given.n, tone=tone)


def delays_grid(pair: Pair) -> Grid:
    """The same as a table."""
    columns = (Column(pair.second.label, right=False), Column("ρ"), Column(str(_("95% interval"))), Column("q"),
               Column("n"))  # fmt: skip
    rows = tuple(
        (Cell(delay_label(each)), Cell(rho(each.estimate.value), "plain" if each.holds else "muted"),
         Cell(interval(each.estimate), "muted"), Cell(chance(each.q)), Cell(number(each.estimate.n)))
        for each in pair.lags
    )  # fmt: skip
    return Grid(f"{pair.first.label} · {pair.second.label}", "", columns, rows)


def _bars(rows: Sequence[Row], label: str, unit: str, told: str, *, signed: bool) -> Chart:
    data: dict[str, Json] = {
        "label": label,
        "unit": unit,
        "least": None,
        "most": None,
        "style": "bars" if signed else "points",
        "scale": "linear",
        "signed": signed,
        "reference": None,
        "rows": plain(list(rows)),
        "words": {"interval": interval_label(0.95), "neutral": str(_("cannot be told from chance"))},
    }
    return Chart("bars", data, f"{label}. {told}")


def whole(found: Correlations) -> Grid:
    """Every pair as a table, those that hold first."""
    names = short(found.variables)
    columns = (
        Column(str(_("metric")), right=False), Column(str(_("and")), right=False), Column("ρ"),
        Column(str(_("95% interval"))), Column("q"), Column("n"), Column(str(_("finding")), right=False),
    )  # fmt: skip
    others = (pair for pair in found.pairs if not pair.holds)
    rows = tuple(_whole(pair, names) for pair in (*found.holding, *others))
    return Grid(str(_("Every pair")), "", columns, rows)


def _whole(pair: Pair, names: Mapping[str, str]) -> tuple[Cell, ...]:
    both = (Cell(names[pair.first.name]), Cell(names[pair.second.name]))
    if pair.untold:
        nothing = (Cell("—", "muted"),) * 3
        return *both, *nothing, Cell(number(pair.of)), Cell(_square(pair).said or "", "muted")
    said = str(_("holds")) if pair.holds else str(_("cannot be told from chance"))
    return (*both, Cell(rho(pair.estimate.value)), Cell(interval(pair.estimate), "muted"), Cell(chance(pair.q)),
            Cell(number(pair.estimate.n)), Cell(said, "plain" if pair.holds else "muted"))  # fmt: skip
