"""Zendesk Support: tickets with everything that happened to them, users, groups, satisfaction.

Reads the bodies of Zendesk's API and its JSON export, in any combination of files in one import:
`tickets`, `audits`, `comments` (where there are no audits), `ticket_events`, `users`, `groups`,
`group_memberships`, `organizations`, `brands`, `ticket_fields`, `ticket_metrics`,
`satisfaction_ratings`. A file may hold several of them, or be JSON Lines of one.

Small tables are read first (who is who), then what happened (audits), then the tickets, which by
then know who opened them and what they were merged into. Reopenings are not events of their own:
they are `status` events that follow a solve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from latido.i18n import _
from latido.model.tickets import TICKET_EVENTS, TICKETS
from latido.sources.open import read_json
from latido.sources.rows import Rows
from latido.sources.source import Chunk, Delivery, Options, Reject
from latido.sources.zendesk.desk import Desk
from latido.sources.zendesk.events import add_audit, add_comment, as_audit, newest_first
from latido.sources.zendesk.files import ARRAYS, holds, likeness
from latido.sources.zendesk.people import read_fields, read_memberships, read_names, read_users
from latido.sources.zendesk.tickets import CHUNK, look_ahead, read_metrics, read_ratings, read_tickets, satisfaction

Reader = Callable[[Desk, Delivery, str | None], Iterator[Chunk]]


class Zendesk:
    """Zendesk Support by its API bodies or JSON export."""

    name = "zendesk"
    label = _("Zendesk Support (JSON)")
    tables: tuple[str, ...] = ("customers", "identities", "agents", "tickets", "ticket_events", "answers", "asks")

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of how much each looks like Zendesk's."""
        return sum(map(likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Canonical rows of all the files, the small tables first."""
        files = [(file, holds(file)) for file in deliveries]
        audits = [(file, found["audits"]) for file, found in files if "audits" in found]
        desk = Desk(lake=dict(options.roles), backwards=any(newest_first(file, array) for file, array in audits))
        for kind, reader in READERS:
            for file, found in files:
                if kind in found:
                    yield from filter(_says_something, reader(desk, file, found[kind]))
        yield from filter(_says_something, satisfaction(desk))
        yield from (_strange(file) for file, found in files if not found)


def _says_something(chunk: Chunk) -> bool:
    return bool(chunk.read or chunk.rejects)


def _read_audits(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    rows = Rows(TICKET_EVENTS, file)
    for number, audit in read_json(file, array, broken=rows.broken):
        add_audit(rows, desk, number, audit)
        yield from rows.chunks(CHUNK)
    yield rows.take()


def _read_ticket_events(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    rows = Rows(TICKET_EVENTS, file)
    told = {ticket_id for ticket_id, ticket in desk.tickets.items() if ticket.spelt_out}
    for number, record in read_json(file, array, broken=rows.broken):
        if str(record.get("ticket_id")) not in told:
            add_audit(rows, desk, number, as_audit(record))
            yield from rows.chunks(CHUNK)
    yield rows.take()


def _read_comments(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    rows = Rows(TICKET_EVENTS, file)
    for number, comment in read_json(file, array, broken=rows.broken):
        add_comment(rows, desk, number, comment)
        yield from rows.chunks(CHUNK)
    yield rows.take()


READERS: tuple[tuple[str, Reader], ...] = (
    ("groups", read_names),
    ("brands", read_names),
    ("organizations", read_names),
    ("ticket_fields", read_fields),
    ("group_memberships", read_memberships),
    ("users", read_users),
    ("ticket_metrics", read_metrics),
    ("tickets", look_ahead),
    ("audits", _read_audits),
    ("ticket_events", _read_ticket_events),
    ("comments", _read_comments),
    ("satisfaction_ratings", read_ratings),
    ("tickets", read_tickets),
)


def _strange(file: Delivery) -> Chunk:
    known = ", ".join(sorted(set(ARRAYS.values())))
    reason = _("There is nothing of Zendesk in this file. latido reads: {known}.", known=known)
    rejected = Reject(file.name, 0, "tickets", None, None, reason)
    return Chunk("tickets", TICKETS.schema().empty_table(), (rejected,), 0, file.digest)
