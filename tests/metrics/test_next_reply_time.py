"""Next reply time: one wait per stretch without an answer, and none that runs for ever."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.metrics.stories import behind
from tests.metrics.tables import DAY, HOUR, MINUTE


@pytest.fixture
def waits() -> pd.DataFrame:
    """Those that count; each ticket has one at most."""
    rows = behind("next_reply_time")
    return rows[rows.counted]


def test_several_messages_in_a_row_are_one_wait_from_the_earliest(waits: pd.DataFrame) -> None:
    assert (waits.value["several questions"], waits.ended["several questions"]) == (40 * MINUTE, 1)


def test_the_wait_for_the_first_reply_is_another_metric_s() -> None:
    rows = behind("next_reply_time").loc["several questions"]
    assert rows.left_out.dropna().tolist() == ["waits for the first reply"]


@pytest.mark.parametrize("ticket", ["thanks", "thanks, told by events only"])
def test_a_closing_thanks_does_not_run_the_clock_for_ever(waits: pd.DataFrame, ticket: str) -> None:
    why = set(behind("next_reply_time").loc[ticket].left_out)
    assert (ticket in waits.index, why) == (
        False, {"waits for the first reply", "a last message after which nothing was to be answered"},
    )  # fmt: skip


def test_a_thanks_before_the_solve_waits_until_the_solve(waits: pd.DataFrame) -> None:
    assert (waits.value["thanks before the solve"], waits.ended["thanks before the solve"]) == (30 * MINUTE, 0)


def test_an_open_question_is_censored_at_the_data_s_end(waits: pd.DataFrame) -> None:
    assert (waits.value["asked again"], waits.ended["asked again"]) == (30 * DAY - 40 * MINUTE, 0)


def test_bots_and_private_notes_answer_nothing(waits: pd.DataFrame) -> None:
    assert waits.value["bot between"] == HOUR


def test_what_was_asked_before_the_creation_does_not_count() -> None:
    assert behind("next_reply_time", "every").value["asked before creation"] == 30 * MINUTE


def test_every_wait_includes_the_first_reply_s() -> None:
    rows = behind("next_reply_time", "every").loc["several questions"]
    assert sorted(rows.value) == [10 * MINUTE, 40 * MINUTE]
