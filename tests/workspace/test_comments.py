"""What people said beside the score that they gave."""

from __future__ import annotations

from typing import Any

import pytest

from latido.workspace.comments import CommentPage, CommentSearch, found, known_values
from latido.workspace.question import conditions
from tests.lives import workspace


def page(**asked: Any) -> CommentPage:
    """The comments that are found."""
    return found(workspace(), CommentSearch(**asked))


def ids(**asked: Any) -> set[str]:
    """Their numbers."""
    return {one.answer_id for one in page(**asked).comments}


def test_what_employees_said_never_appears() -> None:
    assert ids() == {"r1", "r2", "r3", "r4", "r5", "r6", "r9"}
    assert ids(text="secret") == set()


@pytest.mark.parametrize(("text", "number"), [("rapida", "r1"), ("50 %", "r2"), ("<b>", "r1"), ("'antes'", "r2")])
def test_words_find_comments(text: str, number: str) -> None:
    assert ids(text=text) == {number}


@pytest.mark.parametrize(
    ("band", "numbers"),
    [("promoter", {"r3"}), ("passive", {"r5"}), ("detractor", {"r4"}), ("good", {"r1", "r6", "r9"}), ("bad", {"r2"}),
     ("none", set())],
)  # fmt: skip
def test_a_band_is_how_the_metrics_count_a_score(band: str, numbers: set[str]) -> None:
    assert ids(band=band) == numbers


def test_easy_is_what_the_effort_score_calls_easy() -> None:
    easy = workspace().measure("ces").figure.parts["easy"]
    (ces,) = [one for one in page().divisions if one.kind == "ces"]
    assert (ces.counts["good"], ces.n) == (easy.numerator, easy.denominator)


def test_filters_narrow() -> None:
    assert ids(where=conditions(["language=es", "channel=phone"])) == {"r2"}


def test_a_lead_sees_only_what_is_about_their_teams() -> None:
    assert ids(teams=("Ventas",)) == {"r1", "r2", "r6"}


def test_those_who_commented_divide_by_question_and_survey() -> None:
    told = {(one.kind, one.survey_kind, one.rated_brand): one.n for one in page().divisions}
    assert told == {("nps", "relationship", None): 3, ("csat", "transactional", None): 2,
                    ("ces", "transactional", None): 1, ("csat", "blind", "Other"): 1}  # fmt: skip


def test_a_division_stays_whole_whatever_the_band() -> None:
    (nps,) = [one for one in page(band="promoter").divisions if one.kind == "nps"]
    assert (nps.figure is not None and nps.figure.value, nps.counts["detractor"]) == (0, 1)


def test_the_figure_of_all_who_commented_is_that_of_the_metric() -> None:
    ours = next(one.figure for one in page().divisions if one.kind == "nps")
    theirs = workspace().measure("nps").figure.estimate
    assert ours is not None
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.value, theirs.low, theirs.high))


def test_a_comment_names_customer_and_ticket() -> None:
    (one,) = page(text="antes").comments
    assert (one.subject_id, one.ticket, one.customer_id) == ("3", "No hay luz", "bo")


def test_values_to_filter_by_are_those_of_comments() -> None:
    assert "clima" not in known_values(workspace(), ())["survey"]
