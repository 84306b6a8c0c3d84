"""What moved: the segments that did, with the figures that measuring them gives, and nothing where nothing did."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import ibis
import pytest

from latido.errors import UnknownNameError
from latido.facts.catalog import Derived
from latido.insights.moved import Move, Moved, Untested, moved
from latido.metrics import measure
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.metrics.query import Condition, Query
from latido.metrics.settings import Settings
from tests.metrics.tables import at, table

CHANNELS, TEAMS = ("chat", "email", "phone"), ("north", "south")
START, DAYS = at("2024-01-01 08:00"), 56
NOW, THEN = Period(date(2024, 1, 29), date(2024, 2, 26)), Period(date(2024, 1, 1), date(2024, 1, 29))
SETTINGS = Settings(data_end=at("2024-03-31"))
ASKED = ("csat", "nps", "ces", "resolution_time", "first_reply_time", "reopen_rate", "agent_touches", "ticket_volume",
         "unresolved_after", "first_contact_resolution", "response_rate")  # fmt: skip
KINDS = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7)}


def lived(seed: int, *, worse: bool) -> dict[str, Any]:
    """Eight weeks of a desk with surveys; where `worse`, chat's satisfaction falls and its waits grow halfway."""
    chance = random.Random(seed)
    tickets, answers = [], []
    for i in range(2_400):
        created = START + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(600))
        channel, team, bad = chance.choice(CHANNELS), chance.choice(TEAMS), worse and created.date() >= NOW.start
        slow = 3.0 if bad and channel == "chat" else 1.0
        solved = created + timedelta(minutes=slow * chance.expovariate(1 / 300) + 5)
        who = f"c{chance.randrange(900)}"
        tickets.append({"ticket_id": f"t{i}", "customer_id": who, "created": created, "channel": channel, "team": team,
                        "first_replied": created + timedelta(minutes=chance.expovariate(1 / 60) + 1),
                        "solved": solved, "status": "solved"})  # fmt: skip
        answers += [_answer(chance, i, tickets[-1], kind, low=bad and channel == "chat") for kind in KINDS]
    return {"tickets": table("tickets", tickets), "answers": table("answers", answers)}


def _answer(chance: random.Random, i: int, ticket: dict[str, Any], kind: str, *, low: bool) -> dict[str, Any]:
    least, most = KINDS[kind]
    score = chance.choice(range(least, most + 1)) if low else chance.choice(range(most - 3, most + 1))
    return {"answer_id": f"{kind}{i}", "ticket_id": ticket["ticket_id"], "customer_id": ticket["customer_id"],
            "kind": kind, "score": float(score), "scale_low": float(least), "scale_high": float(most),
            "answered": ticket["created"] + timedelta(hours=2), "channel": ticket["channel"],
            "team": ticket["team"], "survey_kind": "transactional"}  # fmt: skip


@cache
def desk(seed: int = 1, *, worse: bool = True) -> Derived:
    return Derived(lived(seed, worse=worse).get)


@cache
def found(seed: int = 1, *, worse: bool = True) -> Moved:
    metrics = [METRICS[name] for name in ASKED]
    return moved(desk(seed, worse=worse), SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=metrics,
                 by=("channel", "team"))  # fmt: skip


def told(moves: Moved) -> set[tuple[str, str]]:
    """Metric and channel of what is told; empty where the segment is no channel's."""
    return {(move.metric.name, str(move.where.get("channel", ""))) for move in moves.moves}


def test_what_fell_is_found_in_the_segment_where_it_fell() -> None:
    assert {("csat", "chat"), ("nps", "chat"), ("ces", "chat"), ("resolution_time", "chat")} <= told(found())


def test_the_other_segments_are_not_told() -> None:
    assert {channel for _metric, channel in told(found())} <= {"chat", ""}


def test_what_did_not_change_is_not_told() -> None:
    names = {metric for metric, _channel in told(found())}
    assert not names & {"first_reply_time", "ticket_volume", "agent_touches", "response_rate"}


def test_where_nothing_moved_nothing_is_told() -> None:
    assert [told(found(seed, worse=False)) for seed in (2, 3, 4)] == [set()] * 3


def test_what_is_told_leaves_out_zero() -> None:
    assert all(move.difference.low > 0 or move.difference.high < 0 for move in found().moves)


def test_the_clearest_comes_first() -> None:
    q = [move.q for move in found().moves]
    assert q == sorted(q)


def measured(move: Move, period: Period) -> Any:
    """The same segment's figure as asking for it gives it."""
    where = tuple(Condition(name, "=", (value,)) for name, value in move.where.items())
    query = Query(move.metric.name, start=period.start, end=period.end, where=where)
    return measure(query, desk(), SETTINGS, execute=ibis.get_backend().execute).figures[0].estimate


@pytest.mark.parametrize("name", ["csat", "nps", "ces", "resolution_time"])
def test_the_figures_are_those_that_measuring_gives(name: str) -> None:
    moves = [move for move in found().moves if move.metric.name == name][:4]
    pairs = [(move.now, measured(move, NOW)) for move in moves] + [(move.then, measured(move, THEN)) for move in moves]
    assert moves
    assert [(a.value, a.low, a.high, a.n) for a, _b in pairs] == [
        pytest.approx((b.value, b.low, b.high, b.n)) for _a, b in pairs
    ]


@pytest.mark.parametrize("name", ASKED)
def test_so_are_those_of_every_metric_as_a_whole(name: str) -> None:
    totals = [move for move in found().totals if move.metric.name == name]
    pairs = [(figure, measured(move, period)) for move in totals
             for figure, period in ((move.now, NOW), (move.then, THEN))]  # fmt: skip
    assert [(a.value, a.low, a.high, a.n) for a, _b in pairs] == [
        pytest.approx((b.value, b.low, b.high, b.n)) for _a, b in pairs
    ]


def test_totals_are_told_whether_they_moved_or_not() -> None:
    assert {move.metric.name for move in found().totals} >= {"csat", "first_reply_time", "ticket_volume"}


def test_segments_of_one_and_of_two_dimensions_are_judged_together() -> None:
    # No, three channels, two teams, six of both: twelve segments a metric, of those with enough values.
    assert found().compared + found().small == 12 * found().metrics


def test_small_segments_are_not_compared() -> None:
    days = [Period(date(2024, 1, day), date(2024, 1, day + 1)) for day in (2, 1)]
    few = moved(desk(), SETTINGS, ibis.get_backend().execute, *days, metrics=[METRICS["csat"]], by=("channel", "team"))
    assert (few.moves, few.small > 0) == ((), True)


def test_a_census_and_a_composition_have_no_test() -> None:
    other = moved(desk(), SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["backlog"]])
    assert (other.compared, other.untested) == (0, (Untested(METRICS["backlog"], "untestable"),))


def test_what_single_people_said_is_not_compared() -> None:
    other = moved(desk(), SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["enps"]])
    assert other.untested == (Untested(METRICS["enps"], "protected"),)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (THEN, Period(date(2023, 12, 4), date(2024, 1, 1))),
        (Period(date(2024, 2, 26), date(2024, 3, 25)), NOW),
    ],
)
def test_what_came_is_not_compared_with_days_that_the_data_do_not_cover(now: Period, then: Period) -> None:
    other = moved(desk(), SETTINGS, ibis.get_backend().execute, now, then, metrics=[METRICS["ticket_volume"]])
    assert (other.moves, other.untested) == ((), (Untested(METRICS["ticket_volume"], "incomplete"),))


def test_what_comes_in_bursts_has_an_interval_that_knows_of_them() -> None:
    quiet = [1] * 28 + [1, 1, 1, 90, 1, 1, 1] * 2 + [1] * 14
    tickets = [
        {"ticket_id": f"{day}-{i}", "created": START + timedelta(days=day, minutes=i), "status": "new"}
        for day, count in enumerate(quiet) for i in range(count)
    ]  # fmt: skip
    burst = moved(Derived({"tickets": table("tickets", tickets)}.get), Settings(data_end=at("2024-02-26")),
                  ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["ticket_volume"]])  # fmt: skip
    (total,) = burst.totals
    assert (total.difference.value, total.difference.low < 0, total.holds, total.p > 0.05) == (178, True, False, True)


def test_a_metric_that_knows_not_what_is_filtered_by_is_left_out() -> None:
    asked = [METRICS["nps"], METRICS["reopen_rate"]]
    where = (Condition("survey_kind", "=", ("relationship",)),)
    mixed = moved(desk(), SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=asked, by=("channel",), where=where)
    assert (mixed.metrics, mixed.untested) == (1, (Untested(METRICS["reopen_rate"], "unfiltered"),))


def test_a_filter_that_no_metric_knows_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="network"):
        moved(desk(), SETTINGS, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["nps"]],
              where=(Condition("network", "=", ("none",)),))  # fmt: skip


def test_what_measuring_would_withhold_is_not_compared() -> None:
    strict = replace(SETTINGS, min_n=10_000)
    kept = moved(desk(), strict, ibis.get_backend().execute, NOW, THEN, metrics=[METRICS["csat"]], by=("channel",))
    assert (kept.compared, kept.moves) == (0, ())
