"""Imports on a terminal: what is proposed, what was done, what was rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from latido.i18n import _, _n, number, percent
from latido.metrics.present import NOTHING, Cell, Column, Grid
from latido.sources.mapping import Rule, TableMap
from latido.sources.propose import Proposal
from latido.store.rejects import Kept
from latido.sync import Report, TableReport

LONGEST = 28  # characters of a previewed cell


def proposed(name: str, proposal: Proposal, zone: ZoneInfo) -> Iterator[Grid]:
    """What a file would become: one grid for each part, a line a column, with three mapped rows.

    Args:
        name: The file, for people.
        proposal: What the wizard proposes.
        zone: In which instants are shown.
    """
    for part, (_table, rows) in zip(proposal.mapping.tables, proposal.preview, strict=True):
        local = [{name: _local(value, zone) for name, value in row.items()} for row in rows]
        yield _part(name, part, local, proposal)


def _local(value: Any, zone: ZoneInfo) -> Any:
    return value.astimezone(zone).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


def _part(name: str, part: TableMap, rows: Sequence[dict[str, Any]], proposal: Proposal) -> Grid:
    sure = {(g.table, g.target, g.column): g.confidence for g in proposal.guesses}
    cells = tuple(
        (Cell(target), Cell(_origin(rule)), Cell(_sure(sure, part.table, target, rule)), *_shown(target, rows))
        for target, rule in part.columns.items()
    )
    numbered = (Column(str(_("row {number}", number=i)), right=False) for i in range(1, len(rows) + 1))
    columns = (Column(part.table, right=False), Column(str(_("from")), right=False), Column(str(_("sure"))), *numbered)
    told = _("{file} → {table}, {sure} sure", file=name, table=part.table, sure=percent(proposal.confidence, 0))
    return Grid(str(told), "", columns, cells, _remarks(proposal) if part is proposal.mapping.tables[-1] else ())


def _origin(rule: Rule) -> str:
    return ", ".join(rule.foreign) or (repr(rule.constant) if rule.constant is not None else NOTHING)


def _sure(sure: dict[tuple[str, str, str | None], float], table: str, target: str, rule: Rule) -> str:
    origins = [*rule.foreign, None]
    found = next((sure[table, target, c] for c in origins if (table, target, c) in sure), None)
    return percent(found, 0) if found is not None else ""


def _shown(target: str, rows: Sequence[dict[str, Any]]) -> Iterator[Cell]:
    return (Cell(_short(row.get(target))) for row in rows)


def _short(value: Any) -> str:
    if value is None:
        return NOTHING
    text = value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _remarks(proposal: Proposal) -> tuple[str, ...]:
    unused = _("Not imported: {names}", names=", ".join(proposal.unused))
    return (*map(str, proposal.doubts), *([str(unused)] if proposal.unused else []))


def imported(report: Report) -> Grid:
    """What an import did, one line a table."""
    headings = (_("read"), _("new"), _("updated"), _("unchanged"), _("rejected"), _("seconds"), _("rows/s"))
    columns = (Column(str(_("table")), right=False), *(Column(str(text)) for text in headings))
    return Grid("", "", columns, tuple(map(_line, report.tables)), tuple(_what_is_left(report)))


def _line(table: TableReport) -> tuple[Cell, ...]:
    counts = (table.read, table.new, table.updated, table.unchanged)
    rejected = Cell(number(table.rejected), "bad" if table.rejected else "plain")
    rate = number(round(table.rate)) if table.rate else NOTHING
    return (Cell(table.table), *(Cell(number(n)) for n in counts), rejected, Cell(number(table.seconds, 1)), Cell(rate))


def in_a_line(name: str, report: Report) -> str:
    """What an import did, in one line: rows by table, rejects, seconds."""
    counts = ", ".join(f"{t.table} {number(t.new + t.updated + t.unchanged)}" for t in report.tables)
    lost = _n("{count} row rejected", "{count} rows rejected", report.rejected) if report.rejected else ""
    return " · ".join(filter(None, (name, counts, str(lost), f"{number(report.seconds, 1)} s")))


def _what_is_left(report: Report) -> Iterator[str]:
    emptied = sum(t.emptied for t in report.tables)
    if report.rejected:
        said = _n("{count} row was rejected: {command}", "{count} rows were rejected: {command}", report.rejected,
                  command="latido rejects")  # fmt: skip
        yield str(said)
    if emptied:
        said = _n("{count} value that made no sense was left empty: {command}",
                  "{count} values that made no sense were left empty: {command}", emptied,
                  command="latido rejects")  # fmt: skip
        yield str(said)
    if not report.changed:
        yield str(_("Nothing has changed: all of it was known already."))


def rejected(found: Sequence[Kept], total: int) -> Grid:
    """Rejects, one line each."""
    headings = (_("file"), _("row"), _("table"), _("column"), _("value"), _("reason"))
    columns = tuple(Column(str(text), right=i == 1) for i, text in enumerate(headings))
    cells = tuple(
        (
            Cell(r.file),
            Cell(number(r.row)),
            Cell(r.table),
            Cell(r.column or NOTHING),
            Cell(_short(r.value)),
            Cell(str(r.reason)),
        )
        for r in found
    )
    rest = _("{shown} of {all} are shown; --export DIR writes all.", shown=len(found), all=total)
    return Grid("", "", columns, cells, (str(rest),) if total > len(found) else ())
