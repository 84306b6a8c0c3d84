"""The rows behind a figure, each with the reason it is in or out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from latido.errors import UsageError
from latido.i18n import Message, _, number
from latido.metrics.names import dimension_name, preset_name, value_name
from latido.metrics.present import Cell, Column, Grid, quantity
from latido.report.rows import text
from latido.web.page import Page
from latido.web.pages.metric import Asked, asked_for
from latido.web.render import link
from latido.web.summary import summary

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.measure import Order
    from latido.metrics.measurement import TracePage
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

PAGE = 50
SHOWN: dict[str, Message] = {"all": _("All rows"), "counted": _("Those that count"), "left_out": _("Those left out")}
COUNTED = {"all": None, "counted": True, "left_out": False}
SORTS: dict[str, Message] = {
    "": _("the latest first"),
    "-value": _("the largest first"),
    "value": _("the smallest first"),
}
HEADINGS: dict[str, Message] = {
    "counted": _("Counts"),
    "left_out": _("Why not"),
    "value": _("Value"),
    "ticket_id": _("Ticket"),
    "customer_id": _("Customer"),
    "answer_id": _("Answer"),
    "ask_id": _("Invitation"),
    "subscription_id": _("Contract"),
    "mention_id": _("Mention"),
    "agent_id": _("Agent"),
    "created": _("Created"),
    "answered": _("Answered"),
    "asked": _("Asked"),
    "started": _("Began"),
    "ended": _("Ended"),
    "score": _("Score"),
    "comment": _("Comment"),
    "subject": _("Subject"),
    "promise": _("Promise"),
    "target": _("Target"),
    "clock": _("Clock"),
}
LINKS = {"ticket_id": "/tickets/{}", "customer_id": "/customers/{}"}


@dataclass(frozen=True)
class Shown:
    """A page of rows.

    Attributes:
        grid: They.
        sorted: How the column of values is sorted, as `aria-sort` says it; empty where it is not.
        links: Per row, the address of its ticket or customer.
        all: How many there are.
        counted: How many of them count.
        first: Number of the first shown.
        before: Address of the page before.
        after: Address of the page after.
    """

    grid: Grid
    sorted: str
    links: list[str]
    all: str
    counted: str
    first: int
    before: str
    after: str


def show(ask: Ask) -> Response:
    """The page."""
    one = asked_for(ask)
    which = ask.query.get("show", "all")
    if one.query is None:
        return ask.page("metric_empty.html", metric=one.metric, view=one.view, known=False, dimensions=[])
    number_of = _page_number(ask)
    said = COUNTED.get(which)
    search, first = ask.query.get("q", "").strip(), (number_of - 1) * PAGE
    query, order = replace(one.query, compare=None), _order(ask)
    version = ask.answers.version()
    found = ask.answers.once(
        ("rows", query, said, search, first, order, version),
        lambda: ask.workspace.rows(query, version, counted=said, search=search, first=first, most=PAGE, order=order),
    )
    return ask.page("rows.html", metric=one.metric, view=one.view, which=which, choices=SHOWN, sort=order, sorts=SORTS,
                    shown=_shown(ask, one, found, which, number_of), search=ask.query.get("q", ""),
                    summary=summary(ask, one.view, ask.answers.ask(one.query)))  # fmt: skip


def _order(ask: Ask) -> Order:
    found: Order = ask.query["sort"] if ask.query.get("sort") in SORTS else ""  # type: ignore[assignment]
    return found


def _page_number(ask: Ask) -> int:
    try:
        return max(1, int(ask.query.get("page", "1")))
    except ValueError:
        raise UsageError(_("“{value}” is no page number.", value=ask.query["page"])) from None


def _shown(ask: Ask, one: Asked, found: TracePage, which: str, page: int) -> Shown:
    there = {"all": found.all, "counted": found.counted}.get(which, found.all - found.counted)
    order = _order(ask)
    pairs = [*one.view.pairs, ("show", which), ("q", ask.query.get("q", "")), ("sort", order)]
    path = f"/metrics/{one.metric.name}/rows"
    return Shown(
        grid=rows_grid(found.rows, one.metric, ask.workspace.config.zone),
        sorted={"value": "ascending", "-value": "descending"}.get(order, ""),
        links=_links(found.rows, one.metric.key),
        all=number(found.all),
        counted=number(found.counted),
        first=(page - 1) * PAGE + 1,
        before=link(path, pairs, page=page - 1) if page > 1 else "",
        after=link(path, pairs, page=page + 1) if page * PAGE < there else "",
    )


def rows_grid(frame: pd.DataFrame, metric: Metric, zone: Any) -> Grid:
    """Rows as a grid: what names a row and its value first, instants in the workspace's zone, headings in words."""
    always = {"counted", metric.key}
    told = [str(name) for name in frame.columns if name in always or frame[name].notna().any()]
    first = [name for name in (metric.key, "value", "counted", "left_out", metric.time) if name in told]
    names = list(dict.fromkeys([*first, *told]))
    rows = tuple(tuple(_cell(name, value, metric.unit, zone) for name, value in zip(names, row, strict=True))
                 for row in frame[names].itertuples(index=False))  # fmt: skip
    return Grid("", "", tuple(Column(_heading(name), right=name == "value") for name in names), rows)


def _heading(name: str) -> str:
    return str(HEADINGS[name]) if name in HEADINGS else dimension_name(name)


def _cell(name: str, value: Any, unit: str, zone: Any) -> Cell:
    if pd.isna(value):
        return Cell("")
    if name == "ended" and value in {0, 1}:
        value = bool(value)  # whether a wait is over
    if name == "value":
        return Cell(quantity(float(value), unit if unit == "s" else ""))
    said = value_name(name, value) if isinstance(value, str) else value
    return Cell(text(said, zone), "plain" if name != "left_out" else "muted")


def _links(frame: pd.DataFrame, key: str) -> list[str]:
    if key not in LINKS or key not in frame.columns:
        return [""] * len(frame)
    return [LINKS[key].format(quote(str(value))) for value in frame[key]]


def differ(ask: Ask) -> Response:
    """The rows that a preset counts otherwise than latido."""
    one = asked_for(ask)
    preset = one.metric.preset(ask.query.get("against"))
    if one.query is None:
        return ask.page("metric_empty.html", metric=one.metric, view=one.view, known=False, dimensions=[])
    name = ask.query["against"]
    plain, version = replace(one.query, compare=None), ask.answers.version()
    with ask.answers.engine:
        ours, theirs = (ask.workspace.ask(replace(plain, preset=p), version).trace() for p in (None, name))
    frame = differing(ours, theirs, preset.key)
    return ask.page("differ.html", metric=one.metric, view=one.view, preset=preset_name(name), n=len(frame),
                    grid=_differing_grid(frame.head(PAGE * 4), preset.key, one.metric.unit))  # fmt: skip


def differing(ours: pd.DataFrame, theirs: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows that one reading counts and the other does not, or counts with another value."""
    kept = [key, "value", "left_out"]
    # A row may stand in a reading several times (a cycle of a ticket): the n-th is compared with the n-th.
    both = [frame[kept].assign(nth=frame.groupby(key).cumcount()) for frame in (ours, theirs)]
    joined = both[0].merge(both[1], on=[key, "nth"], how="outer", suffixes=("_ours", "_theirs"))
    a, b = joined["value_ours"], joined["value_theirs"]
    same = (a == b) | (a.isna() & b.isna())
    return joined[~same].drop(columns="nth")


def _differing_grid(frame: pd.DataFrame, key: str, unit: str) -> Grid:
    heads = (_heading(key), _("latido's own"), _("Why not"), _("The other reading"), _("Why not"))
    columns = [key, "value_ours", "left_out_ours", "value_theirs", "left_out_theirs"]
    rows = tuple(tuple(_differing_cell(name, value, unit) for name, value in zip(columns, row, strict=True))
                 for row in frame[columns].itertuples(index=False))  # fmt: skip
    return Grid("", "", tuple(Column(str(head), right=False) for head in heads), rows)


def _differing_cell(name: str, value: Any, unit: str) -> Cell:
    if pd.isna(value):
        return Cell("—", "muted")
    return Cell(quantity(float(value), unit if unit == "s" else "") if name.startswith("value") else str(value))


ROUTES = (
    Page("/metrics/{name}/rows", show, right="rows"),
    Page("/metrics/{name}/differ", differ, right="rows"),
)
