"""A figure by groups: which dimension, in which order, and how many of the groups; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latido.i18n import Message, _
from latido.metrics.names import dimension_name
from latido.metrics.present import Grid, grid
from latido.report.charts import Chart, bars
from latido.report.charts.by_group import COUNTS
from latido.web.render import link

if TYPE_CHECKING:
    from latido.metrics.measurement import Figure, Measurement
    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.stats.estimate import Estimate
    from latido.web.ask import Ask
    from latido.web.view import View

FEW, MOST = 12, 200  # groups that are shown at first, and at all
TABS = 6
ORDERS: dict[str, Message] = {"size": _("size"), "evidence": _("how clear the change is")}
FIRST = ("channel", "team", "topic", "segment", "country", "survey", "kind", "network")
HIDDEN = {"day", "week", "month", "subject", "agent_id", "status", "hour", "weekday"}
NAMES = ("by", "sort", "groups")  # in the address


@dataclass(frozen=True)
class Tab:
    """A choice: its name, its label, its address, and whether it is the one that is made."""

    name: str
    label: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Split:
    """The figure of each group.

    Attributes:
        chart: As bars.
        grid: As a table.
        links: Per line, the page of the group and the rows of it.
        more: How many groups are shown only when asked for.
        unseen: How many there is no room for at all.
    """

    chart: Chart
    grid: Grid
    links: Sequence[tuple[str, str]]
    more: int
    unseen: int


@dataclass(frozen=True)
class Groups:
    """A metric by the groups of one dimension.

    Attributes:
        by: The dimension.
        label: It, for people.
        tabs: Dimensions to choose, those that people ask for first.
        further: The others.
        orders: Orders to choose.
        split: The groups; None where somebody would have to wait for them: the browser asks again.
        kept: What the address says of all this.
        later: The address that shows the groups that nobody wanted to wait for.
        every: The address that shows every group.
        few: The address that shows the first ones.
        whole: Whether every group is shown.
    """

    by: str
    label: str
    tabs: Sequence[Tab]
    further: Sequence[Tab]
    orders: Sequence[Tab]
    split: Split | None
    kept: Sequence[tuple[str, str]]
    later: str
    every: str
    few: str
    whole: bool

    @property
    def foldable(self) -> bool:
        """Whether every group is shown, and that is more than the first ones."""
        return self.whole and self.split is not None and len(self.split.grid.rows) > FEW

    @property
    def named(self) -> bool:
        """Whether somebody chose the dimension."""
        return any(name == "by" for name, _value in self.kept)


@dataclass(frozen=True)
class Address:
    """Where the groups of a metric are shown."""

    path: str
    view: View

    def of(self, **chosen: str) -> str:
        """The address with these choices."""
        return link(self.path, self.view.pairs, chosen)


def splits(ask: Ask, metric: Metric) -> list[tuple[str, str]]:
    """Dimensions to split by, those that people ask for first."""
    there = [name for name in ask.answers.dimensions(metric) if name not in HIDDEN]
    ordered = sorted(there, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    return [(name, dimension_name(name)) for name in ordered]


def groups(
    ask: Ask, metric: Metric, view: View, query: Query, rows: Callable[[Figure], str | None] | None
) -> Groups | None:
    """The metric by the dimension that the address names, else by the first; None where there is none.

    Args:
        ask: The request.
        metric: The metric.
        view: Period, comparison and filters.
        query: The question.
        rows: Gives the address of the rows behind a figure.

    Raises:
        UnknownNameError: The address names a dimension that there is none of.
    """
    choices = splits(ask, metric)
    by = ask.query.get("by") or (choices[0][0] if choices else "")
    if not by:
        return None
    order = _known(ask.query.get("sort"), "evidence")
    whole = _known(ask.query.get("groups"), "all")
    given = {"by": ask.query.get("by", ""), "sort": order, "groups": whole}
    kept = [(name, value) for name, value in given.items() if value]
    address, chosen = Address(f"/metrics/{metric.name}", view), {"by": by, "sort": order}
    tabs, further = _tabs(choices, by, lambda name: address.of(by=name, sort=order))
    asked = replace(query, by=(by,))
    at_hand = ask.query.get("by") or ask.query.get("whole") or ask.answers.knows(asked)
    found = _sorted(ask.answers.ask(asked), order) if at_hand else None
    return Groups(
        by=by, label=dimension_name(by), tabs=tabs, further=further,
        orders=[Tab(name, str(label), address.of(by=by, sort="" if name == "size" else name, groups=whole),
                    name == (order or "size")) for name, label in ORDERS.items()],
        split=split(found, _overall(ask, metric, query), address, rows, whole=bool(whole)) if found else None,
        kept=kept, later=address.of(sort=order, groups=whole, whole="1"), every=address.of(**chosen, groups="all"),
        few=address.of(**chosen), whole=bool(whole),
    )  # fmt: skip


def _known(given: str | None, only: str) -> str:
    return only if given == only else ""


def _tabs(choices: Sequence[tuple[str, str]], by: str, href: Callable[[str], str]) -> tuple[list[Tab], list[Tab]]:
    """Those that are always in sight, the chosen one among them, and the others."""
    known = choices if by in dict(choices) else [*choices, (by, dimension_name(by))]
    tabs = [Tab(name, label, href(name), name == by) for name, label in known]
    seen = [tab for i, tab in enumerate(tabs) if i < TABS or tab.chosen]
    return seen, [tab for tab in tabs if tab not in seen]


def split(
    found: Measurement,
    overall: Estimate | None,
    address: Address,
    rows: Callable[[Figure], str | None] | None,
    *,
    whole: bool,
) -> Split:
    """The first groups, or all that there is room for.

    Args:
        found: The groups, in order.
        overall: All of them together, where they may be put together.
        address: Where they are shown.
        rows: Gives the address of the rows behind a figure.
        whole: Whether somebody asked for all.
    """
    shown = replace(found, figures=found.figures[: MOST if whole else FEW])
    rest = len(found.figures) - len(shown.figures)
    return Split(
        chart=bars(shown, overall, rows, order="given"),
        grid=grid(shown, in_words=True),
        links=[_links(address, figure) for figure in shown.figures],
        more=0 if whole else rest,
        unseen=rest if whole else 0,
    )


def _overall(ask: Ask, metric: Metric, query: Query) -> Estimate | None:
    """All groups together, where they may be put together, and where that is not their sum."""
    if metric.unit in COUNTS:
        return None
    figures = ask.answers.ask(query).figures
    return figures[0].estimate if len(figures) == 1 and not figures[0].withheld else None


def _sorted(found: Measurement, order: str) -> Measurement:
    """The largest groups first, or those whose change is the clearest."""
    rank = _clarity if order == "evidence" else _evidence
    return replace(found, figures=tuple(sorted(found.figures, key=lambda figure: -rank(figure))))


def _evidence(figure: Figure) -> float:
    return figure.estimate.n


def _clarity(figure: Figure) -> float:
    """How many half-widths of its interval a change is away from nothing."""
    if figure.change is None or not figure.change.difference.known:
        return -1
    d = figure.change.difference
    return abs(d.value) / ((d.high - d.low) / 2 or 1)


def _links(address: Address, figure: Figure) -> tuple[str, str]:
    """The page filtered by a group, and the rows of it."""
    pairs = [*address.view.pairs, *filters_of(figure)]
    return link(address.path, pairs), link(f"{address.path}/rows", pairs)


def filters_of(figure: Figure) -> list[tuple[str, str]]:
    """The filters that give a figure's group; one for rows that say nothing is written out."""
    return [(f"is.{name}", value) if value else ("where", f"{name}=") for name, value in figure.keys.items()]
