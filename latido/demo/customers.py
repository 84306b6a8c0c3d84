"""Who the customers are and when they came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.clock import midnight
from latido.demo.columns import Columns, Floats, Ints, Random, Texts, pick
from latido.demo.names import emails, full_names, phones
from latido.demo.world import CHURN_PLAN, COUNTRIES, DAY, END, ENGLISH, PLANS, REGIONS, SEGMENTS, SPAIN, START, shares

BOOKS_OPEN = START - 1096 * DAY
BEFORE_SHARE = 0.78
NEVER = END + 10_000 * DAY
# Customers lost before the data begin left at this monthly rate.
EARLY_CHURN = 0.011
FIRST_ID = 7_000_100_000


@dataclass(frozen=True)
class Customers(Columns):
    """One row a customer.

    Attributes:
        country: Position in `COUNTRIES`.
        region: Position in `REGIONS`.
        variant: How they write.
        segment: Position in `SEGMENTS`.
        plan: Position in `PLANS`.
        joined: First day, epoch seconds.
        lost: When they left, `NEVER` while they stay; known before the data begin only for the early lost.
        liking: What they think of the company apart from what happens to them (points of 0–10).
        patience: How easy they find things (points of 1–7).
        contacts: Relative rate of contacting.
        number: Identifier that every system of the company knows.
    """

    country: Ints
    region: Ints
    variant: Ints
    segment: Ints
    plan: Ints
    joined: Ints
    lost: Ints
    liking: Floats
    patience: Floats
    contacts: Floats
    number: Ints
    name: Texts
    email: Texts
    phone: Texts


def draw_customers(rng: Random, n: int) -> Customers:
    """Everybody who has been a customer in the last five years."""
    country = pick(rng, [c.share for c in COUNTRIES], n)
    variant = _variants(rng, country)
    joined = _joined(rng, n)
    plan = pick(rng, shares(PLANS), n)
    number = FIRST_ID + np.arange(n) * 7
    name = full_names(rng, variant)
    return Customers(
        country=country,
        region=_regions(rng, country),
        variant=variant,
        segment=pick(rng, shares(SEGMENTS), n),
        plan=plan,
        joined=joined,
        lost=_lost_early(rng, joined, plan),
        liking=1.10 * rng.standard_normal(n),
        patience=0.45 * rng.standard_normal(n),
        contacts=rng.gamma(1.1, 1 / 1.1, n),
        number=number,
        name=name,
        email=emails(rng, name, np.arange(n) + 100),
        phone=phones(rng, variant),
    )


def _variants(rng: Random, country: Ints) -> Ints:
    english = rng.random(len(country)) < np.array([c.english for c in COUNTRIES])[country]
    return np.where(english, ENGLISH, SPAIN + country)


def _regions(rng: Random, country: Ints) -> Ints:
    out = np.zeros(len(country), dtype=np.int64)
    first = 0
    for code, place in enumerate(COUNTRIES):
        own = country == code
        out[own] = first + pick(rng, shares(place.regions), int(own.sum()))
        first += len(place.regions)
    return out


def _joined(rng: Random, n: int) -> Ints:
    before = rng.random(n) < BEFORE_SHARE
    early = rng.integers(BOOKS_OPEN, START, n)
    late = rng.integers(START, END - 5 * DAY, n)
    return midnight(np.where(before, early, late))


def _lost_early(rng: Random, joined: Ints, plan: Ints) -> Ints:
    monthly = EARLY_CHURN * np.exp(CHURN_PLAN[plan])
    left = joined + (rng.exponential(1 / monthly) * 30.4 * DAY).astype(np.int64)
    return np.where(left < START, midnight(np.maximum(left, joined + DAY)), NEVER)


def region_code(name: str) -> int:
    """Position of a region in `REGIONS`."""
    return REGIONS.index(name)
