"""The audit trail: who changed or took out what, and when. Nothing is ever taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from sqlalchemy import Select, select

from latido.state.columns import now
from latido.state.database import Database
from latido.state.tables import AuditRow, PersonRow

PAGE = 50
_BATCH = 1000


class Entry(NamedTuple):
    """One change or export.

    Attributes:
        id: Number; later ones are higher.
        occurred: When.
        person_id: Who; None for the command line, or for somebody who was not signed in.
        name: Their name.
        how: By which way: `session`, `token`, `link`, `command`.
        action: What was done: `person.invited`, `import.undone`, `metric.exported`.
        target: To what.
        source: The network that it came from: an address without its last part.
    """

    id: int
    occurred: datetime
    person_id: int | None
    name: str | None
    how: str
    action: str
    target: str
    source: str


class Chosen(NamedTuple):
    """Which entries are wanted.

    Attributes:
        action: The beginning of an action: `person` for all that concerns people; empty for all.
        person_id: Whose; None for everybody's.
        before: Only those of a lower number.
    """

    action: str = ""
    person_id: int | None = None
    before: int | None = None


class Audit:
    """The audit trail of a workspace.

    Args:
        database: Where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, action: str, target: str = "", *, person_id: int | None, how: str, address: str = "") -> None:
        """Add an entry; within a transaction it is kept together with the change, or not at all.

        Args:
            action: What was done.
            target: To what; no personal data.
            person_id: Who did it.
            how: By which way.
            address: Where from; only its network is kept.
        """
        with self._database.writing() as session:
            session.add(
                AuditRow(
                    occurred=now(), person_id=person_id, how=how, action=action, target=target, source=network(address)
                )
            )

    def page(self, chosen: Chosen = Chosen(), size: int = PAGE) -> tuple[Entry, ...]:  # noqa: B008 - it is immutable
        """Entries, the latest first; one more than `size` says that there are others."""
        with self._database.reading() as session:
            return tuple(Entry(*found) for found in session.execute(_wanted(chosen).limit(size + 1)).all())

    def each(self, chosen: Chosen = Chosen()) -> Iterator[Entry]:  # noqa: B008
        """All entries, the latest first, some at a time."""
        while found := self.page(chosen, _BATCH):
            yield from found[:_BATCH]
            if len(found) <= _BATCH:
                return
            chosen = chosen._replace(before=found[_BATCH - 1].id)

    def actions(self) -> tuple[str, ...]:
        """Every action that occurs, in alphabetical order."""
        with self._database.reading() as session:
            return tuple(session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action)))


def network(address: str) -> str:
    """The network of an address: enough to see that something came from elsewhere, too little to name a person.

    >>> network("203.0.113.77"), network("2001:db8:1:2::3"), network("testclient")
    ('203.0.113.0/24', '2001:db8:1::/48', '')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def _wanted(chosen: Chosen) -> Select[int, datetime, int | None, str, str, str, str, str]:
    columns = (AuditRow.id, AuditRow.occurred, AuditRow.person_id, PersonRow.name)
    rest = (AuditRow.how, AuditRow.action, AuditRow.target, AuditRow.source)
    wanted = (
        select(*columns, *rest).outerjoin(PersonRow, AuditRow.person_id == PersonRow.id).order_by(AuditRow.id.desc())
    )
    if chosen.action:
        wanted = wanted.where(AuditRow.action.startswith(chosen.action, autoescape=True))
    if chosen.person_id is not None:
        wanted = wanted.where(AuditRow.person_id == chosen.person_id)
    return wanted if chosen.before is None else wanted.where(AuditRow.id < chosen.before)
