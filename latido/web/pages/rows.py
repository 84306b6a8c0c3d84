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

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.measurement import TracePage
    from latido.web.ask import Ask

PAGE = 50
SHOWN: dict[str, Message] = {"all": _("All rows"), "counted": _("Those that count"), "left_out": _("Those left out")}
COUNTED = {"all": None, "counted": True, "left_out": False}
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
        links: Per row, the address of its ticket or customer.
        all: How many there are.
        counted: How many of them count.
        first: Number of the first shown.
        before: Address of the page before.
        after: Address of the page after.
    """

    grid: Grid
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
    query = replace(one.query, compare=None)
    version = ask.answers.version()
    found = ask.answers.once(
        ("rows", query, said, search, first, version),
        lambda: ask.workspace.rows(query, version, counted=said, search=search, first=first, most=PAGE),
    )
    return ask.page("rows.html", metric=one.metric, view=one.view, which=which, choices=SHOWN,
                    shown=_shown(ask, one, found, which, number_of), search=ask.query.get("q", ""))  # fmt: skip


def _page_number(ask: Ask) -> int:
    try:
        return max(1, int(ask.query.get("page", "1")))
    except ValueError:
        raise UsageError(_("“{value}” is no page number.", value=ask.query["page"])) from None


def _shown(ask: Ask, one: Asked, found: TracePage, which: str, page: int) -> Shown:
    there = {"all": found.all, "counted": found.counted}.get(which, found.all - found.counted)
    pairs = [*one.view.pairs, ("show", which), ("q", ask.query.get("q", ""))]
    path = f"/metrics/{one.metric.name}/rows"
    return Shown(
        grid=rows_grid(found.rows, one.metric.unit, ask.workspace.config.zone),
        links=_links(found.rows, one.metric.key),
        all=number(found.all),
        counted=number(found.counted),
        first=(page - 1) * PAGE + 1,
        before=link(path, pairs, page=page - 1) if page > 1 else "",
        after=link(path, pairs, page=page + 1) if page * PAGE < there else "",
    )


def rows_grid(frame: pd.DataFrame, unit: str, zone: Any) -> Grid:
    """Rows as a grid: instants in the workspace's zone, values with their unit, headings in words."""
    names = ["counted", "left_out", *(str(c) for c in frame.columns if c not in {"counted", "left_out"})]
    names = [name for name in names if name in {"counted", "left_out"} or frame[name].notna().any()]
    names = [name for name in names if name in frame.columns]
    rows = tuple(tuple(_cell(name, value, unit, zone) for name, value in zip(names, row, strict=True))
                 for row in frame[names].itertuples(index=False))  # fmt: skip
    heads = tuple(Column(_heading(name), right=name == "value") for name in names)
    return Grid("", "", heads, rows)


def _heading(name: str) -> str:
    return str(HEADINGS[name]) if name in HEADINGS else dimension_name(name)


def _cell(name: str, value: Any, unit: str, zone: Any) -> Cell:
    if pd.isna(value):
        return Cell("")
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
    with ask.answers.engine:
        ours, theirs = (ask.workspace.ask(replace(one.query, compare=None, preset=p)).trace() for p in (None, name))
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
