"""The source for every file that has no format of its own: a mapping, proposed or given, applied to a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.model.catalog import TABLES
from latido.sources.decide import decide, order
from latido.sources.mapping import Mapping, parse
from latido.sources.propose import propose
from latido.sources.reading import read_sheet
from latido.sources.sheet import Sheet
from latido.sources.source import Chunk, Delivery, Options
from latido.sources.transform import Context, draw


class Generic:
    """CSV, fixed width, XLSX, JSON and Parquet by a mapping."""

    name = "generic"
    label = _("Any table, by a mapping")
    tables = tuple(TABLES)

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """It reads anything, so that it comes last."""
        return 0.01 if deliveries else 0.0

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Canonical rows by the mapping in `options`, or by the one proposed where nothing about it is doubtful."""
        given = parse(options.mapping or {})
        if not given.tables:
            proposal = propose(deliveries, options)
            proposal.insist(", ".join(file.name for file in deliveries))
            given = proposal.mapping
        sheets = [read_sheet(file, given.layout) for file in deliveries]
        for sheet in sheets:
            _check(sheet, given)
        mapping = decide(sheets, given, order(options.dates))
        for sheet in sheets:
            context = Context.of(sheet.file, mapping, options)
            for frame in sheet.frames():
                yield from draw(frame, mapping, context)


def _check(sheet: Sheet, mapping: Mapping) -> None:
    """Make sure that the sheet has what the mapping draws on.

    Raises:
        UnknownNameError: It lacks a column.
    """
    for name in mapping.foreign:
        # JSON leaves out what is empty, so that a column may come later or never.
        if name not in sheet.columns and not sheet.open_ended:
            raise UnknownNameError.among(_("column in {file}", file=sheet.file.name), name, sheet.columns)
