"""Plays each ticket from its creation to its closing, step by step for all tickets at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo import events
from latido.demo.clock import Desk, local
from latido.demo.columns import Columns, Floats, Ints, Random, lognormal
from latido.demo.customers import NEVER, Customers
from latido.demo.demand import PROACTIVE, SPAM, Requests
from latido.demo.plans import (
    CUSTOMER_DELAY,
    MAX_TOUCHES,
    NEXT_REPLY,
    SOLVED_BY_SYSTEM,
    SOLVED_SILENTLY,
    SOLVED_WITH_REPLY,
    TRANSFER_DELAY,
    Plan,
)
from latido.demo.staff import TEAM_OF_SEAT, Staff
from latido.demo.world import COUNTRIES, DAY, HOUR, LIVE, PHONE

AUTO_SOLVE, AUTO_CLOSE = 7 * DAY, 4 * DAY


@dataclass(frozen=True)
class Outcome(Columns):
    """What came of each ticket.

    Attributes:
        first_reply: First human reply to the customer, `NEVER` if none.
        solved: Last solve, `NEVER` if none.
        closed: When the system closed it.
        touches: Public agent replies.
        transfers: Handed over so many times.
        reopens: Reopened so many times after a solve.
        agent: Assignee at the last solve (position in `Staff.people`).
        team: Team at the last solve.
    """

    first_reply: Ints
    solved: Ints
    closed: Ints
    touches: Ints
    transfers: Ints
    reopens: Ints
    agent: Ints
    team: Ints


class Scene:
    """The state of every ticket while the play goes on.

    `turn` is the instant since which the desk owes the next step; `seat` who has the ticket.
    """

    def __init__(self, rng: Random, asked: Requests, plan: Plan, people: Customers, staff: Staff) -> None:
        n = len(asked)
        self.rng, self.asked, self.plan, self.staff = rng, asked, plan, staff
        self.country = people.country[asked.customer]
        self.desk, self.out = Desk(self.country), events.Writer()
        self.turn, self.seat = asked.created.copy(), plan.first_seat.copy()
        self.first_reply, self.solved = np.full(n, NEVER), np.full(n, NEVER)
        self.touches, self.reopens = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.live = LIVE[asked.channel] & (asked.channel != PHONE)
        self.human = ~(plan.contained & ~plan.insists) & (asked.kind != SPAM)

    def who(self, rows: Ints, t: Ints) -> Ints:
        """Agents who have these tickets at these instants."""
        return self.staff.agent(self.seat[rows], t)

    def delay(self, medians: Floats, rows: Ints, sigma: float = 0.8) -> Floats:
        """Delays of the desk at its present pace."""
        return lognormal(self.rng, medians[self.asked.channel[rows]], sigma, len(rows)) * self.plan.pace[rows]

    def customer_turn(self, t: Ints, rows: Ints) -> Ints:
        """When the customer writes again; nobody does between midnight and seven, but in a running chat."""
        later = t + lognormal(self.rng, CUSTOMER_DELAY[self.asked.channel[rows]], 1.0, len(rows)).astype(np.int64) + 5
        wall = np.zeros(len(rows), dtype=np.int64)
        for code in range(len(COUNTRIES)):
            own = self.country[rows] == code
            wall[own] = local(later[own], code)
        asleep = (wall % DAY < 7 * HOUR) & (later - t > HOUR)
        return later + np.where(asleep, 7 * HOUR + self.rng.integers(0, HOUR, len(rows)), 0)


def play(rng: Random, asked: Requests, plan: Plan, people: Customers, staff: Staff) -> tuple[events.Log, Outcome]:
    """Histories and outcomes of all tickets (beyond the end of the data, too)."""
    scene = Scene(rng, asked, plan, people, staff)
    _open(scene)
    _discard(scene)
    _greet(scene)
    _assign(scene)
    for touch in range(1, MAX_TOUCHES + 1):
        _touch(scene, touch)
    for again in (1, 2):
        _reopen(scene, again)
    _close(scene)
    return scene.out.log(), _outcome(scene)


def _open(s: Scene) -> None:
    ours = s.asked.kind == PROACTIVE
    rows = np.flatnonzero(~ours)
    created = s.asked.created
    s.out.add(
        rows,
        created[rows],
        events.CREATE,
        events.CUSTOMER,
        events.NEW,
        team=TEAM_OF_SEAT[s.seat[rows]],
        says=events.SAY_OPEN,
    )
    rows = np.flatnonzero(ours)
    agent, team = s.who(rows, created[rows]), TEAM_OF_SEAT[s.seat[rows]]
    s.out.add(
        rows, created[rows], events.CREATE, agent, events.PENDING, team=team, agent=agent, says=events.SAY_PROACTIVE
    )
    s.turn[rows] = s.customer_turn(created[rows], rows)
    s.out.add(rows, s.turn[rows], events.ANSWER, events.CUSTOMER, events.OPEN, says=events.SAY_ANSWER)


def _discard(s: Scene) -> None:
    """Spam is thrown away by hand."""
    rows = np.flatnonzero(s.asked.kind == SPAM)
    t = s.desk.add(s.turn[rows], lognormal(s.rng, 2.0 * HOUR, 0.7, len(rows)), rows)
    s.out.add(rows, t, events.DISCARD, s.who(rows, t), events.DELETED, says=events.SAY_SPAM)


def _greet(s: Scene) -> None:
    """Bots answer within seconds; some tickets end there, and some of those come back for a person."""
    bot = np.where(s.plan.greeted == 2, events.NEW_BOT, events.OLD_BOT)
    rows = np.flatnonzero(s.plan.greeted > 0)
    s.out.add(rows, s.turn[rows] + s.rng.integers(3, 12, len(rows)), events.BOT, bot[rows], says=events.SAY_BOT)
    rows = np.flatnonzero(s.plan.contained)
    t = s.turn[rows] + s.rng.integers(120, 900, len(rows))
    s.out.add(rows, t, events.STATUS, bot[rows], events.SOLVED)
    s.solved[rows] = t
    rows = np.flatnonzero(s.plan.contained & s.plan.insists)
    t = s.solved[rows] + lognormal(s.rng, 40 * 60, 1.2, len(rows)).astype(np.int64).clip(60, 2 * DAY)
    s.out.add(rows, t, events.ANSWER, events.CUSTOMER, events.OPEN, says=events.SAY_PERSON)
    s.turn[rows], s.solved[rows] = t, NEVER
    s.reopens[rows] += 1


def _assign(s: Scene) -> None:
    rows = np.flatnonzero(s.human & (s.asked.kind != PROACTIVE))
    t = s.desk.add(s.turn[rows], s.plan.wait[rows] * 0.45, rows)
    agent = s.who(rows, t)
    s.out.add(rows, t, events.ASSIGN, agent, events.OPEN, team=TEAM_OF_SEAT[s.seat[rows]], agent=agent)
    up = s.plan.raised[rows]
    s.out.add(rows[up], t[up] + 15, events.ESCALATE, agent[up])
    _note(s, rows, t, 0.22)


def _note(s: Scene, rows: Ints, t: Ints, share: float) -> None:
    some = s.rng.random(len(rows)) < share
    own = rows[some]
    when = s.desk.add(t[some], np.full(len(own), 20), own)
    s.out.add(own, when, events.NOTE, s.who(own, when), says=events.SAY_NOTE)


def _touch(s: Scene, touch: int) -> None:
    """The `touch`-th reply of an agent, with the transfers and the hold that come before it."""
    rows = np.flatnonzero(s.human & (s.plan.touches >= touch))
    wait = s.plan.wait[rows] if touch == 1 else s.delay(NEXT_REPLY, rows)
    wait = wait + _transfer(s, rows, wait, touch) + _hold(s, rows, wait, touch)
    t = s.desk.add(s.turn[rows], wait, rows)
    last = s.plan.touches[rows] == touch
    final = last & (s.plan.ending[rows] == SOLVED_WITH_REPLY)
    _reply(s, rows[~final], t[~final], events.PENDING, events.SAY_REPLY)
    _reply(s, rows[final], t[final], events.SOLVED, events.SAY_FINAL)
    s.solved[rows[final]] = t[final]
    _note(s, rows, t, 0.10)
    _answer(s, rows[~last], t[~last])
    _end(s, rows[last & ~final], t[last & ~final])


def _reply(s: Scene, rows: Ints, t: Ints, status: int, says: int) -> None:
    s.out.add(rows, t, events.REPLY, s.who(rows, t), status, says=says)
    s.first_reply[rows] = np.minimum(s.first_reply[rows], t)
    s.touches[rows] += 1


def _answer(s: Scene, rows: Ints, t: Ints) -> None:
    s.turn[rows] = s.customer_turn(t, rows)
    s.out.add(rows, s.turn[rows], events.ANSWER, events.CUSTOMER, events.OPEN, says=events.SAY_ANSWER)


def _transfer(s: Scene, rows: Ints, wait: Floats, touch: int) -> Floats:
    """Hands tickets over half way through the wait; returns the extra wait that it costs."""
    extra = np.zeros(len(rows))
    for n in (1, 2):
        own = np.flatnonzero((s.plan.transfers[rows] >= n) & (s.plan.transfer_round[rows] == touch))
        which = rows[own]
        t = s.desk.add(s.turn[which], 0.5 * wait[own] + extra[own], which)
        author = s.who(which, t)
        s.seat[which] = np.where(s.plan.transfers[which] == n, s.plan.seat[which], _elsewhere(s, which))
        agent = s.who(which, t)
        s.out.add(
            which,
            t,
            events.TRANSFER,
            author,
            events.OPEN,
            team=TEAM_OF_SEAT[s.seat[which]],
            agent=agent,
            says=events.SAY_TRANSFER,
        )
        median = np.where(s.live[which], TRANSFER_DELAY[1], TRANSFER_DELAY[0])
        extra[own] += lognormal(s.rng, median, 0.7, len(own)) * s.plan.pace[which]
    return extra


def _elsewhere(s: Scene, rows: Ints) -> Ints:
    """A seat on the way: neither where it was nor where it will end."""
    seat = s.rng.integers(0, len(TEAM_OF_SEAT), len(rows))
    taken = (seat == s.seat[rows]) | (seat == s.plan.seat[rows])
    return np.where(taken, (seat + 7) % len(TEAM_OF_SEAT), seat)


def _hold(s: Scene, rows: Ints, wait: Floats, touch: int) -> Floats:
    own = np.flatnonzero((s.plan.hold[rows] > 0) & (s.plan.touches[rows] == touch))
    which = rows[own]
    t = s.desk.add(s.turn[which], 0.75 * wait[own], which)
    s.out.add(which, t, events.NOTE, s.who(which, t), events.ON_HOLD, says=events.SAY_HOLD)
    return np.where(s.plan.touches[rows] == touch, s.plan.hold[rows], 0.0)


def _end(s: Scene, rows: Ints, t: Ints) -> None:
    """Endings without a last word from the desk: after a "thank you", or after a week of silence."""
    quiet = s.plan.ending[rows] == SOLVED_SILENTLY
    own = rows[quiet]
    thanks = s.customer_turn(t[quiet], own)
    s.out.add(own, thanks, events.ANSWER, events.CUSTOMER, events.OPEN, says=events.SAY_THANKS)
    done = s.desk.add(thanks, s.delay(NEXT_REPLY * 0.6, own), own)
    s.out.add(own, done, events.STATUS, s.who(own, done), events.SOLVED)
    s.solved[own] = done
    own = rows[s.plan.ending[rows] == SOLVED_BY_SYSTEM]
    s.solved[own] = t[~quiet] + AUTO_SOLVE
    s.out.add(own, s.solved[own], events.STATUS, events.SYSTEM, events.SOLVED)


def _reopen(s: Scene, again: int) -> None:
    rows = np.flatnonzero(s.human & (s.plan.reopens >= again))
    back = s.solved[rows] + lognormal(s.rng, 20 * HOUR, 0.9, len(rows)).astype(np.int64).clip(600, AUTO_CLOSE - HOUR)
    s.out.add(rows, back, events.ANSWER, events.CUSTOMER, events.OPEN, says=events.SAY_AGAIN)
    t = s.desk.add(back, s.delay(NEXT_REPLY, rows) * 1.3, rows)
    _reply(s, rows, t, events.SOLVED, events.SAY_FINAL)
    s.solved[rows] = t
    s.reopens[rows] += 1


def _close(s: Scene) -> None:
    rows = np.flatnonzero(s.solved < NEVER)
    s.out.add(rows, s.solved[rows] + AUTO_CLOSE, events.CLOSE, events.SYSTEM, events.CLOSED)


def _outcome(s: Scene) -> Outcome:
    done = np.where(s.solved < NEVER, s.solved, s.asked.created)
    return Outcome(
        first_reply=s.first_reply,
        solved=s.solved,
        closed=np.where(s.solved < NEVER, s.solved + AUTO_CLOSE, NEVER),
        touches=s.touches,
        transfers=s.plan.transfers,
        reopens=s.reopens,
        agent=s.staff.agent(s.seat, done),
        team=TEAM_OF_SEAT[s.seat],
    )
