"""First reply time: who replied, in public, after whom."""

from __future__ import annotations

import pandas as pd
import pytest

from latido.metrics import measure, trace
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from latido.model.calendar import Block, BusinessCalendar, Version
from tests.metrics.stories import END, UP_TO_END, behind, of, told
from tests.metrics.tables import DAY, HOUR, MINUTE

OFFICE = BusinessCalendar("office", "UTC", (Version((*((Block(9 * HOUR, 18 * HOUR),),) * 5, (), ())),))


@pytest.fixture
def rows() -> pd.DataFrame:
    return behind("first_reply_time")


def test_a_bot_answering_first_is_no_reply(rows: pd.DataFrame) -> None:
    assert rows.value["bot first"] == HOUR


def test_a_private_note_is_no_reply(rows: pd.DataFrame) -> None:
    assert rows.value["private note first"] == HOUR


def test_an_agent_who_was_demoted_later_was_an_agent_when_replying(rows: pd.DataFrame) -> None:
    assert rows.value["agent later demoted"] == 30 * MINUTE


def test_what_the_bot_solved_waits_for_the_first_human_reply_after_reopening(rows: pd.DataFrame) -> None:
    assert rows.value["reopened after the bot solved it"] == 160 * MINUTE


def test_a_reply_before_the_creation_does_not_count(rows: pd.DataFrame) -> None:
    assert rows.value["reply before creation"] == HOUR


def test_a_proactive_ticket_waits_for_the_second_agent_message(rows: pd.DataFrame) -> None:
    assert rows.value["proactive"] == 90 * MINUTE


def test_a_proactive_ticket_without_a_second_agent_message_has_no_reply_yet(rows: pd.DataFrame) -> None:
    assert rows.ended["proactive and unanswered"] == 0


def test_a_ticket_that_an_agent_opened_after_the_customer_spoke_is_not_proactive(rows: pd.DataFrame) -> None:
    assert rows.value["opened for a caller"] == 20 * MINUTE


def test_an_unanswered_ticket_is_censored_at_the_data_s_end(rows: pd.DataFrame) -> None:
    assert (rows.value["unanswered"], rows.ended["unanswered"]) == (30 * DAY, 0)


@pytest.mark.parametrize(("ticket", "minutes"), [("solved unanswered", 60), ("closed unanswered", 70)])
def test_a_ticket_that_ended_unanswered_is_censored_at_its_end(rows: pd.DataFrame, ticket: str, minutes: int) -> None:
    assert (rows.value[ticket], rows.ended[ticket]) == (minutes * MINUTE, 0)


def test_a_stated_reply_counts_where_there_are_no_messages(rows: pd.DataFrame) -> None:
    assert (rows.value["stated reply"], rows.ended["stated reply"]) == (45 * MINUTE, 1)


def test_messages_outweigh_a_stated_reply(rows: pd.DataFrame) -> None:
    assert rows.value["stated and seen reply"] == 50 * MINUTE


def test_a_reply_in_the_future_has_not_happened(rows: pd.DataFrame) -> None:
    assert (rows.value["replied in the future"], rows.ended["replied in the future"]) == (30 * DAY, 0)


@pytest.mark.parametrize(
    ("ticket", "why"),
    [
        ("merged", "merged into another ticket"),
        ("merged by an event", "merged into another ticket"),
        ("spam", "spam or deleted"),
        ("deleted", "spam or deleted"),
    ],
)
def test_merged_tickets_and_spam_are_left_out(rows: pd.DataFrame, ticket: str, why: str) -> None:
    assert (rows.counted[ticket], rows.left_out[ticket]) == (False, why)


def test_team_and_agent_are_those_at_the_reply() -> None:
    found = measure("first_reply_time", told(), UP_TO_END, by=("team", "agent_id"), where=of("replies"))
    assert [(f.keys["team"], f.keys["agent_id"], f.estimate.n) for f in found.figures if f.keys["team"]] == [
        ("first line", "ana", 1)
    ]


def test_a_filter_by_team_means_the_team_at_the_reply() -> None:
    first_line = Condition("team", "=", ("first line",))
    assert measure("first_reply_time", told(), UP_TO_END, where=(first_line,)).figure.estimate.n == 1


def test_the_curve_counts_who_still_waits_and_the_mean_says_that_it_does_not(rows: pd.DataFrame) -> None:
    parts = measure("first_reply_time", told(), UP_TO_END).figure.parts
    assert (parts["median"].n, parts["mean_finished"].n) == (rows.counted.sum(), rows[rows.counted].ended.sum())


def test_zendesk_counts_around_the_clock_whatever_calendar_is_asked_for() -> None:
    office = Settings(data_end=END, calendars={"office": OFFICE})
    asked = {"calendar": "office", "where": of("waits"), "preset": "zendesk"}
    theirs = trace("first_reply_time", told(), office, **asked)
    plain = trace("first_reply_time", told(), office, **{**asked, "calendar": "24x7"})
    assert theirs["value"].tolist() == plain["value"].tolist()
    assert "24x7" in str(measure("first_reply_time", told(), office, **asked))


@pytest.mark.parametrize("preset", ["zendesk", "replied", "mean"])
@pytest.mark.parametrize("ticket", ["unanswered", "proactive and unanswered", "replied in the future"])
def test_who_still_waits_is_dropped_by_others(preset: str, ticket: str) -> None:
    theirs = behind("first_reply_time", preset)
    assert (theirs.counted[ticket], theirs.left_out[ticket]) == (False, "without a reply")


@pytest.mark.parametrize("ticket", ["proactive", "proactive and unanswered", "opened for a caller"])
def test_what_an_agent_opened_is_left_out_where_only_customers_begin(ticket: str) -> None:
    assert behind("first_reply_time", "inbound").left_out[ticket] == "opened by an agent"


def test_a_bot_s_answer_is_a_reply_where_bots_write_as_agents() -> None:
    theirs = behind("first_reply_time", "with_bots")
    assert (theirs.value["bot first"], theirs.value["private note first"]) == (5 * MINUTE, HOUR)


def test_a_bot_after_the_agent_changes_nothing() -> None:
    ours, theirs = (behind("first_reply_time", preset) for preset in (None, "with_bots"))
    assert theirs.value["two touches"] == ours.value["two touches"] == 10 * MINUTE
