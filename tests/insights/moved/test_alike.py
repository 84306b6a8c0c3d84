"""Waits of one ticket hang together: repeated in it, they say no more than once."""

from __future__ import annotations

import random
from datetime import date, timedelta

import ibis
import pytest

from latido.insights.moved import Move, moved
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.metrics.settings import Settings
from tests.metrics.tables import Happened, at, derived, desk, said, story

THEN, NOW = Period(date(2024, 1, 1), date(2024, 1, 29)), Period(date(2024, 1, 29), date(2024, 2, 26))
TICKETS, DAY = 120, 24 * 60


def turns(wait: float, times: int) -> list[Happened]:
    """A first question, and so many after it, each answered after the same wait."""
    asked = [said("customer", 1 + number * DAY) for number in range(times + 1)]
    replied = [said("agent", 1 + number * DAY + wait) for number in range(times + 1)]
    return [event for pair in zip(asked, replied, strict=True) for event in pair]


def change(times: int, channels: tuple[str, ...] = ("chat",)) -> dict[str, Move]:
    """Next reply time in two periods, by channel; in the later one waits are a third longer."""
    chance, stories = random.Random(5), []
    for number in range(2 * TICKETS):
        later, channel = number >= TICKETS, channels[number % len(channels)]
        begin = at("2024-02-01 09:00" if later else "2024-01-04 09:00") + timedelta(minutes=number % TICKETS)
        wait = chance.expovariate(1 / (80 if later else 60)) + 1
        stories.append(
            story(f"t{number}", *turns(wait, times), created=begin, customer_id=f"c{number}", channel=channel)
        )
    found = moved(derived(desk(*stories)), Settings(data_end=at("2024-03-31")), ibis.get_backend().execute, NOW, THEN,
                  metrics=[METRICS["next_reply_time"]], by=("channel",), level=1)  # fmt: skip
    return {str(move.where.get("channel", "")): move for move in (*found.totals, *found.moves)}


@pytest.mark.parametrize("channels", [("chat",), ("chat", "email")])
def test_waits_that_a_ticket_repeats_say_as_much_as_one(channels: tuple[str, ...]) -> None:
    once, often = change(1, channels)[""], change(4, channels)[""]
    assert often.now.n == 4 * once.now.n
    assert often.p == pytest.approx(once.p, rel=0.35)
