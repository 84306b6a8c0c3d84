"""Teams over weeks: what the same team has more of in the same week, and in which week after."""

from __future__ import annotations

import numpy as np
import pytest

from latido.insights.correlation.judged import over_weeks
from latido.insights.correlation.pair import Pair
from latido.insights.correlation.weeks import Panel, _ranks, _usual
from latido.metrics.units import grain, variable
from tests.insights.correlation.companies import company, found

AT = grain("team_week")
NAMES = ("agent_touches", "ces")
LAGS = tuple(range(-4, 5))


def panel(x: np.ndarray, y: np.ndarray) -> Panel:
    usual = {name: _usual(values) for name, values in zip(NAMES, (x, y), strict=True)}
    return Panel(
        usual, {name: _ranks(values) for name, values in usual.items()}, tuple("abcdefgh"[: len(x)]), x.shape[1]
    )


def only(x: np.ndarray, y: np.ndarray) -> Pair:
    """The one pair of two series of teams."""
    (pair,) = over_weeks(panel(x, y), AT, [variable(name, AT) for name in NAMES], 30, LAGS)
    return pair


def noise(seed: int, teams: int = 5, weeks: int = 104) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(teams, weeks))


def test_what_happens_in_the_same_team_and_week_is_found() -> None:
    shared = noise(1)
    pair = only(shared + noise(2), -shared + noise(3))
    assert (pair.holds, pair.estimate.value < -0.3, pair.delay.lag) == (True, True, 0)


def test_a_delay_is_found_where_it_is() -> None:
    shared = noise(1, weeks=110)
    pair = only(shared[:, 6:] + noise(2)[:, :104], -shared[:, 3:107] + noise(3)[:, :104])
    assert (pair.holds, pair.delay.lag, pair.delay.holds) == (False, 3, True)


@pytest.mark.parametrize("teams", [1, 5])
def test_a_common_season_is_no_link(teams: int) -> None:
    season = 3 * np.cos(np.arange(104) / 52.18 * 2 * np.pi)
    assert not only(season + noise(2, teams), season + noise(3, teams)).holds


def test_drifting_alike_is_no_link() -> None:
    drift = np.linspace(0, 5, 104) * np.arange(5)[:, None]
    assert not only(drift + noise(2), drift + noise(3)).holds


def test_teams_that_always_have_more_of_both_are_no_link() -> None:
    level = 4.0 * np.arange(5)[:, None]
    assert not only(level + noise(2), level + noise(3)).holds


def test_weeks_without_values_are_left_out() -> None:
    x, y = noise(1), noise(1) + noise(2)
    x[0, :40] = np.nan
    assert only(x, y).of == 5 * 104 - 40


def test_lags_are_judged_with_all_lags_of_all_pairs() -> None:
    pair = only(noise(2), noise(3))
    assert all(each.q >= each.p for each in pair.lags)
    assert [each.lag for each in pair.lags] == list(LAGS)


def test_from_tables_to_weeks_of_teams() -> None:
    told = found(company(), "team_week", ("first_reply_time", "transfer_rate"))
    assert (told.pairs[0].of > 60, told.pairs[0].untold) == (True, "")


def test_without_enough_weeks_nothing_is_said() -> None:
    told = found(company(2, 20), "team_week", ("first_reply_time", "transfer_rate"))
    assert (told.pairs[0].untold, told.compared) == ("few", 0)
