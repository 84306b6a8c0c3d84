"""When customers contact the company, about what, and on which channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from latido.demo.clock import feasts, local, open_hours, utc, weekday
from latido.demo.columns import Columns, Flags, Floats, Ints, Random, floats, pick, pick_by
from latido.demo.customers import Customers, region_code
from latido.demo.effects import Effects
from latido.demo.world import (
    BILLING,
    BILLING_WINDOW,
    CANCEL,
    CHANNEL_SHARE,
    COUNTRIES,
    DAY,
    DOUBLE_CHARGE,
    END,
    ES,
    FIRST_DAY,
    GENERAL_FAULT,
    HEATING,
    HOUR,
    LAST_DAY,
    MX,
    OUTAGE,
    OUTAGE_REGION,
    PHONE,
    PRIORITY_SHARE,
    SOLAR,
    START,
    SUBTOPIC_SHARE,
    SUPPLY,
    TARIFF_CHANGES,
    TOPIC_SHARE,
)

ORDINARY, PROACTIVE, SPAM, DUPLICATE, REPEAT = range(5)
PROACTIVE_SHARE, SPAM_COUNT = 0.03, 0.012
DAYS = (LAST_DAY - FIRST_DAY).days + 1
# Contacts by the hour of the local day, away from the telephone.
HOURS = np.array([5, 3, 2, 1, 1, 2, 6, 14, 30, 48, 55, 54, 50, 44, 40, 42, 45, 48, 50, 50, 46, 38, 24, 12], dtype=float)
WEEKDAYS = np.array([1.0, 1.02, 1.0, 0.97, 0.92, 0.55, 0.42])


@dataclass(frozen=True)
class Requests(Columns):
    """One row for each time somebody contacts the company.

    Attributes:
        customer: Position in `Customers` (of the pretended sender in the case of spam).
        created: Epoch seconds.
        topic: Position in `TOPICS`.
        subtopic: Position in the topic's `SUBTOPICS`.
        channel: Position in `CHANNELS`.
        priority: Position in `PRIORITIES`.
        kind: Ordinary, proactive (an agent wrote first), spam, duplicate or repeat.
        parent: Ticket that a duplicate or a repeat goes back to; −1 otherwise.
    """

    customer: Ints
    created: Ints
    topic: Ints
    subtopic: Ints
    channel: Ints
    priority: Ints
    kind: Ints
    parent: Ints


def draw_requests(rng: Random, people: Customers, n: int, effects: Effects) -> Requests:
    """The contacts of ordinary days, of the outage and of the double charges; about `n` in all."""
    ordinary = [_ordinary(rng, people, n, country, effects) for country in range(len(COUNTRIES))]
    parts = [*ordinary, _outage(rng, people, ordinary[ES], effects), *_charges(rng, people, n, effects)]
    parts.append(_spam(rng, people, round(n * SPAM_COUNT)))
    found = Requests.join(parts)
    known = (people.joined[found.customer] < found.created) & (found.created < END)
    return found.take(known & (people.lost[found.customer] > START))


def _ordinary(rng: Random, people: Customers, n: int, country: int, effects: Effects) -> Requests:
    weights = day_topic(country, effects)
    expected = n * COUNTRIES[country].share * weights / weights.sum()
    counts = rng.poisson(expected)
    day, topic = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    customer = choose(rng, people, people.country == country, len(day))
    return requests(rng, people, customer, moment(rng, day, country), topic)


def day_topic(country: int, effects: Effects) -> Floats:
    """How many contacts to expect on each local day about each topic, up to a factor."""
    days = [FIRST_DAY + timedelta(n) for n in range(DAYS)]
    week = np.array([WEEKDAYS[d.weekday()] * (1 + effects.monday * (d.weekday() == 0)) for d in days])
    quiet = np.array([0.5 if d in feasts(country) else 1.0 for d in days])
    return floats((week * quiet)[:, None] * season(country, effects) * TOPIC_SHARE)


def season(country: int, effects: Effects) -> Floats:
    """Heating in winter (half as marked in Mexico), the sun in spring; one row a day."""
    angle = 2 * np.pi * (np.arange(DAYS) + FIRST_DAY.timetuple().tm_yday) / 365.25
    out = np.ones((DAYS, len(TOPIC_SHARE)))
    size = effects.heating_winter * (0.5 if country == MX else 1.0)
    out[:, HEATING] += size * np.cos(angle - 2 * np.pi * 20 / 365.25)
    out[:, SOLAR] += 0.4 * size * np.cos(angle - 2 * np.pi * 140 / 365.25)
    return out


def choose(rng: Random, people: Customers, among: Flags, n: int) -> Ints:
    """Customers in proportion to how often they contact."""
    rows = np.flatnonzero(among)
    return rows[pick(rng, people.contacts[rows], n)] if len(rows) else np.zeros(0, dtype=np.int64)


def moment(rng: Random, day: Ints, country: int) -> Ints:
    """An instant of each local day."""
    midnight = int(np.datetime64(FIRST_DAY).astype("datetime64[s]").astype(np.int64))
    wall = midnight + day * DAY + pick(rng, HOURS, len(day)) * HOUR + rng.integers(0, HOUR, len(day))
    # Monday mornings: a third of the day's contacts are already there between eight and eleven.
    early = (weekday(wall) == 0) & (rng.random(len(day)) < 0.25)
    wall = np.where(early, wall // DAY * DAY + rng.integers(8 * HOUR, 11 * HOUR, len(day)), wall)
    return utc(wall, country)


def requests(rng: Random, people: Customers, customer: Ints, created: Ints, topic: Ints) -> Requests:
    """Ordinary contacts with channel, subtopic and priority; calls wait until somebody can answer."""
    country = people.country[customer]
    channel = pick_by(rng, CHANNEL_SHARE, country)
    proactive = (rng.random(len(customer)) < PROACTIVE_SHARE) & (topic != CANCEL) & (channel != PHONE)
    opened = np.where(proactive | (channel == PHONE), in_hours(rng, created, country), created)
    return Requests(
        customer=customer,
        created=opened,
        topic=topic,
        subtopic=pick(rng, SUBTOPIC_SHARE, len(customer)),
        channel=channel,
        priority=pick_by(rng, PRIORITY_SHARE, topic),
        kind=np.where(proactive, PROACTIVE, ORDINARY),
        parent=np.full(len(customer), -1),
    )


def in_hours(rng: Random, t: Ints, country: Ints) -> Ints:
    """The same instant while the desk is open, else in the first three hours of the next opening."""
    out = t.copy()
    for code in range(len(COUNTRIES)):
        hours = open_hours(code)
        late = np.flatnonzero((country == code) & ~hours.is_open(t))
        out[late] = hours.add(t[late], rng.integers(30, 3 * HOUR, len(late)))
    return out


def _outage(rng: Random, people: Customers, ordinary: Requests, effects: Effects) -> Requests:
    """The region's ordinary volume in those nine days, `outage_volume` times over."""
    there = people.region == region_code(OUTAGE_REGION)
    usual = there[ordinary.customer] & (ordinary.created >= OUTAGE[0]) & (ordinary.created < OUTAGE[1])
    n = rng.poisson(effects.outage_volume * usual.sum())
    day = (OUTAGE[0] - START) // DAY + pick(rng, [3, 3, 2.5, 2, 2, 1.5, 1.2, 1, 1], n)
    found = requests(rng, people, choose(rng, people, there, n), moment(rng, day, ES), np.full(n, SUPPLY))
    found.subtopic[:] = GENERAL_FAULT
    return found


def _charges(rng: Random, people: Customers, n: int, effects: Effects) -> list[Requests]:
    """After each tariff change, `billing_volume` times the billing contacts of a month, for a month."""
    monthly = n / 24 * TOPIC_SHARE[BILLING] / TOPIC_SHARE.sum()
    return [_charged(rng, people, rng.poisson(effects.billing_volume * monthly), t) for t in TARIFF_CHANGES]


def _charged(rng: Random, people: Customers, n: int, change: int) -> Requests:
    first, last = BILLING_WINDOW
    when = change + first + (rng.beta(1.3, 2.2, n) * (last - first)).astype(np.int64)
    customer = choose(rng, people, np.ones(len(people), dtype=bool), n)
    day = np.where(people.country[customer] == ES, local(when, ES), local(when, MX)) // DAY
    first_day = int(np.datetime64(FIRST_DAY).astype(np.int64))
    created = np.where(
        people.country[customer] == ES, moment(rng, day - first_day, ES), moment(rng, day - first_day, MX)
    )
    found = requests(rng, people, customer, created, np.full(n, BILLING))
    found.subtopic[:] = DOUBLE_CHARGE
    return found


def _spam(rng: Random, people: Customers, n: int) -> Requests:
    found = requests(rng, people, rng.integers(0, len(people), n), rng.integers(START, END, n), np.full(n, BILLING))
    found.kind[:], found.channel[:], found.priority[:] = SPAM, 0, 1
    return found
