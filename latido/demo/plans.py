"""What will happen to each ticket: who gets it, how long each step takes, how it ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.columns import Columns, Flags, Floats, Ints, Random, floats, ints, lognormal, pick
from latido.demo.customers import Customers, region_code
from latido.demo.demand import PROACTIVE, REPEAT, SPAM, Requests
from latido.demo.effects import Effects
from latido.demo.staff import FIRST_SEAT
from latido.demo.world import (
    BILLING,
    BOT_CHANNELS,
    BOT_START,
    CHAT,
    DAY,
    ES,
    HOUR,
    LIVE,
    MESSAGING,
    MX,
    OUTAGE,
    OUTAGE_REGION,
    PHONE,
    START,
    SUPPLY,
    TEAM_SEATS,
    TEAMS,
    TECHNICAL_TOPICS,
    TRAINED_TEAM,
    TRAINING_START,
    WEB,
)

# Medians by channel (e-mail, web, phone, chat, messaging, social), in open seconds for the desk
# and calendar seconds for the customer.
FIRST_REPLY = np.array([3.0 * HOUR, 2.6 * HOUR, 100, 240, 1500, 1.2 * HOUR])
NEXT_REPLY = np.array([2.2 * HOUR, 2.0 * HOUR, 1.5 * HOUR, 100, 1200, 2400])
CUSTOMER_DELAY = np.array([5.0 * HOUR, 5.0 * HOUR, 6.0 * HOUR, 90, 1300, 2400])
PRIORITY_WAIT = np.array([1.35, 1.0, 0.6, 0.3])
TRANSFER_DELAY = (2.2 * HOUR, 360.0)
EXTRA_TOUCHES = np.array([0.85, 0.6, 1.05, 1.15, 0.7, 0.95, 0.85, 0.6, 0.7])
HOLD = np.array([0.05, 0.16, 0.24, 0.30, 0.05, 0.06, 0.14, 0.03, 0.02])
TRANSFERS = np.array([0.11, 0.10, 0.08, 0.11, 0.11, 0.12])
REOPENS, REPEATS, CONTAINED, RAISED, MAX_TOUCHES = 0.075, 0.085, 0.12, 0.04, 7
SOLVED_WITH_REPLY, SOLVED_SILENTLY, SOLVED_BY_SYSTEM = range(3)
TECHNICAL = TEAMS.index(TRAINED_TEAM)


@dataclass(frozen=True)
class Plan(Columns):
    """One row a ticket; waits in open seconds unless they are the customer's.

    Attributes:
        team: Team that solves it.
        seat: Seat of that team.
        first_seat: Seat that gets it first; another one where there are transfers.
        wait: Until the first human reply.
        pace: Factor of all later waits of the desk.
        touches: Agent replies until the first solve.
        transfers: 0, 1 or 2.
        transfer_round: Reply before which the transfers happen.
        hold: Open seconds on hold before the last reply; 0 for none.
        ending: With the last reply, silently later, or by the system.
        reopens: 0, 1 or 2.
        repeats: Whether the customer has to come back with a new ticket.
        greeted: Whether a bot answers first, and which (0 none, 1 the old one, 2 the new one).
        contained: Whether the bot solves it.
        insists: Whether the customer then asks for a person after all.
        raised: Whether the desk raised the priority when it took the ticket.
    """

    team: Ints
    seat: Ints
    first_seat: Ints
    wait: Floats
    pace: Floats
    touches: Ints
    transfers: Ints
    transfer_round: Ints
    hold: Floats
    ending: Ints
    reopens: Ints
    repeats: Flags
    greeted: Ints
    contained: Flags
    insists: Flags
    raised: Flags


def draw_plan(rng: Random, asked: Requests, people: Customers, effects: Effects) -> Plan:
    """Fate of each request."""
    n = len(asked)
    team = _teams(rng, asked, people)
    seat = _seats(rng, team)
    transfers = _transfers(rng, asked, effects)
    trained = (team == TECHNICAL) & (asked.created >= TRAINING_START)
    touches = _touches(rng, asked, trained, effects)
    pace = _pace(asked, people, effects)
    greeted = _greeted(asked)
    contained = (greeted > 0) & (asked.channel != WEB) & (rng.random(n) < CONTAINED)
    insists = rng.random(n) < 0.3
    better = np.where(trained, np.exp(effects.training_repeats), 1.0)
    return Plan(
        team=team,
        seat=seat,
        first_seat=np.where(transfers > 0, _wrong_seats(rng, team, seat), seat),
        wait=lognormal(rng, FIRST_REPLY[asked.channel], 0.85, n) * pace * _urgency(asked),
        pace=pace,
        touches=touches,
        transfers=np.where(contained & ~insists, 0, transfers),
        transfer_round=np.where(rng.random(n) < 0.6, 1, np.minimum(2, touches)),
        hold=_hold(rng, asked),
        ending=_endings(rng, asked),
        reopens=_reopens(rng, better, n),
        repeats=(rng.random(n) < REPEATS * better * (1 + 0.35 * (transfers > 0))) & (asked.kind != REPEAT),
        greeted=greeted,
        contained=contained,
        insists=insists,
        raised=(asked.priority > 0) & (rng.random(n) < RAISED) & (asked.kind != SPAM),
    )


def _teams(rng: Random, asked: Requests, people: Customers) -> Ints:
    digital = (asked.channel >= CHAT) & (rng.random(len(asked)) < 0.75)
    technical = np.isin(asked.topic, TECHNICAL_TOPICS)
    by_topic = np.where(technical, TECHNICAL, np.where(asked.topic == BILLING, 0, 2))
    at_home = np.where(people.country[asked.customer] == MX, 3, by_topic)
    return np.where(digital, 4, at_home)


def _seats(rng: Random, team: Ints) -> Ints:
    return ints(FIRST_SEAT[team] + (rng.random(len(team)) * np.array(TEAM_SEATS)[team]).astype(np.int64))


def _wrong_seats(rng: Random, team: Ints, seat: Ints) -> Ints:
    """A third of the transfers stay inside the team, the rest began in another one."""
    inside = rng.random(len(team)) < 0.33
    other = (team + 1 + (rng.random(len(team)) * (len(TEAMS) - 1)).astype(np.int64)) % len(TEAMS)
    size = np.array(TEAM_SEATS)[team]
    colleague = (
        FIRST_SEAT[team] + (seat - FIRST_SEAT[team] + 1 + (rng.random(len(team)) * (size - 1)).astype(int)) % size
    )
    return np.where(inside, colleague, _seats(rng, other))


def _transfers(rng: Random, asked: Requests, effects: Effects) -> Ints:
    after_bot = BOT_CHANNELS[asked.channel] & (asked.created >= BOT_START)
    share = TRANSFERS[asked.channel] + effects.bot_transfers * after_bot
    some = (rng.random(len(asked)) < share) & (asked.kind != SPAM) & (asked.kind != PROACTIVE)
    return ints(some * (1 + (rng.random(len(asked)) < 0.12)))


def _touches(rng: Random, asked: Requests, trained: Flags, effects: Effects) -> Ints:
    calls = np.where(asked.channel == PHONE, 0.35, 1.0)
    extra = EXTRA_TOUCHES[asked.topic] * calls * np.where(trained, 1 + effects.training_touches, 1.0)
    return np.minimum(1 + rng.poisson(extra * rng.gamma(2.5, 1 / 2.5, len(asked))), MAX_TOUCHES)


def _pace(asked: Requests, people: Customers, effects: Effects) -> Floats:
    angle = 2 * np.pi * ((asked.created - START) / DAY + 182 - 20) / 365.25
    during = (asked.created >= OUTAGE[0]) & (asked.created < OUTAGE[1])
    there = during & (people.region[asked.customer] == region_code(OUTAGE_REGION))
    elsewhere = during & ~there & (people.country[asked.customer] == ES)
    slower = effects.outage_wait * there + effects.outage_wait_elsewhere * elsewhere
    return floats(np.exp(slower) * (1 + effects.winter_wait * np.cos(angle)))


def _urgency(asked: Requests) -> Floats:
    return PRIORITY_WAIT[asked.priority] ** np.where(LIVE[asked.channel], 0.25, 1.0)


def _greeted(asked: Requests) -> Ints:
    new = BOT_CHANNELS[asked.channel] & (asked.created >= BOT_START)
    old = np.isin(asked.channel, (CHAT, MESSAGING)) & ~new
    return np.where(asked.kind == PROACTIVE, 0, 2 * new + old)


def _hold(rng: Random, asked: Requests) -> Floats:
    """One to six days of work until the technician has been; one in twelve waits for weeks."""
    n = len(asked)
    some = (rng.random(n) < HOLD[asked.topic]) & (asked.kind != SPAM)
    usual = rng.uniform(8 * HOUR, 50 * HOUR, n)
    long = lognormal(rng, 250 * HOUR, 0.6, n)
    part = np.where(asked.topic == SUPPLY, 0.35, 1.0)
    return floats(some * part * np.where(rng.random(n) < 1 / 12, long, usual))


def _endings(rng: Random, asked: Requests) -> Ints:
    usual = pick(rng, [0.62, 0.30, 0.08], len(asked))
    return np.where((asked.channel == PHONE) & (rng.random(len(asked)) < 0.85), SOLVED_WITH_REPLY, usual)


def _reopens(rng: Random, better: Floats, n: int) -> Ints:
    once = rng.random(n) < REOPENS * better
    return ints(once * (1 + (rng.random(n) < 0.15)))
