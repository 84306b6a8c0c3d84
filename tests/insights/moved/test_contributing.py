"""What each segment contributed to the change of the whole: together they are the change, and none is left over."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import ibis
import pytest

from latido.facts.catalog import Derived
from latido.insights.moved import Breakdown, Moved, moved
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.metrics.settings import Settings
from tests.insights.moved.test_moved import NOW, SETTINGS, THEN, found
from tests.metrics.tables import at, table

LEVEL = {"chat": 0.95, "email": 0.6}


def by(moves: Moved, metric: str, dimension: str) -> Breakdown:
    """The breakdown of a metric's change by a dimension."""
    return next(b for b in moves.breakdowns if (b.total.metric.name, b.dimension) == (metric, dimension))


@pytest.mark.parametrize("metric", ["nps", "ces"])
@pytest.mark.parametrize("dimension", ["channel", "team"])
def test_all_segments_together_are_the_change(metric: str, dimension: str) -> None:
    divided = by(found(), metric, dimension)
    parts = sum(part.contribution.total for part in divided.parts)
    assert parts == pytest.approx(divided.total.difference.value, abs=1e-9)


def test_the_segment_that_fell_makes_most_of_it() -> None:
    first = by(found(), "nps", "channel").parts[0]
    assert (first.value, first.holds, first.contribution.rate.high < 0) == ("chat", True, True)


def test_a_segment_that_stayed_is_not_told_as_having_fallen() -> None:
    assert [part.value for part in by(found(), "nps", "channel").leading] == ["chat"]


def test_nothing_is_said_of_medians() -> None:
    totals = {move.metric.name for move in found().moves if not move.where}
    assert "resolution_time" in totals
    assert "resolution_time" not in {b.total.metric.name for b in found().breakdowns}


def test_what_did_not_move_is_not_divided() -> None:
    assert all(breakdown.total.holds for breakdown in found().breakdowns)


@cache
def shifted() -> Moved:
    """Both channels stay as satisfied as they were, but the less satisfied one becomes the larger one."""
    chance = random.Random(3)
    answers = [_answer(chance, i, late=i % 2 == 1) for i in range(4_000)]
    tables = Derived({"answers": table("answers", answers)}.get)
    return moved(tables, SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["csat"]], by=("channel",))


def _answer(chance: random.Random, i: int, *, late: bool) -> dict[str, Any]:
    channel = "email" if chance.random() < (0.8 if late else 0.2) else "chat"
    answered = at("2024-01-02 09:00") + timedelta(days=chance.randrange(26) + (28 if late else 0))
    return {"answer_id": f"a{i}", "customer_id": f"c{i}", "kind": "csat", "answered": answered, "channel": channel,
            "score": 5.0 if chance.random() < LEVEL[channel] else 1.0, "scale_low": 1.0, "scale_high": 5.0}  # fmt: skip


def test_a_whole_can_fall_though_no_segment_did() -> None:
    divided = by(shifted(), "csat", "channel")
    assert divided.total.difference.value < -15
    assert divided.mix == pytest.approx(divided.total.difference.value, abs=3)
    assert not divided.leading


def test_what_has_no_segment_is_one_too() -> None:
    chance = random.Random(4)
    answers = [_answer(chance, i, late=i % 2 == 1) | ({"channel": None} if i % 3 else {}) for i in range(4_000)]
    tables = Derived({"answers": table("answers", answers)}.get)
    some = moved(tables, SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["csat"]], by=("channel",))
    divided = by(some, "csat", "channel")
    assert {part.value for part in divided.parts} == {"chat", "email", None}
    assert sum(p.contribution.total for p in divided.parts) == pytest.approx(divided.total.difference.value)


def test_the_figures_of_few_are_withheld_where_measuring_withholds_them() -> None:
    chance = random.Random(4)
    answers = [_answer(chance, i, late=i % 2 == 1) | ({"channel": None} if i < 4 else {}) for i in range(4_000)]
    some = moved(Derived({"answers": table("answers", answers)}.get), replace(SETTINGS, min_n=20),
                 ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["csat"]], by=("channel",))  # fmt: skip
    (few,) = (part for part in by(some, "csat", "channel").parts if part.value is None)
    assert (few.now.n, few.now.known, few.then.n, few.then.known) == (2, False, 2, False)


def test_a_count_is_the_sum_of_its_segments() -> None:
    chance = random.Random(5)
    tickets = [
        {"ticket_id": f"t{i}", "created": at("2024-01-01 08:00") + timedelta(days=day), "status": "new",
         "channel": chance.choice(("chat", "email"))}
        for i, day in enumerate(d for d in range(56) for _ticket in range(40 if d < 28 else 60))
    ]  # fmt: skip
    settings = Settings(data_end=at("2024-02-26"))
    volume = moved(Derived({"tickets": table("tickets", tickets)}.get), settings, ibis.get_backend().execute,
                   Period(date(2024, 1, 29), date(2024, 2, 26)), THEN, metrics=[METRICS["ticket_volume"]],
                   by=("channel",))  # fmt: skip
    divided = by(volume, "ticket_volume", "channel")
    assert (divided.mix, sum(p.contribution.total for p in divided.parts)) == (0, 28 * 20)


def test_contributions_are_records() -> None:
    told = [one for one in found().contributions() if (one["metric"], one["dimension"]) == ("nps", "channel")]
    assert [(one["segment"], one["holds"]) for one in told[:1]] == [("chat", True)]
