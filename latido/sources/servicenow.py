"""ServiceNow incidents: the log of their updates (each row an incident as one update left it), or a plain list.

The latest row of an incident is its ticket. Latest is by the stamp of the update, then by
`sys_mod_count`, then by the order in the file: a log may open with a stray row whose count
belongs to another time, and stamps of one minute need the count to tell them apart. Events are
what changed from one row to the next: handover (first owner: assignment; from one group or
person to another: transfer), priority, status. A state that ServiceNow does not have (−100) is
told and left out: what held before it holds on. What a row says with a stamp before the opening
holds from the opening. Incidents with a single row have no history to read; they get no events,
and `resolved_at` is their solve. Where the export says when incidents were resolved, an incident
without `resolved_at` was never resolved, whatever its states say: what held before holds on until it
is closed, or until its last row.

`made_sla` and the counts of reassignments and reopenings are those of the latest row: the log
changes them as it goes, and over all rows they would weigh incidents by their updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from latido.i18n import Message, _
from latido.model.table import Type
from latido.model.tickets import TICKET_EVENTS, TICKETS
from latido.sources.columns import Cells, Known, names
from latido.sources.reading import read_sheet
from latido.sources.scratch import chunks, insert, scratch
from latido.sources.source import Chunk, Delivery, Options, Reject

ALIASES = {
    "ticket_id": ("number", "incident", "task"),
    "state": ("incident state", "ident state"),
    "created": ("opened at", "opened"),
    "solved": ("resolved at", "resolved"),
    "changed": ("sys updated at", "sys updated on", "updated"),
    "changes": ("sys mod count", "updates"),
    "author": ("sys updated by", "updated by"),
    "customer_id": ("caller id", "caller"),
    "subject": ("short description",),
    "channel": ("contact type",),
    "topic": ("category",),
    "subtopic": ("subcategory", "category 2"),
    "product": ("business service", "service offering", "cmdb ci", "configuration item"),
    "priority": (),
    "team": ("assignment group",),
    "agent_id": ("assigned to",),
    "reassignments": ("reassignment count",),
    "reopens": ("reopen count",),
    "sla_met": ("made sla",),
    "x_impact": ("impact",),
    "x_urgency": ("urgency",),
    "x_location": ("location",),
    "x_symptom": ("u symptom", "symptom"),
    "x_close_code": ("close code", "closed code", "resolution code"),
}
COLUMNS = ("file", "row", "status", *(name for name in ALIASES if name != "state"))
OWN = frozenset(
    {"sys mod count", "sys updated at", "sys updated on", "reassignment count", "made sla", "assignment group",
     "caller id", "contact type"}
)  # fmt: skip
DATES = ("created", "solved", "changed")


def _words(known: dict[str, str]) -> dict[str, str]:
    """Each of the words that stand for a value → the value."""
    return {word: value for value, words in known.items() for word in words.split("|")}


STATES = _words(
    {
        "new": "new|1",
        "open": "active|in progress|work in progress|open|assigned|2",
        "pending": "awaiting user info|awaiting caller|awaiting user|pending|4",
        "hold": "on hold|awaiting vendor|awaiting problem|awaiting evidence|awaiting change|3|5",
        "solved": "resolved|6",
        "closed": "closed|closed complete|canceled|cancelled|7|8",
    }
)
PRIORITIES = _words(
    {
        "urgent": "1|p1|critical|1 - critical",
        "high": "2|p2|high|2 - high",
        "normal": "3|p3|moderate|3 - moderate",
        "low": "4|5|p4|p5|low|planning|4 - low|5 - planning",
    }
)
CHANNELS = _words(
    {
        "phone": "phone|ivr|call",
        "email": "email|e-mail",
        "chat": "chat|virtual agent|virtual_agent",
        "web": "self service|self-service|web|portal|service portal",
        "store": "walk-in|walk in",
        "app": "mobile",
        "api": "monitoring|event|event management|integration|api",
        "social": "social|social media",
    }
)

LOG = """
create table log (
    file bigint, row bigint, ticket_id varchar, status varchar, created timestamptz, solved timestamptz,
    changed timestamptz, changes bigint, author varchar, customer_id varchar, subject varchar, channel varchar,
    topic varchar, subtopic varchar, product varchar, priority varchar, team varchar, agent_id varchar,
    reassignments bigint, reopens bigint, sla_met boolean, x_impact varchar, x_urgency varchar, x_location varchar,
    x_symptom varchar, x_close_code varchar
)
"""
UNRESOLVED = """
update log set status = case when changed < last then null else 'closed' end
from (select ticket_id as told, max(changed) as last, count(solved) as solves from log group by ticket_id)
where ticket_id = told and solves = 0 and status = 'solved' and (select count(solved) from log) > 0
"""
HISTORY = """
create table history as
select
    *,
    count(*) over incident as updates,
    row_number() over newest as age,
    row_number() over (partition by ticket_id, changed, changes order by file, row) as twin,
    last_value(status ignore nulls) over earlier as status_before,
    last_value(priority ignore nulls) over earlier as priority_before,
    last_value(team ignore nulls) over earlier as team_before,
    last_value(agent_id ignore nulls) over earlier as agent_before
from log
window
    incident as (partition by ticket_id),
    newest as (partition by ticket_id order by changed desc nulls last, changes desc, file desc, row desc),
    earlier as (
        partition by ticket_id order by changed nulls first, changes, file, row
        rows between unbounded preceding and 1 preceding
    )
"""
LATEST = """
select
    row, ticket_id, created, solved, customer_id, subject, channel, topic, subtopic, product, priority,
    coalesce(status, status_before) as status, team, agent_id, reassignments, reopens, sla_met,
    case when channel = 'api' then 'system' else 'customer' end as opened_by,
    x_impact, x_urgency, x_location, x_symptom, x_close_code, changed as updated
from history
where age = 1 and file = $file
order by row
"""
CHANGES = """
with handed as (
    select
        *,
        team <> team_before or agent_id <> agent_before as moved,
        team_before is null and team is not null or agent_before is null and agent_id is not null as taken,
        agent_id is not null and agent_id is distinct from agent_before as person
    from history
    where updates > 1 and changed is not null and file = $file
),
changes as (
    select *, 1 as place, case when moved then 'transfer' else 'assignment' end as kind,
        case when person then agent_id else team end as value
    from handed where moved or taken
    union all
    select *, 2, 'priority', priority from handed
    where priority is not null and priority is distinct from priority_before
    union all
    select *, 3, 'status', status from handed
    where status is not null and status is distinct from status_before
)
select
    row, ticket_id, printf('%010d-%06d-%d%d', epoch(changed)::bigint, coalesce(changes, 0), twin, place) as event_id,
    greatest(changed, created) as occurred, kind, author as author_id,
    case when lower(author) in ('system', 'guest', 'admin') then 'system' else 'agent' end as author_role,
    value, coalesce(team, team_before) as team, coalesce(agent_id, agent_before) as agent_id, changed as updated
from changes
order by row, place
"""


class ServiceNow:
    """ServiceNow's incident table, exported as CSV or XLSX."""

    name = "servicenow"
    label = _("ServiceNow incidents (CSV, XLSX)")
    tables: tuple[str, ...] = ("tickets", "ticket_events")

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of how many of ServiceNow's own names their headers have."""
        return sum(map(_likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Each incident once, and what changed between its rows, over all the files together."""
        with scratch(LOG) as log:
            counts = []
            for i, file in enumerate(deliveries):
                known = Known.of(read_sheet(file), ALIASES, DATES, options)
                rejects, read = _append(log, i, known)
                yield from _told(file, rejects)
                counts.append(read)
            log.execute(UNRESOLVED)
            log.execute(HISTORY)
            for i, file in enumerate(deliveries):
                for table, query in ((TICKETS, LATEST), (TICKET_EVENTS, CHANGES)):
                    yield from chunks(log.execute(query, {"file": i}), table, file, counts[i])


def _likeness(file: Delivery) -> float:
    found = set(names(file))
    needed = all(found & {ours, *ALIASES[ours]} for ours in ("ticket_id", "state", "created"))
    return (0.5 + 0.48 * min(1, len(found & OWN) / 3)) if needed and found & OWN else 0.0


def _append(log: duckdb.DuckDBPyConnection, file: int, known: Known) -> tuple[tuple[Reject, ...], int]:
    """Put a file's rows into the log; what could not be read, and how many rows there were."""
    rejects: list[Reject] = []
    read = 0
    for frame in known.frames():
        cells = Cells(known, frame, TICKETS)
        rows = _rows(cells, file)
        insert(log, "insert into log by name from frame", rows.filter(pa.array(~cells.lost)))
        rejects += cells.rejects
        read += frame.rows.num_rows + len(frame.broken)
    return tuple(rejects), read


def _rows(cells: Cells, file: int) -> pa.Table:
    given = {
        "file": pa.repeat(file, cells.frame.rows.num_rows),
        "row": cells.numbers,
        "ticket_id": cells.required("ticket_id", cells.text("ticket_id")),
        "status": cells.mapped("state", STATES, _strange),
        "created": cells.required("created", cells.read("created", Type.INSTANT)),
        "priority": cells.mapped("priority", PRIORITIES, _strange),
        "channel": cells.mapped("channel", _Channels(), _strange),
        "sla_met": cells.read("sla_met", Type.BOOLEAN),
    }
    given |= {name: cells.read(name, Type.INSTANT) for name in ("solved", "changed")}
    given |= {name: cells.read(name, Type.INTEGER) for name in ("changes", "reassignments", "reopens")}
    return pa.table({name: given[name] if name in given else cells.text(name) for name in COLUMNS})


class _Channels(dict[str, str]):
    """ServiceNow lets companies add their own; those are another channel, not an error."""

    def get(self, word: str, _default: str | None = None) -> str:  # type: ignore[override]
        return CHANNELS.get(word, "other")


def _strange(value: str | None) -> Message:
    return _("ServiceNow does not have “{value}” here.", value=value)


def _told(file: Delivery, rejects: tuple[Reject, ...]) -> Iterator[Chunk]:
    if rejects:
        yield Chunk("tickets", TICKETS.schema().empty_table(), rejects, 0, file.digest)
