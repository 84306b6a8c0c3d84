"""Who did not answer, in words: raw, weighted, and how wrong that would have to be."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import Any

import numpy as np
import pytest

from latido.i18n import use
from latido.insights.nonresponse import Nonresponse, Scored
from latido.insights.nonresponse.behaviour import Before
from latido.insights.nonresponse.traits import OTHER, Level, Trait
from latido.metrics.catalog import METRICS
from latido.report.nonresponse import (
    Threshold,
    grid,
    headline,
    level_name,
    levels_grid,
    nobody,
    overturn,
    sentences,
    shifted,
    silent,
    weights,
)
from latido.stats.estimate import Estimate, unknown
from latido.stats.raking import Raked
from latido.stats.shares import wilson


def level(value: str | None, answered: float, asked: float) -> Level:
    return Level(value, asked, answered, wilson(answered, asked).scaled(100))


ROUGH = Trait("rough", (level("0", 400, 1000), level("3", 20, 300)), behaviour=True)
COUNTRY = Trait("country", (level("ES", 210, 650), level("MX", 210, 650)), behaviour=False)
RAKED = Raked(np.array([0.5, 5.0]), 9, 0.0, converged=False, effective=350, n=420, capped=0.02, uncovered=0.03)


def scored(**other: Any) -> Scored:
    found = Scored(
        keys={"survey_kind": "relationship"}, asked=1300, people=1300, answered=420,
        response=wilson(420, 1300).scaled(100), raw=Estimate(18.2, 15.7, 20.6, 420),
        weighted=Estimate(16.3, 13.4, 19.2, 420), robust=Estimate(15.9, 13, 18.8, 420), raked=RAKED,
        traits=(ROUGH, COUNTRY), scale=(-100, 100),
    )  # fmt: skip
    return replace(found, **other)


def found(*groups: Scored, **other: Any) -> Nonresponse:
    made = Nonresponse(METRICS["nps"], None, Before(180, 72_000, "support"), 5, "asked", groups, 12)
    return replace(made, **other)


@pytest.mark.parametrize(
    ("language", "raw", "weighted"),
    [
        ("en", "is 18.2 among those who answered (15.7 to 20.6)", "for those who did not, it is 16.3 (13.4 to 19.2)."),
        ("es", ": 18,2 entre quienes respondieron (15,7 a 20,6)", "ponderado por quienes no, 16,3 (13,4 a 19,2)."),
    ],
)
def test_raw_and_weighted_stand_side_by_side(language: str, raw: str, weighted: str) -> None:
    with use(language):
        said = headline(found(scored()), scored())
    assert (raw in said, said.endswith(weighted)) == (True, True)


def test_all_customers_are_named_where_they_are_spoken_for() -> None:
    assert "weighted for all customers" in headline(found(scored(), whom="customers"), scored())


def test_kinds_of_survey_are_named_where_there_are_several() -> None:
    assert "Relationship survey" in headline(found(scored(), scored()), scored())


def test_too_few_answers_are_said_to_be_too_few() -> None:
    few = scored(raw=unknown(4), weighted=unknown(4), robust=unknown(4), raked=None, answered=4)
    assert sentences(found(few), few)[0] == "Too few answered for a score to be shown: 4."
    assert "no weight" not in " ".join(sentences(found(few), few))


def test_what_weights_cost_is_said() -> None:
    said = " ".join(weights(found(scored()), scored()))
    assert "counts 0.5 to 5.0 times" in said
    assert "420 answers say as much as 350 plain ones" in said
    assert "2.0% of the answers" in said
    assert "For 3.0% of the people nobody like them answered" in said


def test_who_answers_least_is_said_with_both_intervals() -> None:
    said = silent(found(scored()), scored())
    assert said[0].startswith("420 of 1,300 invitations were answered: 32.3%")
    assert "with “3 or more” 6.7% answered (4.4 to 10.1), with “0” 40.0% (37.0 to 43.1)" in said[1]


def test_where_nothing_tells_who_answers_that_is_said() -> None:
    same = scored(traits=(COUNTRY,))
    assert silent(found(same), same)[1] == "No difference in who answers can be told from chance."


@pytest.mark.parametrize(
    ("by", "part"),
    [
        (-10, "10 points worse than people like them who did, the score is 9.5"),
        (10, "10 points better"),
        (0, "are like"),
    ],
)
def test_the_slider_says_what_the_score_would_be(by: float, part: str) -> None:
    assert part in shifted(found(scored()), scored(), by)


def test_what_would_overturn_a_score_is_said() -> None:
    said = overturn(found(scored()), scored(), Threshold("the target", 25))
    assert said.startswith("For the target (25.0) the silent would have to be 12.9 points better")


def test_what_no_silence_can_overturn_is_said() -> None:
    high = scored(weighted=Estimate(90, 88, 92, 420))
    assert "beyond the scale" in overturn(found(high), high, Threshold("x", -90))


def test_what_is_not_sure_anyway_is_said() -> None:
    assert "covers the target" in overturn(found(scored()), scored(), Threshold("the target", 18))


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [("tickets", "0", "0"), ("tickets", "2", "2"), ("rough", "3", "3 or more"), ("open", "1", "yes"),
     ("tenure", None, "not known"), ("country", "ES", "Spain"), ("country", OTHER, "Other"), ("plan", None, "nothing")],
)  # fmt: skip
def test_levels_have_names(trait: str, value: str | None, said: str) -> None:
    assert level_name(trait, level(value, 1, 2)) == said


def test_the_table_has_three_scores() -> None:
    assert [row[1].text for row in grid(found(scored())).rows] == ["18.2", "16.3", "15.9"]


def test_who_answers_is_a_table_that_says_what_is_slow() -> None:
    shown = levels_grid(found(scored()), scored())
    assert (len(shown.rows), shown.notes) == (4, ("Slow: not solved within 20 h of the calendar “support”.",))
    assert levels_grid(found(scored(), before=Before(180, nan, "24x7")), scored()).notes == ()


def test_where_nobody_was_asked_it_says_what_to_import() -> None:
    assert "asks" in nobody(METRICS["nps"])[1]
