"""Customer satisfaction: positives of those who answered, scale by scale."""

from __future__ import annotations

from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.stories import told
from tests.metrics.tables import answers, derived


def csat(*scores: float | None, low: float | None = None, high: float | None = None, **more: Any) -> dict[str, Any]:
    return {"answers": answers(*scores, kind="csat", scale_low=low, scale_high=high, **more)}


@pytest.mark.parametrize(
    ("low", "high", "positives", "others"),
    [
        (0, 1, [1], [0]),
        (1, 2, [2], [1]),
        (1, 3, [3], [1, 2]),
        (1, 4, [3, 4], [1, 2]),
        (1, 5, [4, 5], [1, 2, 3]),
        (1, 7, [6, 7], [1, 2, 3, 4, 5]),
        (1, 10, [9, 10], [1, 2, 3, 4, 5, 6, 7, 8]),
        (0, 10, [9, 10], [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_each_scale_has_its_own_positives(low: float, high: float, positives: list[float], others: list[float]) -> None:
    estimate = measure("csat", csat(*positives, *others, low=low, high=high)).figure.estimate
    assert (estimate.numerator, estimate.denominator) == (len(positives), len(positives) + len(others))


def test_a_3_of_5_is_not_a_positive() -> None:
    assert measure("csat", csat(3)).value == 0


def test_80_positives_of_100_are_80_per_cent() -> None:
    estimate = measure("csat", csat(*[5] * 80, *[2] * 20)).figure.estimate
    assert (estimate.value, round(estimate.low, 2), round(estimate.high, 2)) == (80, 71.12, 86.66)


def test_who_did_not_answer_is_left_out_and_said_to_be() -> None:
    figure = measure("csat", csat(5, None, None)).figure
    assert (figure.estimate.value, figure.estimate.n, figure.left_out) == (100, 1, {"no_score": 2})


def test_where_a_lower_answer_is_the_better_one_it_is_turned() -> None:
    assert measure("csat", csat(1, 5, 5, 5, polarity="lower_better")).value == 25


def test_scales_are_never_merged_silently() -> None:
    tables = csat(5, 5, 6, low=1, high=[5, 7, 7])
    found = [(f.keys["scale"], f.estimate.value) for f in measure("csat", tables).figures]
    assert found == [("1-5", 100), ("1-7", 50)]


def test_a_single_scale_is_not_worth_a_word() -> None:
    assert measure("csat", csat(5, 4)).figure.keys == {}


def test_what_the_single_scale_s_split_left_out_is_still_counted() -> None:
    figure = measure("csat", csat(5, None, low=1, high=[5, 7])).figure
    assert (figure.keys, figure.estimate.n, figure.left_out) == ({}, 1, {"no_score": 1})


def test_a_survey_may_have_its_own_threshold() -> None:
    tables = csat(4, 5, survey=["strict", "other"])
    assert measure("csat", tables, Settings(positive_from={"strict": 5})).value == 50


def test_the_rated_team_and_agent_are_those_at_the_solve() -> None:
    facts = {n: told()[n] for n in ("ticket_facts", "tickets", "ticket_events", "customers")}
    given = csat(5, subject="ticket", subject_id="answered by another team")
    found = measure("csat", derived({**facts, **given}), by=("team", "agent_id"))
    assert found.figure.keys == {"team": "second line", "agent_id": "bob"}


def test_a_customer_who_answers_often_counts_as_the_customer_that_he_is() -> None:
    scores = [5] * 30 + [1] * 30
    one_each, one_of_each_mind = (
        measure("csat", csat(*scores, customer_id=[f"c{i // size}" for i in range(60)])).figure.estimate
        for size in (1, 30)
    )
    assert one_of_each_mind.value == one_each.value
    assert one_of_each_mind.high - one_of_each_mind.low > one_each.high - one_each.low


def test_answers_of_nobody_known_are_answers_of_different_people() -> None:
    unknown = measure("csat", csat(*[5] * 30, *[1] * 30)).figure.estimate
    different = measure("csat", csat(*[5] * 30, *[1] * 30, customer_id=[f"c{i}" for i in range(60)])).figure.estimate
    assert (unknown.low, unknown.high) == (different.low, different.high)
