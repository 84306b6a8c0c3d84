"""First-contact resolution: solved at once, for good, and old enough to know."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from latido.config import parse
from latido.errors import ConfigError, UsageError
from latido.facts.tickets import LONGEST
from latido.metrics import measure
from latido.metrics.measurement import Figure
from tests.metrics.stories import UP_TO_END, behind, of, told


@pytest.fixture
def figure() -> Figure:
    return measure("first_contact_resolution", told(), UP_TO_END, where=of("again")).figure


@pytest.fixture
def rows() -> pd.DataFrame:
    return behind("first_contact_resolution")


def test_five_of_six_tickets_were_resolved_at_first_contact(figure: Figure) -> None:
    assert (figure.estimate.value, figure.estimate.n) == (pytest.approx(500 / 6), 6)


def test_a_share_is_shown_with_what_it_hides(figure: Figure) -> None:
    assert list(figure.parts) == ["value", "p90_resolution", "unresolved_after_7d"]


def test_a_ticket_younger_than_seven_days_is_unknown_not_a_success(rows: pd.DataFrame) -> None:
    assert rows.left_out["too young"] == "too young to know"


def test_a_merged_duplicate_is_no_new_contact(rows: pd.DataFrame) -> None:
    assert rows.left_out["the merged one"] == "merged into another ticket"


@pytest.mark.parametrize("ticket", ["reopened", "unanswered", "closed without a solve"])
def test_what_was_reopened_or_never_solved_is_no_success(rows: pd.DataFrame, ticket: str) -> None:
    assert (rows.counted[ticket], rows.at_once[ticket]) == (True, 0)


@pytest.mark.parametrize(
    ("ticket", "at_once"),
    [
        ("bill", 0),  # the same topic again on the sixth day
        ("bill again", 1),
        ("meter", 1),  # again, but on the eleventh day
        ("bill of another", 1),
        ("merged in between", 1),
    ],
)
def test_the_same_topic_of_the_same_customer_within_seven_days_undoes_it(
    rows: pd.DataFrame, ticket: str, at_once: int
) -> None:
    assert rows.at_once[ticket] == at_once


def test_the_days_are_the_settings() -> None:
    longer = replace(UP_TO_END, first_contact_days=12)
    figure = measure("first_contact_resolution", told(), longer, where=of("again")).figure
    assert (figure.parts["value"].numerator, "unresolved_after_12d" in figure.parts) == (4, True)


def test_more_days_than_the_facts_know_are_refused_by_the_metric_and_by_the_settings() -> None:
    with pytest.raises(UsageError, match=f"first_contact_days is {LONGEST + 1}; it can be {LONGEST} at most"):
        measure("first_contact_resolution", told(), replace(UP_TO_END, first_contact_days=LONGEST + 1))
    assert parse(f"[definitions]\nfirst_contact_days = {LONGEST}").definitions.first_contact_days == LONGEST
    with pytest.raises(ConfigError, match="first_contact_days"):
        parse(f"[definitions]\nfirst_contact_days = {LONGEST + 1}")
