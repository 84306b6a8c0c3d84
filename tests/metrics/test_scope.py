"""Clocks: business seconds against a walk, local days, and where the data end."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from math import isnan

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from latido.model.calendar import Block, BusinessCalendar, Version
from latido.model.opening import business_seconds
from tests.metrics.tables import DAY, HOUR, at, created, mentions, traced

WEEKEND: tuple[tuple[Block, ...], ...] = ((), ())
OFFICE = BusinessCalendar("office", "Europe/Madrid", (Version((*((Block(9 * HOUR, 18 * HOUR),),) * 5, *WEEKEND)),))
SIESTA = BusinessCalendar(
    "siesta", "America/Mexico_City",
    (Version((*((Block(9 * HOUR, 13 * HOUR + 600), Block(16 * HOUR + 60, 20 * HOUR)),) * 6, ())),),
)  # fmt: skip
NIGHTS = BusinessCalendar("nights", "Australia/Lord_Howe", (Version(((Block(22 * HOUR, 30 * HOUR),),) * 7),))
CALENDARS = {c.name: c for c in (OFFICE, SIESTA, NIGHTS)}


def waits() -> list[tuple[datetime, datetime]]:
    """Pairs of instants in two years: seconds to weeks apart, many of them at the edges of slots."""
    chance = random.Random(4)
    starts = [at("2023-06-01") + timedelta(seconds=chance.randrange(700 * DAY)) for _ in range(150)]
    edges = [s.replace(minute=s.minute // 15 * 15, second=0) for s in starts[:50]]
    lengths = [10 ** chance.uniform(0, 6.3) for _ in range(150)] + [chance.randrange(40) * 900 for _ in range(50)]
    return [(s, s + timedelta(seconds=int(x))) for s, x in zip([*starts, *edges], lengths, strict=True)]


@pytest.mark.parametrize("name", list(CALENDARS))
def test_business_seconds_are_those_of_the_calendar_to_the_second(name: str) -> None:
    pairs = waits()
    tables = {"mentions": mentions(*({"occurred": a, "replied": b} for a, b in pairs))}
    rows = traced("mention_response_time", tables, Settings(calendars=CALENDARS), calendar=name)
    direct = business_seconds(
        CALENDARS[name], [int(a.timestamp()) for a, _b in pairs], [int(b.timestamp()) for _a, b in pairs]
    )
    assert rows.value.loc[[f"m{i}" for i in range(len(pairs))]].tolist() == direct.tolist()


def test_a_mean_of_business_time_is_shorter_than_one_of_plain_time() -> None:
    tables = {"mentions": mentions({"occurred": "2024-03-08 16:30", "replied": "2024-03-11 08:30"})}
    found = [
        measure("mention_response_time", tables, Settings(calendars=CALENDARS), calendar=c).value
        for c in ("24x7", "office")
    ]
    assert found == [64 * HOUR, HOUR]


def test_fractions_of_seconds_are_dropped() -> None:
    tables = {"mentions": mentions({"occurred": "2024-03-08 16:30:00.2", "replied": "2024-03-08 16:30:09.9"})}
    assert measure("mention_response_time", tables).value == 9


def test_the_data_end_with_their_latest_stamp() -> None:
    assert measure("ticket_volume", created("2024-03-04 09:00", "2024-03-01 09:00")).data_end == datetime(2024, 3, 4, 9)


def test_the_data_cannot_speak_of_tomorrow() -> None:
    found = measure("ticket_volume", created("2024-03-04 09:00", "2090-01-01 09:00"))
    assert found.data_end is not None
    assert found.data_end <= datetime.now(UTC).replace(tzinfo=None)
    assert found.value == 1


def test_a_stated_end_is_an_instant_whatever_its_zone() -> None:
    stated = at("2024-03-04 09:00").astimezone()
    assert measure("ticket_volume", created("2024-03-01"), Settings(data_end=stated)).data_end == datetime(
        2024, 3, 4, 9
    )


def test_a_stamp_of_the_far_future_lays_out_no_calendar_up_to_then() -> None:
    tables = {"mentions": mentions({"occurred": "2024-03-08 16:30", "replied": "2099-01-01"})}
    found = measure(
        "mention_response_time",
        tables,
        Settings(calendars=CALENDARS, data_end=at("2024-03-08 17:30")),
        calendar="office",
    )
    assert found.figure.parts["mean_finished"].n == 0


def test_nothing_ends_in_1970() -> None:
    found = measure("ticket_volume", {}, period="month")
    assert (found.data_end, found.value) == (datetime(1970, 1, 1), 0)


def test_a_cohort_without_a_span_is_that_of_the_last_year() -> None:
    figure = measure("turnover_rate", {}, Settings(data_end=at("2024-02-29 12:00"))).figure
    assert figure.period is not None
    assert (figure.period.start, figure.period.end, isnan(figure.estimate.value)) == (
        date(2023, 3, 1), date(2024, 3, 1), True,
    )  # fmt: skip
