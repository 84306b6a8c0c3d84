"""What may stand after an equals sign."""

from __future__ import annotations

import pytest

from latido.config.values import SettingError, block, blocks, country, currency, seconds, week, weekdays, zone


@pytest.mark.parametrize(
    ("written", "expected"),
    [("45min", 2700), ("4h", 14400), ("1h 30min", 5400), ("2d", 172800), ("1w", 604800), (90, 90), ("1.5h", 5400)],
)
def test_a_span_of_time_becomes_seconds(written: object, expected: float) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize("written", ["", "soon", "4", "4 hours", "-4h", "4h and more", True])
def test_what_is_no_span_of_time_is_refused(written: object) -> None:
    with pytest.raises(SettingError):
        seconds(written)


def test_a_misspelt_time_zone_is_answered_with_the_nearest() -> None:
    with pytest.raises(SettingError) as caught:
        zone("Europe/Madird")
    assert "Europe/Madrid" in str(caught.value.hint)


def test_hours_of_a_day_are_minutes_from_midnight() -> None:
    assert block("09:00-14:30") == (540, 870)


def test_a_day_may_end_at_midnight() -> None:
    assert block("22:00-24:00") == (1320, 1440)


@pytest.mark.parametrize("written", ["14:00-09:00", "09:00", "09:00-25:00", "09:61-10:00", "10:00-10:00"])
def test_what_is_no_span_of_a_day_is_refused(written: str) -> None:
    with pytest.raises(SettingError):
        block(written)


def test_spans_of_a_day_stand_in_order() -> None:
    assert blocks(["16:00-20:00", "09:00-14:00"]) == ((540, 840), (960, 1200))


def test_spans_of_a_day_may_touch() -> None:
    assert blocks(["09:00-12:00", "12:00-14:00"]) == ((540, 720), (720, 840))


def test_overlapping_spans_are_refused() -> None:
    with pytest.raises(SettingError, match="overlap"):
        blocks(["09:00-12:00", "11:00-14:00"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [("fri", (4,)), ("mon-fri", (0, 1, 2, 3, 4)), ("lun-vie", (0, 1, 2, 3, 4)), ("Sáb", (5,)), ("sat-mon", (5, 6, 0))],
)
def test_weekdays_are_read_in_both_languages(written: str, expected: tuple[int, ...]) -> None:
    assert weekdays(written) == expected


@pytest.mark.parametrize("written", ["friyay", "mon-tue-wed", ""])
def test_what_is_no_weekday_is_refused(written: str) -> None:
    with pytest.raises(SettingError):
        weekdays(written)


def test_a_week_says_its_hours_by_weekday() -> None:
    assert week({"mon-tue": ["09:00-10:00"], "fri": "08:00-09:00"}) == {
        0: ((540, 600),),
        1: ((540, 600),),
        4: ((480, 540),),
    }


@pytest.mark.parametrize(("read", "written"), [(currency, "euro"), (country, "Spain"), (week, ["09:00-10:00"])])
def test_a_wrong_value_says_how_to_write_it(read: object, written: object) -> None:
    with pytest.raises(SettingError) as caught:
        read(written)  # type: ignore[operator]
    assert caught.value.hint
