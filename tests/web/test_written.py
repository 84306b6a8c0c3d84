"""What people write into fields is read as they mean it, or refused."""

from __future__ import annotations

import pytest

from latido.errors import UsageError
from latido.i18n import use
from latido.web import written


@pytest.mark.parametrize(
    ("typed", "value"),
    [("85", 85), ("85,5", 85.5), ("85.5", 85.5), ("−3", -3), (" 1 000 ", 1000), ("0.125", 0.125), ("", None)],
)
def test_a_number_may_have_a_point_or_a_comma(typed: str, value: float | None) -> None:
    assert written.number(typed) == value


@pytest.mark.parametrize("typed", ["1.500", "1,500", "12.345"])
def test_what_could_be_thousands_is_asked_about(typed: str) -> None:
    with pytest.raises(UsageError, match="two ways"):
        written.number(typed)


def test_the_way_out_of_a_doubt_is_none_itself() -> None:
    with pytest.raises(UsageError, match=r"Write 1125 or 1\.1250\."):
        written.number("1.125")
    assert written.number("1.1250") == 1.125


@pytest.mark.parametrize("typed", ["a lot", "1e5", "nan", "inf", "1.2.3", "--1", "9" * 40])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="not a number"):
        written.number(typed)


def test_a_whole_number_has_no_rest() -> None:
    with pytest.raises(UsageError, match="whole"):
        written.whole("2,5")


@pytest.mark.parametrize(("typed", "span"), [("4h", "4h"), (" 1H 30Min ", "1h 30min"), ("1,5h", "1.5h"), ("", None)])
def test_a_span_is_kept_as_it_was_written(typed: str, span: str | None) -> None:
    assert written.span(typed) == span


def test_what_is_no_span_says_how_to_write_one() -> None:
    with pytest.raises(UsageError, match="45min, 4h"):
        written.span("soon")


def test_spans_are_apart_by_commas_that_belong_to_no_number() -> None:
    assert written.spans("1d,4h, 1,5h; 2d") == ["1d", "4h", "1.5h", "2d"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(86400, "1d"), (5400, "1h 30min"), (61, "1min 1s"), ("4h", "4h"), (1.5, "1.5")]
)
def test_seconds_are_told_as_a_span(seconds: float | str, told: str) -> None:
    assert written.told(seconds) == told


def test_a_country_is_known_by_code_and_by_name_in_both_languages() -> None:
    assert written.countries("es, Mexico; Alemania") == ["ES", "MX", "DE"]


def test_a_country_that_is_none_is_asked_about() -> None:
    with pytest.raises(UsageError, match="Did you mean MX"):
        written.countries("Mexiko")


def test_choices_are_in_the_order_of_their_names() -> None:
    assert [name for _code, name in written.by_name([("Z", "Zamora"), ("A", "Álava"), ("B", "Burgos")])] == [
        "Álava", "Burgos", "Zamora",
    ]  # fmt: skip


def test_currencies_are_those_in_use_by_their_names() -> None:
    with use("es"):
        known = dict(written.currencies())
    assert (known["MXN"], "DEM" in known) == ("peso mexicano", False)


def test_zones_are_places() -> None:
    names = [name for name, _shown in written.zones()]
    assert ("Europe/Madrid" in names, "UTC" in names, "Etc/GMT+3" in names) == (True, True, False)
