"""The source for every file that has no format of its own: a mapping, proposed or given, applied to a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from latido.errors import InputError, UnknownNameError
from latido.i18n import _
from latido.model.catalog import TABLES
from latido.sources.decide import decide
from latido.sources.mapping import Mapping, parse
from latido.sources.reading import read_sheet
from latido.sources.sheet import Sheet
from latido.sources.source import Chunk, Delivery, Options
from latido.sources.stamps import ORDERS, Order
from latido.sources.transform import Context, draw
from latido.sources.zones import zone


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
        if options.mapping is None:
            raise NotImplementedError
        given = parse(options.mapping)
        sheets = [read_sheet(file, given.layout) for file in deliveries]
        for sheet in sheets:
            check(sheet, given)
        mapping = decide(sheets, given, order(options.dates))
        for sheet in sheets:
            yield from apply(sheet, mapping, options)


def apply(sheet: Sheet, mapping: Mapping, options: Options) -> Iterator[Chunk]:
    """Canonical rows of one sheet."""
    time_zone = zone(mapping.time_zone) if mapping.time_zone else options.time_zone
    context = Context(sheet.file, time_zone, mapping.missing, mapping.dates, mapping.decimal or ".")
    for frame in sheet.frames():
        yield from draw(frame, mapping, context)


def check(sheet: Sheet, mapping: Mapping) -> None:
    """Make sure that the sheet has what the mapping draws on.

    Raises:
        UnknownNameError: It lacks a column.
    """
    for name in mapping.foreign:
        # JSON leaves out what is empty, so that a column may come later or never.
        if name not in sheet.columns and not sheet.open_ended:
            raise UnknownNameError.among(_("column in {file}", file=sheet.file.name), name, sheet.columns)


def order(said: str | None) -> Order | None:
    """The order of day and month that a person has named, checked."""
    for known in ORDERS:
        if said == known:
            return known
    if said is None:
        return None
    raise InputError(
        _("“{said}” is no order of day and month.", said=said), _("It can be {orders}.", orders=", ".join(ORDERS))
    )
