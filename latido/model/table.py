"""How a canonical table is declared.

From one declaration come the Arrow schema, validation, the documentation page, the targets of
the mapping wizard, and the list of personal columns that export and erasure need.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pyarrow as pa

from latido.i18n import Message, _

EXTRA_PREFIX = "x_"


class Type(StrEnum):
    """What a value is. Instants are UTC, to the microsecond; dates are local days."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DATE = "date"

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type that holds it."""
        return _ARROW[self]


_ARROW = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.INSTANT: pa.timestamp("us", tz="UTC"),
    Type.DATE: pa.date32(),
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means and what may stand in it.

    Attributes:
        name: Canonical name, snake_case.
        type: What a value is.
        meaning: One sentence for people.
        required: A row without it is rejected.
        personal: Identifies or describes a person; export and erasure follow this mark.
        allowed: The only values a text may take (empty: any).
        low: Least value of a number.
        high: Greatest value of a number.
        dimension: Figures may be split and filtered by it.
        synonyms: Names that foreign files give it, Spanish and English, normalised
            (lower case, no accents, words joined by one space).
        default: What a missing cell means, where the field has a settled reading.
    """

    name: str
    type: Type
    meaning: Message
    required: bool = False
    personal: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    dimension: bool = False
    synonyms: tuple[str, ...] = ()
    default: str | bool | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table.

    Attributes:
        name: Plural noun.
        meaning: What one row is, in one sentence.
        key: Columns that identify a row: a second row with the same key is a newer version.
        columns: The declared columns.
        time: The instant by which rows are partitioned by month; None for small dimension tables.
        order: Pairs `(earlier, later)` of instants: a row where later < earlier is rejected.
    """

    name: str
    meaning: Message
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    time: str | None = None
    order: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> Column:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {c.name: c for c in (*self.columns, *SYSTEM)}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the declared columns, in order."""
        return tuple(c.name for c in self.columns)

    def vital(self, name: str) -> bool:
        """Whether a row is lost without a readable value in this column: required, or part of the key."""
        return self[name].required or name in self.key

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Columns that figures may be split and filtered by."""
        return tuple(c.name for c in self.columns if c.dimension)

    @property
    def personal(self) -> tuple[str, ...]:
        """Columns that identify or describe a person."""
        return tuple(c.name for c in self.columns if c.personal)

    def schema(self, extras: Iterable[str] = ()) -> pa.Schema:
        """Arrow schema: declared columns, the workspace's extra columns (text, `x_…`), system columns."""
        declared = [pa.field(c.name, c.type.arrow) for c in self.columns]
        extra = [pa.field(name, pa.string()) for name in extras]
        return pa.schema([*declared, *extra, *(pa.field(c.name, c.type.arrow) for c in SYSTEM)])


SYSTEM = (
    Column("updated", Type.INSTANT, _("When the source last changed this row; the newest version of a key wins")),
    Column("source", Type.TEXT, _("Format or system the row came from")),
    Column("delivery", Type.TEXT, _("Hash of the delivered file that the row came from")),
    Column("row", Type.INTEGER, _("Number of the row in that file, the first data row being 1")),
)
