"""What is not finished yet makes the latest period look different: that is never told as a change."""

from __future__ import annotations

import random
from datetime import date, timedelta

import ibis

from latido.insights.moved import moved
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.metrics.settings import Settings
from tests.metrics.tables import at, derived, desk, story

THEN, NOW = Period(date(2024, 1, 1), date(2024, 2, 26)), Period(date(2024, 2, 26), date(2024, 4, 22))
SETTINGS = Settings(data_end=at("2024-04-22"))


def company() -> object:
    """Tickets that take ten days in the mean, always; the latest are open still."""
    chance, stories = random.Random(3), []
    for number in range(4_000):
        created = at("2024-01-01") + timedelta(minutes=number * 40)
        solved = created + timedelta(days=chance.expovariate(0.1))
        ended = {"solved": solved, "status": "solved"} if solved < at("2024-04-22") else {"status": "open"}
        again = {"reopens": 1} if chance.random() < 0.1 else {}
        stories.append(story(f"t{number}", created=created, customer_id=f"c{number}", **ended, **again))
    return derived(desk(*stories))


def test_what_will_be_resolved_at_once_has_not_fallen_because_it_is_not_resolved_yet() -> None:
    found = moved(company(), SETTINGS, ibis.get_backend().execute, NOW, THEN,  # type: ignore[arg-type]
                  metrics=[METRICS["first_contact_resolution"]], by=("channel",))  # fmt: skip
    (total,) = found.totals
    assert total.difference.high < 0  # the unresolved count as failures already
    assert (total.holds, found.moves) == (False, ())


def test_time_on_hold_is_not_compared() -> None:
    found = moved(company(), SETTINGS, ibis.get_backend().execute, NOW, THEN,  # type: ignore[arg-type]
                  metrics=[METRICS["on_hold_time"]], by=("channel",))  # fmt: skip
    assert [(left.metric.name, left.reason) for left in found.untested] == [("on_hold_time", "unsettled")]
