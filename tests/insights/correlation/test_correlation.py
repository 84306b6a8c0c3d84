"""What goes together: the figures of SciPy on the same rows, judged as one family, and nothing by definition."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from latido.insights.correlation import Correlations, Pair
from latido.insights.correlation.rows import fetched
from latido.stats.association import spearman
from latido.stats.discovery import q_values
from tests.insights.correlation.companies import ASKED, beside, company, found, run

WITHIN = ("channel", "team")


@pytest.fixture(scope="module")
def told() -> Correlations:
    return found(company(), dimensions=WITHIN)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """The same rows by brute force: one a ticket."""
    columns = beside(company())
    rows: pd.DataFrame = run(columns.rows)
    return rows.rename(columns={c: name for name, c in columns.columns.items()})


def pair(told: Correlations, first: str, second: str) -> Pair:
    there = told.pair(first, second)
    assert there is not None
    return there


def test_every_pair_is_looked_at_once(told: Correlations) -> None:
    assert [each.names for each in told.pairs] == list(combinations(ASKED, 2))


@pytest.mark.parametrize(("first", "second"), list(combinations(ASKED, 2)))
def test_the_correlation_is_that_of_the_rows_that_know_both(
    told: Correlations, frame: pd.DataFrame, first: str, second: str
) -> None:
    both = frame[[first, second]].dropna()
    estimate = pair(told, first, second).estimate
    assert estimate.value == pytest.approx(spearmanr(both[first], both[second]).statistic, abs=1e-12)
    assert estimate.n == pair(told, first, second).of == len(both)


def test_the_interval_is_that_of_a_bootstrap_of_blocks_of_customers(told: Correlations, frame: pd.DataFrame) -> None:
    both = frame[["first_reply_time", "ces", "block"]].dropna()
    drawn = spearman(both.first_reply_time, both.ces, both.block, samples=2_000, seed=1).estimate
    estimate = pair(told, "first_reply_time", "ces").estimate
    assert (estimate.low, estimate.high) == (pytest.approx(drawn.low, abs=0.01), pytest.approx(drawn.high, abs=0.01))


def test_all_pairs_are_one_family(told: Correlations) -> None:
    p = [each.p for each in told.pairs]
    assert [each.q for each in told.pairs] == q_values(p).tolist()
    assert told.compared == len(p)


def test_what_was_planted_is_found_with_its_sign(told: Correlations) -> None:
    signs = {each.names: np.sign(each.estimate.value) for each in told.holding}
    expected = {("first_reply_time", "ces"): -1, ("ces", "csat.score"): 1, ("csat.score", "nps.score"): 1}
    assert expected.items() <= signs.items()


def test_what_was_not_planted_is_not_told(told: Correlations) -> None:
    assert not {each.names for each in told.holding if {"transfer_rate", "reopen_rate"} & set(each.names)}


def test_the_strongest_comes_first(told: Correlations) -> None:
    sizes = [abs(each.estimate.value) for each in told.holding]
    assert sizes == sorted(sizes, reverse=True)


def test_what_goes_together_by_definition_is_neither_computed_nor_judged() -> None:
    told = found(company(), names=("csat", "csat.score", "ces", "first_contact_resolution", "reopen_rate"))
    linked = [each.names for each in told.pairs if each.untold == "linked"]
    assert linked == [("csat", "csat.score"), ("first_contact_resolution", "reopen_rate")]
    assert told.compared == len(told.pairs) - 2


def test_how_many_tickets_somebody_has_says_nothing_of_their_mean() -> None:
    told = found(company(), "customer", ("ticket_volume", "transfer_rate", "ces"))
    assert [each.untold for each in told.pairs] == ["linked", "", ""]


def test_of_few_nothing_is_said() -> None:
    told = found(company(2, 60), names=("csat.score", "nps.score"))
    assert (told.pairs[0].untold, told.pairs[0].of < 30, told.holding) == ("few", True, ())


def test_what_never_varies_goes_with_nothing() -> None:
    told = found(company(), names=("agent_touches", "ces"))
    assert (told.pairs[0].untold, told.compared) == ("flat", 0)


def test_a_metric_that_nobody_has_is_absent() -> None:
    told = found(company(), names=("first_reply_time", "ces", "next_reply_time"))
    assert [each.name for each in told.absent] == ["next_reply_time"]


def test_what_was_planted_holds_within_channels_too(told: Correlations) -> None:
    inner = pair(told, "first_reply_time", "ces").within
    assert [(each.dimension, each.groups, each.vanishes(told.pairs[2].estimate)) for each in inner] == [
        ("channel", 2, False), ("team", 2, False),
    ]  # fmt: skip


def test_the_course_adds_up_to_all_units_and_their_mean(told: Correlations, frame: pd.DataFrame) -> None:
    both = frame[["first_reply_time", "ces"]].dropna()
    course = pair(told, "first_reply_time", "ces").course
    n = sum(each.mean.n for each in course)
    assert (len(course), n) == (10, len(both))
    assert sum(each.mean.n * each.mean.value for each in course) / n == pytest.approx(both.ces.mean())


def test_few_values_stand_for_themselves(told: Correlations) -> None:
    assert [each.at for each in pair(told, "ces", "csat.score").course] == [1, 2, 3, 4, 5, 6, 7]


def test_a_record_is_flat_and_knows_why_nothing_is_told(told: Correlations) -> None:
    record = told.records()[0]
    assert set(record) == {"first", "second", "lag", "rho", "low", "high", "p", "q", "n", "of", "holds", "untold"}
    assert told.to_pandas().shape == (len(told.pairs), len(record))


def test_of_a_large_pair_so_many_are_drawn_and_a_small_one_loses_none() -> None:
    rows = fetched(beside(company()), run, (), most=400, large=True)
    whole = fetched(beside(company()), run, (), large=False)
    sizes = {(i, j): len(rows.pair(i, j)) for i, j in combinations(range(len(ASKED)), 2)}
    assert np.array_equal(rows.of, whole.of)
    assert all(sizes[at] == whole.of[at] for at in sizes if whole.of[at] <= 400)
    assert all(300 < sizes[at] < 500 for at in sizes if whole.of[at] > 400)


def test_the_same_ones_are_drawn_every_time() -> None:
    first, again = (fetched(beside(company()), run, (), most=300, large=True) for _time in (1, 2))
    assert np.array_equal(np.sort(first.place), np.sort(again.place))


def test_who_is_drawn_has_nothing_to_do_with_the_block() -> None:
    rows = fetched(beside(company(), "customer"), run, (), large=False)
    assert abs(spearmanr(rows.place, rows.block).statistic) < 0.12
