"""Imports on a terminal: what is proposed, what was done, what was rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from latido.i18n import Message, _, _n, number, percent
from latido.metrics.present import NOTHING, Cell, Column, Grid
from latido.sources.mapping import Rule, TableMap
from latido.sources.propose import Proposal
from latido.store.history import Brought
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
    """What an import did and how fast, one line a table."""
    done = brought(report.tables)
    columns = (*done.columns, *(Column(str(text), spare=1) for text in (_("seconds"), _("rows/s"))))
    rows = tuple((*row, *_pace(one)) for row, one in zip(done.rows, report.tables, strict=True))
    return Grid("", "", columns, rows, tuple(_what_is_left(report)))


def brought(tables: Sequence[Brought]) -> Grid:
    """What an import did, one line a table."""
    headings = (_("read"), _("new"), _("updated"), _("unchanged"), _("rejected"), _("left empty"))
    columns = (Column(str(_("table")), right=False), *(Column(str(text)) for text in headings))
    return Grid("", "", columns, tuple(map(_line, tables)))


def _line(table: Brought) -> tuple[Cell, ...]:
    counts = (table.read, table.new, table.updated, table.unchanged)
    lost = (Cell(number(n), "bad" if n else "plain") for n in (table.rejected, table.emptied))
    return (Cell(table.table), *(Cell(number(n)) for n in counts), *lost)


def _pace(table: TableReport) -> tuple[Cell, Cell]:
    return Cell(number(table.seconds, 1)), Cell(number(round(table.rate)) if table.rate else NOTHING)


def in_a_line(name: str, report: Report) -> str:
    """What an import did, in one line: rows by table, rejects, seconds."""
    counts = ", ".join(f"{t.table} {number(t.new + t.updated + t.unchanged)}" for t in report.tables)
    lost = _n("{count} row rejected", "{count} rows rejected", report.rejected) if report.rejected else ""
    return " · ".join(filter(None, (name, counts, str(lost), f"{number(report.seconds, 1)} s")))


def _what_is_left(report: Report) -> Iterator[str]:
    yield from map(str, waiting(report))
    if report.rejected or report.emptied:
        yield str(_("What is wrong with them: {command}", command="latido rejects"))
    yield from map(str, mends(report.tables))
    if not report.changed:
        yield str(_("Nothing has changed: all of it was known already."))


def waiting(report: Report) -> Iterator[Message]:
    """How many rows of the files wait to be mended."""
    if report.rejected:
        yield _n("{count} row of the files was rejected, or a part of it.",
                 "{count} rows of the files were rejected, or a part of them.", report.rejected)  # fmt: skip
    if report.emptied:
        yield _n("{count} row of the files came in with a value left empty.",
                 "{count} rows of the files came in with a value left empty.", report.emptied)  # fmt: skip


def mends(tables: Sequence[Brought]) -> Iterator[Message]:
    """What became of rows that somebody had mended before."""
    mended, overruled = sum(t.mended for t in tables), sum(t.overruled for t in tables)
    if mended:
        yield _n("{count} row came as it had been before it was mended: it stays mended.",
                 "{count} rows came as they had been before they were mended: they stay mended.", mended)  # fmt: skip
    if overruled:
        yield _n("{count} mended row came with other content, which counts now.",
                 "{count} mended rows came with other content, which counts now.", overruled)  # fmt: skip


def rejected(found: Sequence[Kept], limit: int) -> Grid:
    """The rows of delivered files that have rejects, each with all that is wrong with it below.

    Args:
        found: The rejects, by file and row.
        limit: At most so many rows.
    """
    headings = (_("file"), _("row"), _("table"), _("column"), _("value"), _("reason"))
    columns = tuple(Column(str(text), right=i == 1) for i, text in enumerate(headings))
    rows = [list(same) for _place, same in groupby(found, key=lambda r: r.place)]
    cells = tuple(cells for row in rows[:limit] for cells in _reasons(row))
    rest = _n("{shown} of {count} row is shown; --export DIR writes all.",
              "{shown} of {count} rows are shown; --export DIR writes all.", len(rows), shown=limit)  # fmt: skip
    return Grid("", "", columns, cells, (str(rest),) if len(rows) > limit else ())


def _reasons(row: Sequence[Kept]) -> Iterator[tuple[Cell, ...]]:
    """A row of a file: a line for each thing that is wrong with it."""
    for i, r in enumerate(row):
        place = (r.file, number(r.row)) if i == 0 else ("", "")
        yield tuple(map(Cell, (*place, r.table, r.column or NOTHING, _short(r.value), str(r.reason))))
