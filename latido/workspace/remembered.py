"""What a person has said about files of the same columns before, so that next month's export needs no word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from latido.model.table import EXTRA_PREFIX
from latido.sources.mapping import Mapping
from latido.sources.reading import read_sheet
from latido.sources.source import Delivery, Source
from latido.workspace import mappings
from latido.workspace.wizard import look
from latido.workspace.wizard_said import ASKED, NOTHING, OWN, Said

TRIED = 3  # mappings


def remembered(root: Path, source: Source, files: Sequence[Delivery], time_zone: ZoneInfo) -> tuple[str, Said] | None:
    """The accepted mapping that fits files, by name, as what a person would say; None where there is none.

    One that says more than the wizard can (it cuts cells, or joins columns) is left to the command line.

    Args:
        root: The workspace's folder.
        source: What reads the files.
        files: The files.
        time_zone: The workspace's.
    """
    columns = read_sheet(files[0]).columns
    for name, mapping in islice(mappings.candidates(root, columns), TRIED):
        said = _said(mapping, columns)
        if said is not None and look(source, files, said, time_zone).mapping == mapping:
            return name, said
    return None


def _said(mapping: Mapping, columns: Sequence[str]) -> Said | None:
    """What a person would have to say for this mapping; None where its parts are of several tables."""
    if len({part.table for part in mapping.tables}) != 1:
        return None
    becomes, scales = dict.fromkeys(columns, NOTHING), {}
    for part in mapping.tables:
        asked = part.columns.get("question")
        question = str(asked.constant) if asked is not None and asked.constant is not None else ""
        for target, rule in part.columns.items():
            if rule.column is not None and rule.column != question:
                becomes[rule.column] = OWN if target.startswith(EXTRA_PREFIX) else target
        if question in becomes:
            becomes[question] = f"{ASKED}{part.columns['kind'].constant}"
            ends = [part.columns[end].constant for end in ("scale_low", "scale_high") if end in part.columns]
            if len(ends) == 2:
                scales[question] = (float(str(ends[0])), float(str(ends[1])))
    return Said(mapping.tables[0].table, mapping.dates, mapping.decimal, mapping.time_zone or "", becomes, scales)
