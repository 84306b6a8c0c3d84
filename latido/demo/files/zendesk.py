"""The help desk: groups, fields, users and tickets as Zendesk's API gives them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import numpy as np

from latido.demo import events
from latido.demo.columns import Ints, stream
from latido.demo.company import Company
from latido.demo.customers import Customers
from latido.demo.demand import PROACTIVE, SPAM
from latido.demo.files.folder import Folder
from latido.demo.files.stamps import iso, named
from latido.demo.names import plain
from latido.demo.staff import BOTS, DEMOTED, FOREVER, Person
from latido.demo.words.messages import Messages
from latido.demo.world import COUNTRIES, END, ENGLISH, PRIORITIES, SUBTOPICS, TEAMS, TOPICS, VARIANTS

HOST = "https://lumbrehogar.example/api/v2"
GROUP_ID, TOPIC_FIELD, SUBTOPIC_FIELD, SPAMMER_ID = 3_600_000_001, 3_610_000_001, 3_610_000_002, 8_800_000_001
SPAMMERS = 40
VIA = ("email", "web", "voice", "chat", "whatsapp", "twitter")
SOURCE = '"source":{"from":{},"to":{},"rel":null}'


def write_desk(folder: Folder, company: Company, messages: Messages) -> None:
    """Everything but the audits."""
    folder.text("zendesk/groups.json", _page("groups", _groups()))
    folder.text("zendesk/ticket_fields.json", _page("ticket_fields", _fields()))
    folder.text("zendesk/users.json.gz", _page("users", _users(company)))
    folder.text("zendesk/tickets.json.gz", _page("tickets", _tickets(company, messages)))


def requesters(company: Company) -> Ints:
    """User number of whoever asked; spam comes from nobody that we know."""
    asked = company.tickets.asked
    spammer = SPAMMER_ID + asked.customer % SPAMMERS
    return np.where(asked.kind == SPAM, spammer, company.people.number[asked.customer])


def value(name: str) -> str:
    """A name as the tag that Zendesk keeps for it."""
    return plain(name).replace(".", "_")


def openings(company: Company, messages: Messages) -> tuple[list[str], list[str]]:
    """Subject and first message of every ticket, as JSON; the same each time."""
    asked = company.tickets.asked
    variant = company.people.variant[asked.customer]
    subject, text = messages.opening(stream(company.seed, "openings"), variant, asked.topic, asked.subtopic)
    return subject.tolist(), text.tolist()


def _page(name: str, records: Iterable[str]) -> Iterator[str]:
    """One body of the API: records a line, in blocks."""
    yield f'{{"{name}":[\n'
    block, first = [], True
    for record in records:
        block.append(record)
        if len(block) == 5000:
            yield ("" if first else ",\n") + ",\n".join(block)
            block, first = [], False
    if block:
        yield ("" if first else ",\n") + ",\n".join(block)
    yield '\n],"after_url":null,"end_of_stream":true}\n'


def _groups() -> Iterator[str]:
    for n, name in enumerate(TEAMS):
        stamp = "2021-06-01T08:00:00Z"
        yield json.dumps(
            {"url": f"{HOST}/groups/{GROUP_ID + n}.json", "id": GROUP_ID + n, "is_public": True, "name": name,
             "description": "", "default": n == 0, "deleted": False, "created_at": stamp, "updated_at": stamp},
            ensure_ascii=False,
        )  # fmt: skip


def _fields() -> Iterator[str]:
    details = dict.fromkeys(s for own in SUBTOPICS for s in own)
    for number, title, names in ((TOPIC_FIELD, "Motivo", TOPICS), (SUBTOPIC_FIELD, "Subtema", tuple(details))):
        options = [{"id": number + 10 + n, "name": name, "value": value(name)} for n, name in enumerate(names)]
        yield json.dumps(
            {"url": f"{HOST}/ticket_fields/{number}.json", "id": number, "type": "tagger", "title": title,
             "active": True, "custom_field_options": options},
            ensure_ascii=False,
        )  # fmt: skip


def _users(company: Company) -> Iterator[str]:
    yield from (_bot(number, name) for name, number in BOTS.items())
    yield from (_agent(company, person) for person in _agents(company))
    yield from _customers(company)
    for n in range(SPAMMERS):
        yield _user(SPAMMER_ID + n, f"Oferta {n}", f"oferta{n}@spam.example", "2024-07-01T00:00:00Z", suspended=True)


def _user(number: int, name: str, email: str, created: str, **more: object) -> str:
    shape = {
        "id": number, "url": f"{HOST}/users/{number}.json", "name": name, "email": email, "created_at": created,
        "updated_at": created, "time_zone": "Madrid", "iana_time_zone": COUNTRIES[0].zone, "phone": None,
        "locale": "es", "organization_id": None, "role": "end-user", "verified": True, "external_id": None, "tags": [],
        "alias": None, "active": True, "shared": False, "role_type": None, "moderator": False,
        "only_private_comments": False, "suspended": False, "default_group_id": None, "user_fields": {},
    }  # fmt: skip
    return json.dumps(shape | more, ensure_ascii=False)


def _bot(number: int, name: str) -> str:
    return _user(number, name, f"{value(name)}@lumbrehogar.example", "2021-05-31T22:00:00Z", role="agent", tags=["bot"])


def _agents(company: Company) -> list[Person]:
    seated = {s.person.number for s in company.staff.spells if s.seat >= 0}
    return [p for p in company.staff.people if p.number in seated]


def _agent(company: Company, person: Person) -> str:
    """An agent as the help desk knows them today: the light agent of now is not seen to have been one who replied."""
    last = max((s for s in company.staff.spells if s.person is person), key=lambda s: s.begins)
    light = last.role != "agent"
    gone = person.departed < min(END, FOREVER)
    group = GROUP_ID + TEAMS.index(last.team)
    hired, left, changed = iso(np.array([person.hired, min(person.departed, END - 1), DEMOTED]))
    updated = left if gone else changed if light else hired
    return _user(
        person.number, person.name, person.email, hired, updated_at=updated, role="agent", active=not gone,
        role_type=1 if light else 0, only_private_comments=light, default_group_id=group,
        iana_time_zone=COUNTRIES[person.country].zone,
    )  # fmt: skip


def _customers(company: Company) -> Iterator[str]:
    people, asked = company.people, company.tickets.asked.take(company.tickets.asked.kind != SPAM)
    seen, first = np.unique(asked.customer, return_index=True)
    created = iso(asked.created[first])
    rows = zip(seen.tolist(), created, people.number[seen].tolist(), strict=True)
    yield from (_customer(people, n, stamp, number) for n, stamp, number in rows)


def _customer(people: Customers, n: int, created: str, number: int) -> str:
    code, variant = int(people.country[n]), int(people.variant[n])
    locale = "en-GB" if variant == ENGLISH else VARIANTS[variant]
    phone = f'"{people.phone[n]}"' if people.phone[n] else "null"
    return (
        f'{{"id":{number},"url":"{HOST}/users/{number}.json","name":"{people.name[n]}","email":"{people.email[n]}",'
        f'"created_at":"{created}","updated_at":"{created}","iana_time_zone":"{COUNTRIES[code].zone}","phone":{phone},'
        f'"locale":"{locale}","organization_id":null,"role":"end-user","verified":true,"external_id":null,"tags":[],'
        f'"active":true,"shared":false,"suspended":false,"default_group_id":null,"user_fields":{{}}}}'
    )


def _tickets(company: Company, messages: Messages) -> Iterator[str]:
    asked = company.tickets.asked
    columns = (
        iso(asked.created), *_now(company), *openings(company, messages), _fields_by_ticket(company),
        requesters(company).tolist(), submitters(company).tolist(), named(VIA, asked.channel),
        named(PRIORITIES, asked.priority),
    )  # fmt: skip
    for n, row in enumerate(zip(*columns, strict=True), 1):
        created, updated, state, group, assignee, subject, text, fields, who, by, via, level = row
        yield (
            f'{{"url":"{HOST}/tickets/{n}.json","id":{n},"external_id":null,"via":{{"channel":"{via}",{SOURCE}}},'
            f'"created_at":"{created}","updated_at":"{updated}","type":null,"subject":{subject},'
            f'"raw_subject":{subject},"description":{text},"priority":"{level}","status":"{state}","recipient":null,'
            f'"requester_id":{who},"submitter_id":{by},"assignee_id":{assignee},"organization_id":null,'
            f'"group_id":{group},"collaborator_ids":[],"problem_id":null,"has_incidents":false,"is_public":true,'
            f'"due_at":null,{fields},"satisfaction_rating":{{"score":"unoffered"}},"brand_id":null}}'
        )


def _now(company: Company) -> Iterator[list[str]]:
    """When each ticket last changed; its status, group and assignee since then."""
    log = company.tickets.log
    last = np.append(np.flatnonzero(np.diff(log.ticket)), len(log) - 1)
    status, team, agent = (events.last_known(c, log.ticket)[last] for c in (log.status, log.team, log.agent))
    yield iso(log.time[last])
    yield named(events.STATUSES, status)
    yield [str(GROUP_ID + n) for n in team.tolist()]
    numbers = [str(p.number) for p in company.staff.people]
    yield [numbers[n] if n >= 0 else "null" for n in agent.tolist()]


def _fields_by_ticket(company: Company) -> list[str]:
    """Tags, and the drop-down fields that say what a ticket is about."""
    asked = company.tickets.asked
    rows = zip(asked.topic.tolist(), asked.subtopic.tolist(), (asked.kind == SPAM).tolist(), strict=True)
    known = {(t, d): _about(value(TOPICS[t]), value(SUBTOPICS[t][d])) for t, d in np.ndindex(len(TOPICS), 5)}
    return [f'"tags":[{SPAM_TAG if spam else ""}{known[topic, detail]}' for topic, detail, spam in rows]


def _about(topic: str, detail: str) -> str:
    given = f'{{"id":{TOPIC_FIELD},"value":"{topic}"}},{{"id":{SUBTOPIC_FIELD},"value":"{detail}"}}'
    return f'"{topic}"],"custom_fields":[{given}]'


SPAM_TAG = '"spam",'


def submitters(company: Company) -> Ints:
    """Who wrote first: the agent of a proactive ticket, else the requester."""
    asked, log = company.tickets.asked, company.tickets.log
    numbers = np.array([p.number for p in company.staff.people])
    author = log.author[log.kind == events.CREATE]
    return np.where(asked.kind == PROACTIVE, numbers[np.maximum(author, 0)], requesters(company))
