"""Contracts and orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.clock import midnight
from latido.demo.columns import Columns, Flags, Floats, Ints, Random, flags, floats, pick
from latido.demo.customers import NEVER, Customers
from latido.demo.effects import Effects
from latido.demo.relation import REASONS, Relations
from latido.demo.world import DAY, END, HOUR, MONTHLY_PRICE, PLANS, START

MAINTENANCE = len(PLANS)
CONTRACT_PLANS = (*PLANS, "Mantenimiento")
MAINTENANCE_PRICE = (9.9, 129.0)
SWITCHES, MAINTAINED = 0.05, 0.22
NO_REASON = len(REASONS) - 1
ORDERS_PER_CUSTOMER = 0.75


@dataclass(frozen=True)
class Contracts(Columns):
    """One row a contract; `ended` is `NEVER` while it runs, `reason` a position in `REASONS`."""

    customer: Ints
    plan: Ints
    started: Ints
    ended: Ints
    reason: Ints
    price: Floats


def draw_contracts(rng: Random, relations: Relations) -> Contracts:
    """A supply contract for everybody, a second one after a change of plan, and maintenance for some."""
    people = relations.people
    n = len(people)
    switched = _switch_day(rng, people)
    before = rng.integers(1, len(PLANS), n)
    old = np.flatnonzero(switched < people.lost)
    everyone = np.arange(n)
    started = people.joined.copy()
    started[old] = switched[old]
    served = np.flatnonzero(rng.random(n) < MAINTAINED)
    begun = midnight(people.joined[served] + rng.integers(20, 500, len(served)) * DAY)
    fits = begun < np.minimum(people.lost[served], END) - 10 * DAY
    served, begun = served[fits], begun[fits]
    stops = np.minimum(
        people.lost[served], midnight(begun + (rng.exponential(1300, len(served)) + 365).astype(int) * DAY)
    )
    parts = [
        _contracts(rng, people, everyone, people.plan, (started, people.lost), reason=relations.reason),
        _contracts(
            rng, people, old, (people.plan[old] + before[old]) % len(PLANS), (people.joined[old], switched[old])
        ),
        _contracts(
            rng, people, served, np.full(len(served), MAINTENANCE), (begun, np.where(stops < END, stops, NEVER))
        ),
    ]
    found = Contracts.join(parts)
    return found.take(np.lexsort((found.customer, found.started)))


def _switch_day(rng: Random, people: Customers) -> Ints:
    day = midnight(people.joined + rng.integers(120, 900, len(people)) * DAY)
    changes = (rng.random(len(people)) < SWITCHES) & (day < END)
    return np.where(changes, day, NEVER)


def _contracts(
    rng: Random, people: Customers, rows: Ints, plan: Ints, span: tuple[Ints, Ints], *, reason: Ints | None = None
) -> Contracts:
    started, ended = span
    prices = np.array([[*own, extra] for own, extra in zip(MONTHLY_PRICE, MAINTENANCE_PRICE, strict=True)])
    price = prices[people.country[rows], plan] * np.where(plan == MAINTENANCE, 1.0, rng.lognormal(0, 0.28, len(rows)))
    why = np.full(len(rows), NO_REASON) if reason is None else np.where(ended < NEVER, reason[rows], NO_REASON)
    return Contracts(rows, plan, started, ended, why, price.round(2))


@dataclass(frozen=True)
class Product:
    """What the shop sells: price in each currency, weight, and weight by season (autumn, spring)."""

    name: str
    sku: str
    price: tuple[float, float]
    weight: float
    install: bool = False


PRODUCTS = (
    Product("Caldera de condensación 24 kW", "CAL-24", (1890.0, 24900.0), 10, install=True),
    Product("Kit solar 4 paneles", "SOL-4", (3490.0, 58900.0), 6, install=True),
    Product("Kit solar 8 paneles", "SOL-8", (5990.0, 98900.0), 4, install=True),
    Product("Bomba de calor aerotermia", "AER-1", (4750.0, 79900.0), 3, install=True),
    Product("Boiler de paso 13 l", "BOI-13", (389.0, 5490.0), 7, install=True),
    Product("Termostato inteligente", "TER-1", (129.0, 2190.0), 22),
    Product("Punto de recarga 7 kW", "REC-7", (990.0, 17900.0), 5, install=True),
    Product("Revisión anual de caldera", "REV-1", (89.0, 1290.0), 30),
    Product("Ampliación de potencia", "POT-1", (59.0, 890.0), 9),
    Product("Enchufe inteligente", "ENC-1", (19.9, 349.0), 18),
    Product("Limpieza de paneles", "LIM-1", (95.0, 1490.0), 8),
)
SHOP_SOURCES = ("web", "pos", "shopify_draft_order", "iphone", "android")


@dataclass(frozen=True)
class Orders(Columns):
    """One row an order; `late` are days of delay beyond the promise, `lines` products by position (−1 none)."""

    customer: Ints
    placed: Ints
    fulfilled: Ints
    late: Ints
    cancelled: Flags
    refunded: Flags
    source: Ints
    product: Ints
    quantity: Ints
    extra: Ints
    extra_quantity: Ints


def draw_orders(rng: Random, relations: Relations) -> Orders:
    """Boilers in autumn, panels in spring, reviews once a year; one in five installations comes late."""
    people = relations.people
    n = round(len(people) * ORDERS_PER_CUSTOMER)
    customer = pick(rng, rng.gamma(0.7, 1.0, len(people)), n)
    placed = rng.integers(START, END, n) // DAY * DAY + rng.integers(7 * HOUR, 21 * HOUR, n)
    product = pick(rng, [p.weight for p in PRODUCTS], n)
    late = np.where(rng.random(n) < 0.22, 1 + rng.exponential(9, n), 0).astype(np.int64)
    promised = np.array([14 if p.install else 3 for p in PRODUCTS])[product]
    fulfilled = placed + (promised + late - rng.integers(0, 3, n)) * DAY + rng.integers(0, 8, n) * HOUR
    extra = np.where(rng.random(n) < 0.28, pick(rng, [0, 0, 0, 0, 0, 4, 0, 3, 0, 6, 0], n), -1)
    found = Orders(
        customer=customer,
        placed=placed,
        fulfilled=fulfilled,
        late=late,
        cancelled=rng.random(n) < 0.025,
        refunded=rng.random(n) < 0.02,
        source=pick(rng, [62, 14, 8, 9, 7], n),
        product=product,
        quantity=np.where(product == 9, 1 + rng.poisson(1.4, n), 1),
        extra=np.where(extra == product, -1, extra),
        extra_quantity=1 + (rng.random(n) < 0.2),
    )
    known = (people.joined[customer] < placed) & (people.lost[customer] > placed) & (placed >= START) & (placed < END)
    found = found.take(known & _in_season(rng, product, placed))
    return found.take(np.argsort(found.placed, kind="stable"))


def _in_season(rng: Random, product: Ints, placed: Ints) -> Flags:
    """Thins out heating in summer and panels in winter."""
    angle = 2 * np.pi * (placed % (365.25 * DAY)) / (365.25 * DAY)
    heating = np.isin(product, (0, 4, 7))
    solar = np.isin(product, (1, 2, 10))
    share = 0.72 + 0.25 * heating * np.cos(angle - 2 * np.pi * 0.87) + 0.2 * solar * np.cos(angle - 2 * np.pi * 0.36)
    return flags(rng.random(len(product)) < share)


def amounts(orders: Orders, people: Customers) -> tuple[Floats, Floats]:
    """Price of the main line and of the extra one, in the customer's currency."""
    prices = np.array([p.price for p in PRODUCTS])
    country = people.country[orders.customer]
    return prices[orders.product, country], np.where(orders.extra >= 0, prices[orders.extra, country], 0.0)


def recommendation_after_order(rng: Random, orders: Orders, relations: Relations, effects: Effects) -> Floats:
    """What buyers would tick on 0–10: a late installation costs them."""
    weeks = orders.late / 7
    own = relations.people.liking[orders.customer]
    return floats(8.5 + effects.order_per_late_week * weeks + 0.6 * own + 1.1 * rng.standard_normal(len(orders)))
