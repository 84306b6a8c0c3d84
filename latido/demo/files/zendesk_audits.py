"""The history of every ticket as Zendesk's audits: messages, notes, changes, merges, one line an update."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from latido.demo import events
from latido.demo.columns import Flags, Ints, Texts, stream, texts
from latido.demo.company import Company
from latido.demo.demand import DUPLICATE
from latido.demo.events import Log
from latido.demo.files.folder import Folder
from latido.demo.files.stamps import iso
from latido.demo.files.zendesk import GROUP_ID, SOURCE, VIA, openings, requesters
from latido.demo.staff import BOTS
from latido.demo.surveys import CSAT
from latido.demo.words.messages import Messages, quoted
from latido.demo.world import PRIORITIES

FIRST_ID = 1_000_000_000_000
STEP = 10
BLOCK = 40_000
PRIVATE = (events.NOTE, events.TRANSFER, events.MERGE, events.DISCARD)


class Update(NamedTuple):
    """One audit, ready to be written; its changes get their identifiers then."""

    id: int
    ticket: int
    time: str
    author: int
    via: str
    body: str
    public: str
    changes: tuple[str, ...]


def write_audits(folder: Folder, company: Company, messages: Messages) -> None:
    """All audits, ticket by ticket."""
    folder.text("zendesk/ticket_audits.json.gz", _page(company, messages))


def _page(company: Company, messages: Messages) -> Iterator[str]:
    subjects, first = openings(company, messages)
    log = with_offers(company)
    state = State(company, log, subjects, first)
    rng = stream(company.seed, "turns")
    yield '{"audits":[\n'
    for start in range(0, len(log), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(log)))
        yield (",\n" if start else "") + ",\n".join(_audits(company, state, messages, rng, rows))
    yield '\n],"after_url":null,"end_of_stream":true}\n'


def with_offers(company: Company) -> Log:
    """The log, with the surveys that the desk's automation sent: an update that says nothing of the ticket."""
    asks = company.asks.take(company.asks.survey == CSAT)
    nothing = np.full(len(asks), events.NOTHING)
    kind, step = np.full(len(asks), events.OFFER), np.full(len(asks), 998)
    system = np.full(len(asks), events.SYSTEM)
    offers = Log(asks.about, asks.asked, step, kind, system, nothing, nothing, nothing, nothing)
    return Log.join((company.tickets.log, offers)).ordered()


class State:
    """The log, what was known of each ticket just before each event, and what each was created with."""

    def __init__(self, company: Company, log: Log, subjects: Sequence[str], openings: Sequence[str]) -> None:
        asked = company.tickets.asked
        self.log = log
        self.status, self.team, self.agent = (events.before(c, log.ticket) for c in (log.status, log.team, log.agent))
        self.people = np.array([p.number for p in company.staff.people])
        self.number = _authors(company, log, self.people)
        raised = np.zeros(len(asked), dtype=bool)
        raised[log.ticket[log.kind == events.ESCALATE]] = True
        self.priority = asked.priority
        self.creations = _creations(company, asked.priority - raised, subjects)
        self.openings = texts(openings)
        copies = np.flatnonzero(asked.kind == DUPLICATE).tolist()
        self.copies = {int(asked.parent[copy]): copy for copy in copies}


def _authors(company: Company, log: Log, people: Ints) -> Ints:
    old, new = BOTS.values()
    number = np.where(log.author >= 0, people[np.maximum(log.author, 0)], log.author)
    number = np.where(log.author == events.CUSTOMER, requesters(company)[log.ticket], number)
    return np.where(log.author == events.OLD_BOT, old, np.where(log.author == events.NEW_BOT, new, number))


def _audits(company: Company, state: State, messages: Messages, rng: np.random.Generator, rows: Ints) -> list[str]:
    log, asked = state.log.take(rows), company.tickets.asked
    bodies = _bodies(company, state, messages, rng, log)
    changes = _changes(state, rows)
    via = texts(f'"channel":"{v}",{SOURCE}' for v in VIA)[asked.channel[log.ticket]]
    via[log.author >= 0] = _agents_via(asked.channel[log.ticket[log.author >= 0]])
    via[log.author == events.SYSTEM] = RULE
    merged = np.flatnonzero(log.says == events.SAY_MERGED)
    for row in merged.tolist():
        via[row], bodies[row] = _merge(company, state, log, row)
    public = np.where(np.isin(log.kind, PRIVATE), "false", "true")
    ids = FIRST_ID + rows * STEP
    columns = (ids, log.ticket + 1, iso(log.time), state.number[rows], via, bodies, public, changes)
    updates = zip(*(c.tolist() if isinstance(c, np.ndarray) else c for c in columns), strict=True)
    return [_audit(Update(*u)) for u in updates]


RULE = '"channel":"rule","source":{"from":{"title":"Automatización"},"to":{},"rel":"automation"}'


def _agents_via(channel: Ints) -> Texts:
    """Agents write from their screen, but for calls and chats."""
    return texts(f'"channel":"{v}",{SOURCE}' for v in ("web", "web", "voice", "chat", "whatsapp", "twitter"))[channel]


def _audit(u: Update) -> str:
    says = (
        f'"type":"Comment","author_id":{u.author},"body":{u.body},"public":{u.public},'
        f'"attachments":[],"audit_id":{u.id}}}'
    )
    events = [part for part in ((says if u.body else ""), *u.changes) if part]
    told = ",".join([f'{{"id":{u.id + n},{part}' for n, part in enumerate(events, 1)])
    return (
        f'{{"id":{u.id},"ticket_id":{u.ticket},"created_at":"{u.time}","author_id":{u.author},"metadata":{{}},'
        f'"via":{{{u.via}}},"events":[{told}]}}'
    )


def _bodies(company: Company, state: State, messages: Messages, rng: np.random.Generator, log: Log) -> Texts:
    out = texts([""] * len(log))
    variant = company.people.variant[company.tickets.asked.customer[log.ticket]]
    opening = log.says == events.SAY_OPEN
    out[opening] = state.openings[log.ticket[opening]]
    for says in messages.turns:
        own = log.says == says
        out[own] = messages.turn(rng, says, variant[own])
    return out


def _merge(company: Company, state: State, log: Log, row: int) -> tuple[str, str]:
    """How the two sides of a merge tell of it."""
    ticket = int(log.ticket[row])
    if log.kind[row] == events.MERGE:
        into = int(company.tickets.asked.parent[ticket]) + 1
        via = f'"channel":"web","source":{{"from":{{}},"to":{{"ticket_id":{into}}},"rel":"merge"}}'
        return via, quoted(f"Esta solicitud se cerró y se fusionó con la solicitud #{into}.")
    gone = state.copies[ticket] + 1
    via = f'"channel":"web","source":{{"from":{{"ticket_id":{gone},"ticket_ids":[{gone}]}},"to":{{}},"rel":"merge"}}'
    return via, quoted(f"La solicitud #{gone} se cerró y se fusionó con esta.")


def _changes(state: State, rows: Ints) -> list[tuple[str, ...]]:
    """What changes in each update: parts of JSON objects, empty where nothing does."""
    log = state.log.take(rows)
    creating = log.kind == events.CREATE
    fields = (
        _field("status", log.status, state.status[rows], creating, lambda at: f'"{events.STATUSES[at]}"'),
        _field("group_id", log.team, state.team[rows], creating, lambda at: f'"{GROUP_ID + at}"'),
        _field("assignee_id", log.agent, state.agent[rows], creating, lambda at: f'"{state.people[at]}"'),
    )
    created = [texts([""] * len(log)) for _ in state.creations]
    for part, given in zip(created, state.creations, strict=True):
        part[creating] = given[log.ticket[creating]]
    extra = texts([""] * len(log))
    raised = log.kind == events.ESCALATE
    extra[raised] = RAISED[state.priority[log.ticket[raised]]]
    extra[log.kind == events.MERGE], extra[log.kind == events.OFFER] = MERGED_TAG, OFFERED
    return list(zip(*(part.tolist() for part in created), extra.tolist(), *fields, strict=True))


def _change(field: str, new: str, old: str) -> str:
    return f'"type":"Change","field_name":"{field}","value":{new},"previous_value":{old}}}'


MERGED_TAG = _change("tags", '["closed_by_merge"]', "[]")
OFFERED = (
    '"type":"Notification","via":{"channel":"rule","source":{"from":{},"to":{},"rel":"automation"}},'
    '"subject":"¿Qué tal le hemos atendido?","body":"{{encuesta}}","recipients":[]}'
)
RAISED = texts(["", *(_change("priority", f'"{new}"', f'"{old}"') for old, new in pairwise(PRIORITIES))])


def _field(field: str, new: Ints, old: Ints, creating: Flags, name: Callable[[int], str]) -> list[str]:
    """A change of one field wherever it has a new value; a creation names no old one."""
    changed = np.flatnonzero((new != events.NOTHING) & (new != old))
    triples = list(zip(new[changed].tolist(), old[changed].tolist(), creating[changed].tolist(), strict=True))
    known = {t: _valued(field, t, name) for t in set(triples)}
    out = texts([""] * len(new))
    out[changed] = texts(known[t] for t in triples)
    changes: list[str] = out.tolist()
    return changes


def _valued(field: str, triple: tuple[int, int, bool], name: Callable[[int], str]) -> str:
    new, old, creating = triple
    if creating:
        return _new(field, name(new))
    return _change(field, name(new), "null" if old == events.NOTHING else name(old))


def _creations(company: Company, priority: Ints, subjects: Sequence[str]) -> tuple[Texts, Texts, Texts]:
    """What each ticket is created with, beside status, group and assignee: requester, subject, priority."""
    requester = (f'"{who}"' for who in requesters(company).tolist())
    level = (f'"{PRIORITIES[n]}"' for n in priority.tolist())
    fields = (("requester_id", requester), ("subject", subjects), ("priority", level))
    columns = [texts(_new(field, value) for value in values) for field, values in fields]
    return columns[0], columns[1], columns[2]


def _new(field: str, value: str) -> str:
    return f'"type":"Create","field_name":"{field}","value":{value}}}'
