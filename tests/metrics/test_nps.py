"""The net promoter score: of those who answered, kind by kind."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.tables import answers


def test_one_promoter_and_two_who_skipped_are_100() -> None:
    assert measure("nps", {"answers": answers(10, None, None)}).value == 100


def test_unanswered_is_not_a_passive() -> None:
    figure = measure("nps", {"answers": answers(10, None)}).figure
    assert (figure.estimate.n, figure.left_out) == (1, {"no_score": 1})


def test_promoters_give_9_or_10_and_detractors_up_to_6() -> None:
    given = answers(0, 6, 6.5, 7, 8, 9, 10)
    rows = measure("nps", {"answers": given}).trace().sort_values("score")
    assert rows.value.tolist() == [-100, -100, 0, 0, 0, 100, 100]


def test_50_promoters_30_passives_and_20_detractors() -> None:
    estimate = measure("nps", {"answers": answers(*[10] * 50, *[8] * 30, *[3] * 20)}).figure.estimate
    assert (estimate.value, round(estimate.low, 1), round(estimate.high, 1), estimate.method) == (
        30, 14.1, 44.2, "adjusted_wald",
    )  # fmt: skip


def test_below_thirty_answers_the_interval_is_the_score_interval() -> None:
    estimate = measure("nps", {"answers": answers(*[10] * 10)}).figure.estimate
    assert (round(estimate.low, 1), estimate.high, estimate.method) == (44.5, 100, "score")


def test_promoters_and_detractors_stand_beside_it() -> None:
    parts = measure("nps", {"answers": answers(10, 9, 8, 3)}).figure.parts
    assert (parts["promoters"].value, parts["detractors"].value) == (50, 25)


def test_a_scale_from_1_to_10_is_not_nps() -> None:
    figure = measure("nps", {"answers": answers(10, 1, scale_low=[0, 1], scale_high=10)}).figure
    assert (figure.estimate.value, figure.left_out) == (100, {"other_scale": 1})


def test_relationship_and_transactional_surveys_are_never_merged() -> None:
    tables = {"answers": answers(10, 3, 3, subject=["relationship", "ticket", "order"])}
    found = [(f.keys["survey_kind"], f.estimate.value) for f in measure("nps", tables).figures]
    assert found == [("relationship", 100), ("transactional", -100)]


def test_blind_surveys_are_told_apart_by_brand() -> None:
    tables = {"answers": answers(10, 3, 8, blind=True, brand=["Lumbre", "Rival", "Rival"])}
    found = [(f.keys["rated_brand"], f.estimate.value) for f in measure("nps", tables).figures]
    assert found == [("Lumbre", 100), ("Rival", -50)]


def test_the_brand_of_an_open_survey_is_no_competitor() -> None:
    assert measure("nps", {"answers": answers(10, 3, brand=["Lumbre", "Lumbre Pro"])}).figure.estimate.n == 2


@pytest.mark.parametrize(("preset", "value"), [("relationship", 100), ("transactional", -100), ("blind", 0)])
def test_a_preset_asks_for_one_kind_only(preset: str, value: float) -> None:
    kinds = {"subject": ["relationship", "ticket", None], "blind": [False, False, True], "brand": "Lumbre"}
    assert measure("nps", {"answers": answers(10, 3, 8, **kinds)}, preset=preset).value == value


def test_other_questions_do_not_count() -> None:
    assert measure("nps", {"answers": answers(10, 3, kind=["nps", "enps"])}).value == 100
