"""The company: its size, and what no company does."""

from __future__ import annotations

import numpy as np

from latido.demo import events
from latido.demo.clock import open_hours
from latido.demo.company import Company
from latido.demo.demand import REPEAT, SPAM
from latido.demo.world import END, ES, START


def per_ticket(company: Company, kind: int) -> float:
    return float((company.tickets.log.kind == kind).sum() / len(company.tickets))


def test_it_is_as_large_as_it_says(company: Company) -> None:
    assert len(company.people) == 6000
    assert 21_000 < len(company.tickets) < 24_000


def test_everything_happens_inside_the_two_years(company: Company) -> None:
    log = company.tickets.log
    assert START <= log.time.min() <= log.time.max() < END


def test_no_event_is_older_than_its_ticket(company: Company) -> None:
    log = company.tickets.log
    assert (log.time >= company.tickets.asked.created[log.ticket]).all()


def test_every_ticket_begins_with_its_creation(company: Company) -> None:
    log = company.tickets.log
    first = np.concatenate(([True], np.diff(log.ticket) > 0))
    assert (log.kind[first] == events.CREATE).all()
    assert first.sum() == len(company.tickets)


def test_nobody_contacts_before_joining_or_after_leaving(company: Company) -> None:
    asked, people = company.tickets.asked, company.people
    assert (asked.created > people.joined[asked.customer]).all()
    assert (asked.created < people.lost[asked.customer]).all()


def test_agents_work_only_while_the_desk_is_open(company: Company) -> None:
    log, asked = company.tickets.log, company.tickets.asked
    spanish = company.people.country[asked.customer[log.ticket]] == ES
    replies = (log.kind == events.REPLY) & spanish
    assert open_hours(ES).is_open(log.time[replies] - 1).all()


def test_whoever_has_left_says_nothing_more(company: Company) -> None:
    log = company.tickets.log
    hired, departed = np.array([(p.hired, p.departed) for p in company.staff.people]).T
    own = log.author >= 0
    assert (log.time[own] < departed[log.author[own]]).mean() > 0.999
    assert (log.time[own] >= hired[log.author[own]]).mean() > 0.999


def test_some_agents_change_team_and_one_becomes_a_light_agent(company: Company) -> None:
    spells = company.staff.spells
    teams = {p.number: {s.team for s in spells if s.person is p} for p in company.staff.people}
    roles = {p.number: {s.role for s in spells if s.person is p} for p in company.staff.people}
    assert sum(len(t) > 1 for t in teams.values()) >= 3
    assert sum(len(r) > 1 for r in roles.values()) == 1


def test_tickets_are_transferred_reopened_merged_discarded_and_closed(company: Company) -> None:
    kinds = (events.TRANSFER, events.MERGE, events.DISCARD, events.CLOSE, events.NOTE, events.BOT, events.ESCALATE)
    assert min(per_ticket(company, kind) for kind in kinds) > 0.005
    assert (company.tickets.outcome.reopens > 0).any()


def test_some_tickets_are_open_when_the_data_end(company: Company) -> None:
    asked = company.tickets.asked
    waiting = (company.tickets.outcome.solved >= END) & np.isin(asked.kind, (0, REPEAT))
    assert 0.0005 < waiting.mean() < 0.02


def test_repeats_and_duplicates_go_back_to_an_older_ticket_of_the_same_customer(company: Company) -> None:
    asked = company.tickets.asked
    rows = np.flatnonzero((asked.parent >= 0) & (asked.kind != SPAM))
    assert len(rows)
    assert (asked.customer[asked.parent[rows]] == asked.customer[rows]).all()
    assert (asked.created[asked.parent[rows]] < asked.created[rows]).all()


def test_contracts_end_with_the_customer(company: Company) -> None:
    own, people = company.contracts, company.people
    assert (own.ended > own.started).all()
    assert (own.ended <= people.lost[own.customer]).all() or (own.ended[own.ended > END] > END).all()


def test_one_in_five_who_left_gave_no_reason(company: Company) -> None:
    left = (company.people.lost >= START) & (company.people.lost < END)
    silent = company.relations.reason[left] == 6
    assert 0.17 < silent.mean() < 0.27


def test_answers_come_after_the_question_and_before_the_end(company: Company) -> None:
    came = company.asks.take(company.asks.replied)
    assert (came.answered > came.asked).all()
    assert (came.answered < END).all()


def test_bounced_invitations_are_not_answered(company: Company) -> None:
    assert not (company.asks.bounced & company.asks.replied).any()
