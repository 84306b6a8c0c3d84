"""One difference: what of it could have been seen, and what it would have taken."""

from __future__ import annotations

from math import inf, isnan

import pytest

from latido.insights.moved import Move
from latido.insights.moved.move import record
from latido.metrics.catalog import METRICS
from latido.stats.difference import difference
from latido.stats.estimate import Estimate
from latido.stats.nps import nps


def move(metric: str, now: Estimate, then: Estimate) -> Move:
    """A difference that is not told."""
    return Move(METRICS[metric], {}, now, then, difference(now, then), 0.5, 1.0, holds=False)


SCORE = move("nps", nps(420, 360, 220), nps(420, 360, 220))


def test_twelve_points_take_some_650_answers_a_period_and_five_some_3760() -> None:
    # With a variance of 6,000 these are the figures of `stats.power`: 655 and 3,768.
    assert [*SCORE.sizes, *SCORE.needed] == pytest.approx([5, 12, 3768, 655], rel=0.01)


def test_what_could_have_been_seen_takes_the_answers_that_there_are() -> None:
    assert SCORE.visible**2 / 12**2 == pytest.approx(SCORE.needed[1] / 1000, rel=0.01)


def test_a_duration_is_asked_about_in_parts_of_what_it_was() -> None:
    waited = move("first_reply_time", Estimate(3600, 3000, 4200, 500), Estimate(4000, 3500, 4500, 500))
    assert waited.sizes == (400, 1000)


def test_a_count_is_no_sample() -> None:
    came = move("ticket_volume", Estimate(900, 850, 950, 900), Estimate(1000, 950, 1050, 1000))
    assert (isnan(came.visible), all(map(isnan, came.needed))) == (True, True)


def test_an_open_interval_says_not_what_it_would_take() -> None:
    endless = move("first_reply_time", Estimate(3600, 3000, inf, 50), Estimate(4000, 3500, 4500, 500))
    assert (isnan(endless.visible), all(map(isnan, endless.needed))) == (True, True)


def test_a_record_says_what_it_would_take() -> None:
    told = record(SCORE)
    assert (told["small"], told["large"], told["holds"]) == (5, 12, False)
    assert told["needed_small"] == SCORE.needed[0]
