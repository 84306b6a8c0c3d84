"""What lies behind an answer, as the words that its comment is made of."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from latido.demo.columns import Flags, Ints, Texts, ints, texts
from latido.demo.company import Company
from latido.demo.demand import REPEAT
from latido.demo.surveys import CES, CSAT, ORDER, RELATIONSHIP, TICKET, Asks
from latido.demo.words.comments import NEGATIVE, NEUTRAL, POSITIVE, comment
from latido.demo.world import BILLING, BOT_CHANNELS, BOT_START, DOUBLE_CHARGE, GENERAL_FAULT, HOUR, OUTAGE, SUPPLY

BAD = ("wait", "resolution", "transfer", "again", "charge", "outage", "bot", "late")
GOOD = ("fast", "solved", "technician", "kind", "clear", "loyal")
# Where scores turn from bad over middling to good: (last bad, first good).
TURNS = {CSAT: (2, 4), CES: (3, 5)}
RECOMMENDING = (5, 9)


def ticket_causes(company: Company) -> tuple[Ints, Ints]:
    """What went wrong with each ticket and what went well, as bits in the order of `BAD` and `GOOD`."""
    asked, outcome, felt = company.tickets.asked, company.tickets.outcome, company.felt
    unsolved = np.isin(np.arange(len(asked)), asked.parent[asked.kind == REPEAT])
    new_bot = BOT_CHANNELS[asked.channel] & (asked.created >= BOT_START)
    outage = (asked.created >= OUTAGE[0]) & (asked.created < OUTAGE[1])
    wrong = (
        felt.first_reply > 6 * HOUR,
        felt.resolution > 25 * HOUR,
        outcome.transfers > 0,
        unsolved | (outcome.reopens > 0),
        (asked.topic == BILLING) & (asked.subtopic == DOUBLE_CHARGE),
        outage & (asked.topic == SUPPLY) & (asked.subtopic == GENERAL_FAULT),
        new_bot & (outcome.transfers > 0),
    )
    well = (felt.first_reply < HOUR, (outcome.touches == 1) & ~unsolved)
    return _bits(wrong), _bits(well)


def _bits(found: Sequence[Flags]) -> Ints:
    return ints(sum(f.astype(np.int64) << n for n, f in enumerate(found)))


def write_comments(company: Company, asks: Asks) -> Texts:
    """A comment for each of these answers, empty for most."""
    dice = random.Random(f"{company.seed}-{int(asks.survey[0]) if len(asks) else 0}")
    wrong, well = _behind(company, asks)
    polarity = _polarity(asks, dice)
    variant = company.people.variant[asks.customer].tolist()
    rows = zip(variant, polarity, wrong.tolist(), well.tolist(), strict=True)
    return texts(
        comment(dice, v, p, _named(BAD, bad) if p == NEGATIVE else _named(GOOD, good)) for v, p, bad, good in rows
    )


def _named(names: tuple[str, ...], bits: int) -> list[str]:
    return [name for n, name in enumerate(names) if bits >> n & 1]


def _behind(company: Company, asks: Asks) -> tuple[Ints, Ints]:
    """Bits of what went wrong and well, by what the answer is about."""
    wrong, well = (np.zeros(len(asks), dtype=np.int64) for _ in range(2))
    bad, good = ticket_causes(company)
    own = asks.subject == TICKET
    wrong[own], well[own] = bad[asks.about[own]], good[asks.about[own]]
    own = asks.subject == ORDER
    late = company.orders.late[asks.about[own]] > 0
    wrong[own], well[own] = np.where(late, 1 << BAD.index("late"), 0), 1 << GOOD.index("technician")
    own = asks.survey == RELATIONSHIP
    wrong[own] = _lately(company, asks.take(own), bad)
    well[own] = (1 << GOOD.index("loyal")) | _lately(company, asks.take(own), good)
    return wrong, well


def _lately(company: Company, asks: Asks, bad: Ints) -> Ints:
    """What went wrong, or well, with the customer's last ticket before they were asked."""
    asked = company.tickets.asked
    order = np.lexsort((asked.created, asked.customer))
    key = asked.customer[order] * (1 << 34) + asked.created[order]
    last = np.searchsorted(key, asks.customer * (1 << 34) + asks.asked) - 1
    ticket = order[np.maximum(last, 0)]
    return np.where((last >= 0) & (asked.customer[ticket] == asks.customer), bad[ticket], 0)


def _polarity(asks: Asks, dice: random.Random) -> list[int]:
    rows = zip(asks.survey.tolist(), asks.score.tolist(), strict=True)
    return [_side(score, *TURNS.get(survey, RECOMMENDING), dice) for survey, score in rows]


def _side(score: int, bad: int, good: int, dice: random.Random) -> int:
    """Six is between bad and middling, eight between middling and good, on the scale of recommendation."""
    if good == RECOMMENDING[1] and score in {6, 8} and dice.random() < 0.5:
        return NEGATIVE if score == 6 else POSITIVE
    return NEGATIVE if score <= bad else POSITIVE if score >= good else NEUTRAL
