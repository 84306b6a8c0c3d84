"""A source for tests: CSV files whose columns have canonical names, one file a table (`tickets.csv`)."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from latido.errors import InputError
from latido.i18n import _
from latido.model import TABLES
from latido.sources.rows import Rows
from latido.sources.source import Chunk, Delivery, Options


def deliver(folder: Path, name: str, *rows: dict[str, object]) -> Delivery:
    """Write a CSV file as somebody would deliver it."""
    path = folder / name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="") as file:
        sheet = csv.DictWriter(file, columns)
        sheet.writeheader()
        sheet.writerows(rows)
    return delivery(path)


def delivery(path: Path) -> Delivery:
    return Delivery(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest())


class CanonicalCsv:
    """Reads `<table>….csv`; a row whose first cell is `broken` breaks the file there."""

    name = "canonical"
    label = _("Canonical CSV")
    tables = tuple(TABLES)

    def __init__(self, every: int = 2) -> None:
        self.every = every

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        return 1.0

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        for file in deliveries:
            table = next(t for t in sorted(TABLES, reverse=True) if file.name.startswith(t))
            rows = Rows(TABLES[table], file)
            with file.path.open(newline="") as lines:
                for number, record in enumerate(csv.DictReader(lines), 1):
                    self.add(rows, number, record)
                    yield from rows.chunks(self.every)
            yield rows.take()

    def add(self, rows: Rows, number: int, record: dict[str, str]) -> None:
        if "broken" in record.values():
            raise InputError(_("The file ends in the middle of a row."))
        known = {n: v for n, v in record.items() if n in rows.table or n.startswith("x_")}
        rows.add(number, raw=record, **known)


class Unchecked(CanonicalCsv):
    """A source that checks nothing itself."""

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        for file in deliveries:
            with file.path.open(newline="") as lines:
                records = list(csv.DictReader(lines))
            rows = pa.Table.from_pylist([{**r, "row": i} for i, r in enumerate(records, 1)])
            yield Chunk(
                "tickets", rows.set_column(1, "created", rows["created"].cast(pa.timestamp("us", "UTC"))), (), 1
            )
