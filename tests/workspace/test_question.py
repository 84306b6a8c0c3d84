"""Questions as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from latido.errors import UsageError
from latido.metrics.query import Condition
from latido.workspace.question import condition, conditions, dimensions, local_day, span, version

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    "by",
    ["channel,team", "channel, team", ["channel", "team"], ("channel,team",)],
    ids=["text", "spaced", "list", "mixed"],
)
def test_dimensions_are_a_list_or_a_text_with_commas(by: str | list[str]) -> None:
    assert dimensions(by) == ("channel", "team")


def test_no_dimension_is_none() -> None:
    assert dimensions(None) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("priority=high,urgent", Condition("priority", "=", ("high", "urgent"))),
        ("priority = high, urgent", Condition("priority", "=", ("high", "urgent"))),
        ("channel!=chat", Condition("channel", "!=", ("chat",))),
        ("score>=9", Condition("score", ">=", (9.0,))),
        ("score < 7", Condition("score", "<", (7.0,))),
        ("channel=", Condition("channel", "=", (None,))),
        ('topic="Billing, payments",Other', Condition("topic", "=", ("Billing, payments", "Other"))),
        ("topic=a=b", Condition("topic", "=", ("a=b",))),
    ],
)
def test_a_filter_is_read_as_it_is_typed(text: str, expected: Condition) -> None:
    assert condition(text) == expected


def test_a_mapping_of_filters_means_the_same_as_texts() -> None:
    mapping = {"channel": "email", "priority": ["high", "urgent"], "score >=": 9, "team !=": None, "blind": True}
    assert conditions(mapping) == (
        Condition("channel", "=", ("email",)),
        Condition("priority", "=", ("high", "urgent")),
        Condition("score", ">=", (9.0,)),
        Condition("team", "!=", (None,)),
        Condition("blind", "=", (True,)),
    )


@pytest.mark.parametrize("where", ["score>=9", ["score>=9"]])
def test_one_filter_may_stand_alone(where: str | list[str]) -> None:
    assert conditions(where) == (Condition("score", ">=", (9.0,)),)


@pytest.mark.parametrize("text", ["channel", "=email", "score>=many", "score>=1,2", ""])
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        condition(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        ("2025-03", date(2025, 3, 1)),
        ("2025", date(2025, 1, 1)),
        (date(2025, 3, 4), date(2025, 3, 4)),
        (datetime(2025, 3, 4, 18, 30), date(2025, 3, 4)),
        (None, None),
    ],
)
def test_a_day_is_read_as_it_is_typed(written: date | str | None, expected: date | None) -> None:
    assert local_day(written) == expected


@pytest.mark.parametrize("written", ["04/03/2025", "2025-13", "yesterday", ""])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is not a day"):
        local_day(written)


def test_a_span_without_days_is_refused() -> None:
    with pytest.raises(UsageError, match="no day"):
        span("2025-03", "2025-03-01")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (12, 12),
        ("12", 12),
        (None, None),
        ("2025-03-04T18:30", datetime(2025, 3, 4, 18, 30, tzinfo=MADRID)),
        ("2025-03-04T18:30Z", datetime(2025, 3, 4, 18, 30, tzinfo=UTC)),
        (datetime(2025, 3, 4, 18, 30), datetime(2025, 3, 4, 18, 30, tzinfo=MADRID)),
    ],
)
def test_a_state_is_named_by_version_or_instant(written: object, expected: object) -> None:
    assert version(written, MADRID) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [date(2025, 3, 4), "2025-03-04"])
def test_a_day_names_the_state_at_its_end(written: date | str) -> None:
    assert version(written, MADRID) == datetime(2025, 3, 4, 23, 59, 59, 999999, tzinfo=MADRID)


def test_what_names_no_state_is_refused() -> None:
    with pytest.raises(UsageError, match="neither a version nor an instant"):
        version("last week", MADRID)
