"""What customers do without asking anybody: visits to site and app, and what they say in public."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.clock import open_hours
from latido.demo.columns import Columns, Floats, Ints, Random, lognormal, pick, pick_by
from latido.demo.commerce import Orders
from latido.demo.customers import NEVER, Customers, region_code
from latido.demo.demand import DAYS, WEEKDAYS, moment
from latido.demo.effects import Effects
from latido.demo.tickets import Tickets
from latido.demo.world import (
    CAMPAIGN,
    CHAT,
    COUNTRIES,
    DAY,
    END,
    ES,
    MX,
    NETWORKS,
    OUTAGE,
    OUTAGE_REGION,
    START,
    WEB,
    shares,
)

# Pages, the stage of the journey they belong to, and where people go from each (the last column: away).
PAGES = (
    "inicio",
    "tarifas",
    "simulador",
    "contratar",
    "tienda",
    "carrito",
    "mi cuenta",
    "facturas",
    "ayuda",
    "contacto",
    "consumo",
)
STAGES = (
    "descubrir",
    "comparar",
    "comparar",
    "contratar",
    "comparar",
    "contratar",
    "usar",
    "usar",
    "resolver",
    "resolver",
    "usar",
)
ENTRY = np.array([30, 9, 4, 1, 8, 0.5, 24, 9, 5, 1.5, 8])
MOVES = np.array([
    [2, 16, 6, 2, 10, 0, 22, 6, 5, 2, 4, 25],
    [6, 4, 26, 14, 2, 0, 2, 0, 3, 2, 0, 41],
    [3, 18, 6, 24, 1, 0, 1, 0, 3, 3, 0, 41],
    [2, 6, 6, 6, 0, 0, 6, 0, 5, 5, 0, 64],
    [5, 1, 0, 0, 26, 18, 1, 0, 2, 1, 0, 46],
    [2, 0, 0, 0, 14, 10, 3, 0, 3, 2, 0, 66],
    [3, 2, 0, 0, 2, 0, 4, 30, 7, 2, 20, 30],
    [1, 3, 0, 0, 0, 0, 12, 8, 14, 6, 10, 46],
    [3, 2, 0, 0, 0, 0, 8, 8, 20, 22, 1, 36],
    [2, 0, 0, 0, 0, 0, 6, 2, 16, 6, 0, 68],
    [2, 3, 2, 0, 0, 0, 14, 14, 4, 1, 10, 50],
], dtype=float)  # fmt: skip
AWAY = len(PAGES)
ACTIONS = ("view", "visit", "delivery")
PLACES = (*PAGES, "entrega e instalación")
SITE, APP, STORE = range(3)
TOUCH_CHANNELS = ("web", "app", "store")
MAX_PAGES = 7
HELP = PAGES.index("ayuda")
HELP_FIRST = 0.35


@dataclass(frozen=True)
class Visits(Columns):
    """One row a page or an event: `customer` −1 where nobody had logged in."""

    customer: Ints
    occurred: Ints
    channel: Ints
    kind: Ints
    place: Ints
    seconds: Ints


def draw_visits(rng: Random, people: Customers, tickets: Tickets, orders: Orders, n: int) -> Visits:
    """Visits to site and app, the help page before a third of the web and chat tickets, deliveries."""
    parts = [_sessions(rng, people, n, country) for country in (ES, MX)]
    found = Visits.join([*parts, _help(rng, tickets), _deliveries(rng, orders)])
    at = np.maximum(found.customer, 0)
    known = (found.customer < 0) | ((people.joined[at] < found.occurred) & (people.lost[at] > found.occurred))
    found = found.take(known & (found.occurred < END) & (found.occurred >= START))
    return found.take(np.argsort(found.occurred, kind="stable"))


def _sessions(rng: Random, people: Customers, n: int, country: int) -> Visits:
    rows = np.flatnonzero(people.country == country)
    # About half of the visits are by somebody who is not logged in.
    count = rng.poisson(n * COUNTRIES[country].share)
    week = np.array([WEEKDAYS[d % 7] ** 0.4 for d in range(DAYS)])
    start = moment(rng, pick(rng, week, count), country)
    customer = rows[pick(rng, people.contacts[rows] + 0.5, count)]
    customer = np.where(rng.random(count) < 0.45, -1, customer)
    channel = np.where(rng.random(count) < np.where(customer < 0, 0.0, 0.42), APP, SITE)
    return _walk(rng, customer, start, channel)


def _walk(rng: Random, customer: Ints, t: Ints, channel: Ints) -> Visits:
    """Page after page until they leave."""
    page, parts = pick(rng, ENTRY, len(customer)), []
    for step in range(MAX_PAGES):
        stay = lognormal(rng, 38, 1.0, len(page)).astype(np.int64).clip(2, 1800)
        kind = np.full(len(page), 1 if step == 0 else 0)
        parts.append(Visits(customer, t, channel, kind, page, stay))
        page = pick_by(rng, MOVES, page)
        on = page != AWAY
        customer, t, channel, page = customer[on], (t + stay)[on], channel[on], page[on]
    return Visits.join(parts)


def _help(rng: Random, tickets: Tickets) -> Visits:
    asked = tickets.asked
    online = np.isin(asked.channel, (WEB, CHAT)) & (asked.kind == 0)
    rows = np.flatnonzero(online & (rng.random(len(asked)) < HELP_FIRST))
    before = asked.created[rows] - rng.integers(90, 1500, len(rows))
    zero = np.zeros(len(rows), dtype=np.int64)
    return Visits(asked.customer[rows], before, zero, zero + 1, zero + HELP, rng.integers(20, 400, len(rows)))


def _deliveries(rng: Random, orders: Orders) -> Visits:
    own = orders.take(~orders.cancelled)
    flat = np.zeros(len(own), dtype=np.int64)
    return Visits(own.customer, own.fulfilled, flat + STORE, flat + 2, flat + AWAY, rng.integers(300, 7200, len(own)))


# The campaign runs where pictures are; the other networks show what would have happened without it.
CAMPAIGN_NETWORKS = ("Instagram", "TikTok", "YouTube")
INTENTS = ("technical", "account", "complaint", "praise", "campaign", "other")
INTENT_BY_SENTIMENT = np.array([[30.0, 16, 50, 0, 0, 4], [30, 24, 3, 3, 0, 40], [3, 2, 0, 80, 0, 15]])


@dataclass(frozen=True)
class Mentions(Columns):
    """One row a public mention."""

    occurred: Ints
    network: Ints
    customer: Ints
    country: Ints
    sentiment: Ints
    intent: Ints
    campaign: Ints
    outage: Ints
    replied: Ints


def draw_mentions(rng: Random, people: Customers, n: int, effects: Effects) -> Mentions:
    """Ordinary days, the campaign (`campaign_volume` times the usual on top, on its networks), the outage."""
    usual = rng.integers(START, END, n)
    weeks = (CAMPAIGN[1] - CAMPAIGN[0]) / (END - START)
    pictures = sum(share for name, share in NETWORKS.items() if name in CAMPAIGN_NETWORKS)
    boost = rng.integers(*CAMPAIGN, rng.poisson(effects.campaign_volume * n * weeks * pictures))
    dark = (OUTAGE[1] - OUTAGE[0]) / (END - START)
    anger = rng.integers(OUTAGE[0], OUTAGE[1] + 2 * DAY, rng.poisson(2 * effects.outage_volume * n * dark))
    parts = [
        _mentions(rng, people, usual, (38, 34, 28)),
        _mentions(rng, people, boost, (9, 31, 60), campaign=1),
        _mentions(rng, people, anger, (86, 13, 1), outage=1),
    ]
    found = Mentions.join(parts)
    return found.take(np.argsort(found.occurred, kind="stable"))


def _mentions(
    rng: Random, people: Customers, t: Ints, mood: tuple[int, int, int], *, campaign: int = 0, outage: int = 0
) -> Mentions:
    n = len(t)
    country = np.full(n, ES) if outage else pick(rng, [c.share for c in COUNTRIES], n)
    occurred = _waking(rng, t, country)
    sentiment = pick(rng, mood, n)
    intent = pick_by(rng, INTENT_BY_SENTIMENT, sentiment)
    intent = np.where((campaign == 1) & (sentiment > 0), INTENTS.index("campaign"), intent)
    answered = np.array([0.62, 0.35, 0.25])[sentiment] - 0.25 * outage
    wait = lognormal(rng, (1.0 + 2.5 * outage) * 3600, 1.0, n)
    return Mentions(
        occurred=occurred,
        network=pick(rng, shares(NETWORKS) * (_on_campaign() if campaign else 1.0), n),
        customer=_known(rng, people, country, outage),
        country=country,
        sentiment=sentiment,
        intent=intent,
        campaign=np.full(n, campaign),
        outage=np.full(n, outage),
        replied=np.where(rng.random(n) < answered, _reply(occurred, wait, country), NEVER),
    )


def _on_campaign() -> Floats:
    return np.array([name in CAMPAIGN_NETWORKS for name in NETWORKS], dtype=float)


def _waking(rng: Random, t: Ints, country: Ints) -> Ints:
    day = (t - START) // DAY
    return np.where(country == ES, moment(rng, day, ES), moment(rng, day, MX)).clip(START, END - 1)


def _reply(t: Ints, wait: Floats, country: Ints) -> Ints:
    return np.where(country == ES, open_hours(ES).add(t, wait), open_hours(MX).add(t, wait))


def _known(rng: Random, people: Customers, country: Ints, outage: int) -> Ints:
    """A third of the writers can be told to be customers."""
    own = np.flatnonzero(people.region == region_code(OUTAGE_REGION)) if outage else np.arange(len(people))
    who = own[rng.integers(0, len(own), len(country))]
    return np.where((rng.random(len(country)) < 0.33) & (people.country[who] == country), who, -1)
