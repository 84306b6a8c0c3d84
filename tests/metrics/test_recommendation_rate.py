"""The recommendation rate: 9–10 of 10, or yes."""

from __future__ import annotations

from latido.metrics import measure
from tests.metrics.tables import answers


def test_nine_and_ten_recommend() -> None:
    assert measure("recommendation_rate", {"answers": answers(10, 9, 8, 0)}).value == 50


def test_yes_recommends() -> None:
    assert measure("recommendation_rate", {"answers": answers(1, 0, 0, 0, kind="recommend")}).value == 25


def test_yes_and_ten_are_not_added_up() -> None:
    found = measure("recommendation_rate", {"answers": answers(1, 10, kind=["recommend", "nps"])})
    assert [f.keys["scale"] for f in found.figures] == ["0-1", "0-10"]


def test_what_is_said_of_a_competitor_is_not_said_of_us() -> None:
    tables = {"answers": answers(10, 3, blind=True, brand=["Lumbre", "Rival"])}
    assert {f.keys["rated_brand"]: f.estimate.value for f in measure("recommendation_rate", tables).figures} == {
        "Lumbre": 100,
        "Rival": 0,
    }


def test_what_is_asked_after_a_ticket_and_of_the_relationship_is_kept_apart() -> None:
    tables = {"answers": answers(10, 3, subject=["ticket", "relationship"])}
    assert {f.keys["survey_kind"]: f.estimate.value for f in measure("recommendation_rate", tables).figures} == {
        "transactional": 100,
        "relationship": 0,
    }
