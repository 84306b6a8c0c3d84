"""How uploaded files would be read, as the wizard's page shows it: columns, first rows, and what would be lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from latido.i18n import Message, _, number, percent
from latido.model import TABLES
from latido.model.surveys import QUESTION_KINDS
from latido.sources.build import SURE
from latido.sources.mapping import UPDATED, Rule
from latido.web.instants import instant
from latido.workspace.wizard_said import ASKED, NOTHING, OWN, Look, choices

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from latido.workspace.trial import Trial, Tried

LONGEST = 60  # characters of a cell
QUESTIONS: dict[str, Message] = {
    "nps": _("Question: recommend, 0 to 10 (NPS)"),
    "csat": _("Question: satisfaction (CSAT)"),
    "ces": _("Question: effort (CES)"),
    "esat": _("Question: satisfaction at work (ESAT)"),
    "enps": _("Question: recommend as employer (eNPS)"),
    "rating": _("Question: a rating"),
    "recommend": _("Question: would recommend, yes or no"),
    "text": _("Question: answered in words"),
}


@dataclass(frozen=True)
class Option:
    """What a column may become."""

    value: str
    label: str


def shown(one: Look, tried: Trial | None, zone: ZoneInfo) -> dict[str, Any]:
    """A group of files, for its part of the page.

    Args:
        one: How they would be read.
        tried: What comes of it; None where that cannot be tried yet.
        zone: In which instants are shown.
    """
    table = one.said.table
    return {
        "look": one,
        "files": ", ".join(one.files),
        "label": str(one.source.label),
        "sure": percent(one.confidence, 0),
        "doubtful": one.confidence < SURE,
        "options": _options(table) if table else [],
        "lines": [_line(line, zone) for line in one.lines],
        "made": [(name, _origin(rule)) for name, rule in one.made],
        "found": one.mapping,
        "problem": {name: one.problem(name) for name in ("table", "dates", "decimal", "time_zone", "becomes")},
        "wrong": {p.field.removeprefix("becomes:"): p for p in one.problems if p.field.startswith("becomes:")},
        "trial": _trial(tried, zone) if tried else None,
        "rows": range(1, max((len(line.raw) for line in one.lines), default=0) + 1),
    }


def _options(table: str) -> list[Option]:
    """What a column of a file may become, when its rows are of this table."""
    declared = TABLES[table]
    asked = QUESTIONS if table == "answers" else {}
    meanings = {name: declared[name].meaning for name in choices(table)}
    return [
        Option(NOTHING, str(_("not imported"))),
        *(Option(f"{ASKED}{kind}", str(asked[kind])) for kind in QUESTION_KINDS if kind in asked),
        *(Option(name, f"{name} · {meanings[name]}") for name in choices(table) if name != UPDATED),
        Option(UPDATED, f"{UPDATED} · {meanings[UPDATED]}"),
        Option(OWN, str(_("a column of your own"))),
    ]


def _line(line: Any, zone: ZoneInfo) -> dict[str, Any]:
    cells = [(_short(raw), _value(line.mapped[i], zone) if i < len(line.mapped) else None)
             for i, raw in enumerate(line.raw)]  # fmt: skip
    scale = [number(end) for end in line.scale] if line.scale else []
    sure = percent(line.sure, 0) if line.sure is not None else ""
    doubtful = line.sure is not None and line.sure < SURE
    return {"name": line.name, "becomes": line.becomes, "cells": cells, "sure": sure, "doubtful": doubtful,
            "scale": scale}  # fmt: skip


def _trial(tried: Trial, zone: ZoneInfo) -> dict[str, Any]:
    """What comes of a group of files, in words and numbers."""
    return {
        "read": tried.read,
        "rejected": tried.rejected,
        "emptied": tried.emptied,
        "whole": tried.whole,
        "error": tried.error,
        "tables": [_table(one, zone) for one in tried.tables],
    }


def _table(one: Tried, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "name": one.table,
        "meaning": str(TABLES[one.table].meaning),
        "rows": number(one.rows),
        "rejected": one.rejected,
        "emptied": one.emptied,
        "columns": one.columns,
        "first": [[_cell(row, name, zone) for name in one.columns] for row in one.first],
        "reasons": [(str(reason), count) for reason, count in one.reasons],
    }


def _cell(row: Mapping[str, Any], name: str, zone: ZoneInfo) -> str:
    return _value(row.get(name), zone) or "—"


def _value(value: Any, zone: ZoneInfo) -> str | None:
    """A mapped cell as people read it; None for one that is empty."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return instant(value.replace(tzinfo=None), zone).text
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return number(value) if isinstance(value, int | float) else _short(str(value))


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _origin(rule: Rule) -> str:
    """Where cells come from that no column of the file gives."""
    if rule.fingerprint:
        return str(_("made up from each row"))
    if rule.row_number:
        return str(_("numbered"))
    if rule.foreign:
        return ", ".join(rule.foreign)
    return str(_("“{value}” for every row", value=rule.constant))
