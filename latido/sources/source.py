"""What a source is: foreign records in, canonical rows out.

A source reads what was delivered and yields `Chunk`s. It never writes, never asks, never knows
the lake. Whoever adds a format writes one file with one `Source` and names it in `catalog.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pyarrow as pa

from latido.i18n import Message


@dataclass(frozen=True)
class Delivery:
    """One delivered file, spooled to local disk.

    Attributes:
        path: Where its bytes are now.
        name: The name by which the person who delivered it knows it.
        digest: SHA-256 of its bytes, as delivered.
    """

    path: Path
    name: str
    digest: str


@dataclass(frozen=True)
class Original:
    """A row as it was delivered, before somebody mended it.

    Attributes:
        delivery: SHA-256 of the file that it came in.
        row: Its number there.
        raw: Its cells.
    """

    delivery: str
    row: int
    raw: Mapping[str, str | None]


@dataclass(frozen=True)
class Options:
    """What the person or the workspace decided about reading.

    Attributes:
        time_zone: Zone of stamps that carry no offset.
        dates: `dmy`, `mdy` or `ymd` where a person has said so; None to decide over the whole column.
        mapping: The accepted mapping (generic source); None to propose one.
        roles: What the lake already knows: author's id → agent | bot | customer.
        originals: Mended rows by number, as they were delivered: what is called after them keeps its name.
        currency: Of amounts that state none; empty to leave it open.
    """

    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    dates: str | None = None
    mapping: Mapping[str, object] | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[int, Original] = field(default_factory=dict)
    currency: str = ""


@dataclass(frozen=True)
class Reject:
    """A row, or a value, that cannot be mapped, kept with everything needed to mend and replay it.

    Attributes:
        file: The delivered file's name.
        row: Number of the data row, the first being 1; 0 for the file itself.
        table: Canonical table that it was meant for.
        column: Foreign column's name, where one is to blame.
        value: The offending value as text.
        reason: Why, in the reader's language.
        raw: The whole foreign row, name → text.
        kept: The row was kept and only this value left empty.
    """

    file: str
    row: int
    table: str
    column: str | None
    value: str | None
    reason: Message
    raw: Mapping[str, str | None] = field(default_factory=dict)
    kept: bool = False


@dataclass(frozen=True)
class Chunk:
    """Canonical rows of one table, tens of thousands at a time.

    Attributes:
        table: Canonical table's name.
        rows: Any subset of the table's columns in their canonical types, extra text columns
            `x_…`, `row` (number in the file) and, where the source knows it, `updated`.
        rejects: Rows left out on the way.
        read: Foreign rows that this chunk covers.
        file: Digest of the delivery that the rows came from.
    """

    table: str
    rows: pa.Table
    rejects: tuple[Reject, ...] = ()
    read: int = 0
    file: str = ""


class Source(Protocol):
    """One foreign format or system."""

    name: str
    label: Message
    tables: tuple[str, ...]

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """How sure it is, 0 to 1, that these files are its own; reads only their beginnings."""

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Canonical rows, streaming; a broken file raises `InputError`, a broken row is a `Reject`."""
