"""How good and how fresh the data are: by table and column, and keys that point nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import UnknownNameError
from latido.facts.expr import flag
from latido.i18n import _
from latido.model import TABLES
from latido.model.table import EXTRA_PREFIX
from latido.store.footers import content
from latido.store.history import Version
from latido.workspace.history import last_imports

if TYPE_CHECKING:
    from latido.workspace.workspace import Workspace


class Reference(NamedTuple):
    """A column whose values are another table's keys.

    Attributes:
        column: The column.
        to: The table that it points to.
        key: The column of that which it should be found in.
        subject: Only of rows about this; None for all.
    """

    column: str
    to: str
    key: str
    subject: str | None = None


_CUSTOMER = Reference("customer_id", "customers", "customer_id")
_TICKET = Reference("subject_id", "tickets", "ticket_id", "ticket")
_ORDER = Reference("subject_id", "orders", "order_id", "order")
REFERENCES: Mapping[str, tuple[Reference, ...]] = {
    "identities": (_CUSTOMER,),
    "tickets": (_CUSTOMER, Reference("agent_id", "agents", "agent_id")),
    "ticket_events": (Reference("ticket_id", "tickets", "ticket_id"),),
    "answers": (_CUSTOMER, _TICKET, _ORDER, Reference("ask_id", "asks", "ask_id")),
    "asks": (_CUSTOMER, _TICKET, _ORDER),
    "orders": (_CUSTOMER,),
    "subscriptions": (_CUSTOMER,),
    "mentions": (_CUSTOMER,),
    "touchpoints": (_CUSTOMER,),
}


@dataclass(frozen=True)
class Filled:
    """A column, and how much of it is empty.

    Attributes:
        name: Its name.
        empty: Share of empty cells, 0 to 1.
        own: Whether it is a column of one's own.
    """

    name: str
    empty: float
    own: bool


@dataclass(frozen=True)
class TableQuality:
    """A table.

    Attributes:
        name: Its name.
        rows: How many rows it has.
        first: Its first instant.
        last: Its last instant; how fresh it is.
        columns: Its columns.
        rejects: How many rejects meant for it are open.
        came: The last import that brought something to it and stands; None where that is no longer kept.
    """

    name: str
    rows: int
    first: datetime | None
    last: datetime | None
    columns: tuple[Filled, ...]
    rejects: int
    came: Version | None

    @property
    def used(self) -> tuple[Filled, ...]:
        """Columns with something in them."""
        return tuple(column for column in self.columns if column.empty < 1)

    @property
    def empty(self) -> float:
        """Share of empty cells among the columns with something in them."""
        return sum(c.empty for c in self.used) / len(self.used) if self.used else 0.0


@dataclass(frozen=True)
class Nowhere:
    """Rows whose key points to nothing.

    Attributes:
        column: The column with the key.
        to: The table where it should be.
        rows: How many rows.
        share: Of the rows that have one, 0 to 1.
    """

    column: str
    to: str
    rows: int
    share: float


def quality(workspace: Workspace) -> tuple[TableQuality, ...]:
    """Every canonical table that holds rows, or for which rows were rejected.

    Rows, empty cells and instants come from the footers of files, so that it takes no longer for more rows.
    """
    snapshot, came = workspace.snapshot(), last_imports(workspace.history())
    rejects = workspace.rejects.counts()
    found = []
    for name, table in TABLES.items():
        schema = [n for n in snapshot.schema(name).names if n in table.names or n.startswith(EXTRA_PREFIX)]
        there = content(snapshot, name, schema, table.time)
        if there.rows or rejects.get(name):
            columns = tuple(Filled(n, _share(there.empty[n], there.rows), n not in table) for n in schema)
            found.append(
                TableQuality(name, there.rows, there.first, there.last, columns, rejects.get(name, 0), came.get(name))
            )
    return tuple(found)


def pointing_nowhere(workspace: Workspace, name: str) -> tuple[Nowhere, ...]:
    """Keys of a table that point nowhere, in one question; where the other table is empty, nothing is claimed.

    Raises:
        UnknownNameError: There is no such table.
    """
    if name not in TABLES:
        raise UnknownNameError.among(_("table"), name, TABLES)
    snapshot, tables = workspace.snapshot(), workspace.tables()
    asked = [r for r in REFERENCES.get(name, ()) if snapshot.rows(r.to)] if snapshot.rows(name) else []
    if not asked:
        return ()
    frame = workspace.execute(_counts(tables, name, asked))
    found = {str(column): int(n) for column, n in frame.iloc[0].fillna(0).items()}
    counts = ((r, found[f"nowhere_{i}"], found[f"there_{i}"]) for i, r in enumerate(asked))
    return tuple(Nowhere(r.column, r.to, nowhere, _share(nowhere, there)) for r, nowhere, there in counts)


def _counts(tables: Mapping[str, Any], name: str, asked: Sequence[Reference]) -> Any:
    """One row: for each reference, how many rows have a key, and how many of these keys are nobody's."""
    rows = tables[name]
    marks: dict[str, Any] = {}
    for i, reference in enumerate(asked):
        has = rows[reference.column].notnull()
        if reference.subject is not None:
            has &= (rows.subject == reference.subject).fill_null(False)
        known = rows[reference.column].isin(tables[reference.to][reference.key])
        marks |= {f"there_{i}": flag(has), f"nowhere_{i}": flag(has & ~known.fill_null(False))}
    marked = rows.select(**marks)
    return marked.aggregate(**{column: marked[column].sum() for column in marks})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
