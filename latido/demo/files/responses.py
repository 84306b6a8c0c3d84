"""What the survey tools have in common: who answered, what, and to which invitation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.causes import write_comments
from latido.demo.columns import Ints, Random
from latido.demo.company import Company
from latido.demo.customers import Customers
from latido.demo.surveys import NO_SUBJECT, ORDER, Asks

FIRST_ASK, FIRST_ORDER = 500_000, 10_001
LETTERS = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
WHY = "¿Por qué?"


@dataclass(frozen=True)
class Responses:
    """The answers that came to one survey, in the order in which they came."""

    asks: Asks
    ids: list[str]
    comments: list[str]


def responses(company: Company, survey: int) -> Responses:
    """Who answered this survey, what, and why."""
    rows = np.flatnonzero((company.asks.survey == survey) & company.asks.replied)
    rows = rows[np.argsort(company.asks.answered[rows], kind="stable")]
    asks = company.asks.take(rows)
    return Responses(asks, ask_ids(rows), write_comments(company, asks).tolist())


def ask_ids(rows: Ints) -> list[str]:
    """Invitations by their place in the order of sending."""
    return [f"INV{FIRST_ASK + n}" for n in rows.tolist()]


def about_names(asks: Asks) -> list[str]:
    """Number of the ticket, or of the order, that an invitation is about; empty for the relation."""
    rows = zip(asks.subject.tolist(), asks.about.tolist(), strict=True)
    return [_about(subject, n) for subject, n in rows]


def _about(subject: int, n: int) -> str:
    return "" if subject == NO_SUBJECT else f"#{FIRST_ORDER + n}" if subject == ORDER else str(n + 1)


def codes(rng: Random, n: int, length: int) -> list[str]:
    """Random identifiers."""
    return ["".join(row) for row in LETTERS[rng.integers(0, len(LETTERS), (n, length))].tolist()]


def languages(people: Customers, who: Ints, names: tuple[str, str, str]) -> list[str]:
    """How these customers' language is called, by variant."""
    found: list[str] = np.array(names, dtype=object)[people.variant[who]].tolist()
    return found
