"""What may stand after an equals sign."""

from __future__ import annotations

import pytest

from latido.config.values import SettingError, country, currency, memory, seconds, zone


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


@pytest.mark.parametrize(("read", "written"), [(currency, "euro"), (country, "Spain"), (memory, "lots")])
def test_a_wrong_value_says_how_to_write_it(read: object, written: object) -> None:
    with pytest.raises(SettingError) as caught:
        read(written)  # type: ignore[operator]
    assert caught.value.hint
