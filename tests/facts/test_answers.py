"""Answers with their scale, their kind and what they are about; invitations with what came of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from latido.facts.answers import TOP_OF_SCALE
from tests.metrics.tables import answers, asks, derived, table


def facts(*scores: float | None, **columns: Any) -> pd.DataFrame:
    frame: pd.DataFrame = derived({"answers": answers(*scores, **columns)})["answer_facts"].execute()
    return frame.sort_values("answer_id")


@pytest.mark.parametrize(
    ("kind", "scale"),
    [("nps", "0-10"), ("enps", "0-10"), ("csat", "1-5"), ("ces", "1-5"), ("esat", "1-5"), ("recommend", "0-1")],
)
def test_a_kind_of_question_has_a_usual_scale(kind: str, scale: str) -> None:
    assert facts(1, kind=kind).scale.tolist() == [scale]


def test_a_stated_scale_wins() -> None:
    assert facts(1, kind="csat", scale_low=1, scale_high=7).scale.tolist() == ["1-7"]


def test_a_lower_better_answer_is_turned_within_its_scale() -> None:
    found = facts(1, 7, kind="ces", scale_low=1, scale_high=7, polarity=["lower_better", "higher_better"])
    assert (found.better.tolist(), found.score.tolist()) == ([7, 7], [1, 7])


@pytest.mark.parametrize(("scale", "least"), TOP_OF_SCALE.items())
def test_positives_begin_at_the_scale_s_threshold(scale: tuple[int, int], least: int) -> None:
    found = facts(least, least - 1, kind="csat", scale_low=scale[0], scale_high=scale[1])
    assert found.positive.tolist() == [1, 0]


def test_a_scale_that_nobody_settled_is_positive_from_three_quarters_on() -> None:
    assert facts(75, 74, kind="csat", scale_low=0, scale_high=100).positive.tolist() == [1, 0]


def test_no_score_is_neither_positive_nor_not() -> None:
    assert facts(None, kind="csat").positive.isna().tolist() == [True]


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"blind": True, "subject": "ticket"}, "blind"),
        ({"subject": "ticket"}, "transactional"),
        ({"subject": "order"}, "transactional"),
        ({"subject": "stage"}, "transactional"),
        ({"subject": "relationship"}, "relationship"),
        ({}, "relationship"),
        ({"blind": None}, "relationship"),
    ],
)
def test_a_survey_is_of_one_kind(columns: dict[str, Any], kind: str) -> None:
    assert facts(9, **columns).survey_kind.tolist() == [kind]


def test_only_a_blind_answer_rates_a_brand() -> None:
    found = facts(9, 9, blind=[True, False], brand="Lumbre")
    assert found.rated_brand.isna().tolist() == [False, True]


def test_an_answer_without_a_date_counts_when_it_was_asked() -> None:
    found = facts(9, answered=None, asked="2024-02-01")
    assert found.answered.tolist() == [pd.Timestamp("2024-02-01")]


def test_the_customer_s_dimensions_come_along() -> None:
    customers = table("customers", [{"customer_id": "c", "segment": "home", "x_tier": "gold"}])
    tables = derived({"answers": answers(9, customer_id="c"), "customers": customers})
    row = tables["answer_facts"].execute().iloc[0]
    assert (row.segment, row.x_tier) == ("home", "gold")


def test_each_invitation_is_one_row_whatever_the_number_of_its_answers() -> None:
    tables = derived({"asks": asks(2), "answers": answers(5, 4, 10, kind=["csat", "ces", "nps"], ask_id="q0")})
    found = tables["ask_facts"].execute().set_index("ask_id")
    assert (len(found), found.replied["q0"], found.better["q0"], found.replied["q1"]) == (2, 1, 5, 0)


def test_an_answer_without_identifier_does_not_answer_an_invitation_of_somebody_else() -> None:
    tables = derived({
        "asks": asks(2, customer_id=["a", None], survey="s"),
        "answers": answers(5, kind="csat", customer_id="b", survey="s"),
    })  # fmt: skip
    assert tables["ask_facts"].execute().replied.tolist() == [0, 0]
