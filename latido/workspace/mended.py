"""Rejects that a person has mended, as they come back: from the page, or from whatever a spreadsheet made of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from latido.errors import InputError, UsageError
from latido.i18n import _
from latido.sources.reading import read_sheet
from latido.sources.sheet import Layout
from latido.sources.source import Delivery, Original
from latido.store.lake import Lake
from latido.store.reject_groups import Groups
from latido.store.rejects import ID_COLUMN, Kept

Row: TypeAlias = Mapping[str, str | None]
HEADED = Layout(header=True)
WRITTEN = {"header": True, "skip": 0, "delimiter": ",", "encoding": "utf-8"}  # how `Mended.write` lays them out


@dataclass(frozen=True)
class Mended:
    """Mended rows of one delivered file.

    Attributes:
        delivery: Hash of that file.
        rows: The rows as they should be.
        ids: The rejects that each of them stands for.
        originals: The rows as they were delivered.
    """

    delivery: str
    rows: list[Row] = field(default_factory=list)
    ids: list[Sequence[str]] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)

    @property
    def replaying(self) -> dict[int, Sequence[str]]:
        """Number of each row → the rejects that it stands for."""
        return dict(enumerate(self.ids, 1))

    def write(self, path: Path) -> None:
        """Write the rows as CSV."""
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, list(self.rows[0]))
            sheet.writeheader()
            sheet.writerows(self.rows)


def is_mended(file: Delivery) -> bool:
    """Whether a file holds mended rejects: it has the column that `rejects.export_rows` writes."""
    try:
        return ID_COLUMN in read_sheet(file, HEADED).columns
    except InputError:
        return False


def mended(file: Delivery, lake: Lake) -> list[Mended]:
    """The rows of a mended file, by the file that they were delivered in; what stands for no reject is passed over.

    Args:
        file: The file, as a spreadsheet saved it.
        lake: Where the rejects are.

    Raises:
        InputError: It is nothing that holds rows.
        UsageError: It holds no rejects of this workspace.
    """
    rows = [(row, (row.get(ID_COLUMN) or "").split()) for row in _rows(file)]
    known = _known({name for _row, ids in rows for name in ids}, Groups(lake, state=None))
    found: dict[str, Mended] = {}
    for row, ids in rows:
        original = _original(ids, known)
        if original is not None:
            mine = found.setdefault(original.delivery, Mended(original.delivery))
            mine.rows.append(row)
            mine.ids.append([name for name in ids if name in known])
            mine.originals.append(original)
    if not found:
        raise UsageError(
            _("{file} holds no rejects of this workspace.", file=file.name),
            _("Export them with “latido rejects --export”, mend them, and keep the column {name}.", name=ID_COLUMN),
        )
    return list(found.values())


def _rows(file: Delivery) -> Iterator[Row]:
    sheet = read_sheet(file, HEADED)
    for frame in sheet.frames():
        for row in frame.rows.to_pylist():
            yield {name: None if cell is None else str(cell) for name, cell in row.items()}


def _known(ids: Iterable[str], groups: Groups) -> dict[str, Kept]:
    """The rejects of these names, and those that were mended before them."""
    known: dict[str, Kept] = {}
    while wanted := {*ids} - {*known}:
        came = groups.named(wanted)
        known |= {r.reject_id: r for r in came}
        ids = [name for r in came for name in (r.raw.get(ID_COLUMN) or "").split()]
    return known


def _original(ids: Sequence[str], known: Mapping[str, Kept]) -> Original | None:
    """The row that rejects are of, as it was delivered first, however often it was mended since."""
    found = next((known[name] for name in ids if name in known), None)
    if found is None:
        return None
    earlier = _original((found.raw.get(ID_COLUMN) or "").split(), known)
    return earlier or Original(found.delivery, found.row, found.raw)
