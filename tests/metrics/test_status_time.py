"""Time in statuses: waiting, on the desk, on hold; in plain time and in office hours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from latido.metrics.settings import Settings
from latido.model.calendar import Block, BusinessCalendar, Version
from tests.metrics.stories import UP_TO_END, behind, of, told
from tests.metrics.tables import DAY, HOUR, MINUTE, after, traced

OFFICE = BusinessCalendar("office", "UTC", (Version((*((Block(9 * HOUR, 18 * HOUR),),) * 5, (), ())),))
IN_OFFICE = replace(UP_TO_END, calendars={"office": OFFICE})


@pytest.mark.parametrize(
    ("metric", "minutes"), [("requester_wait_time", 80), ("agent_work_time", 50), ("on_hold_time", 30)]
)
def test_each_metric_adds_up_its_statuses(metric: str, minutes: int) -> None:
    rows = behind(metric)
    assert (rows.value["every status"], rows.ended["every status"]) == (minutes * MINUTE, 1)


@pytest.mark.parametrize(
    ("metric", "ticket", "seconds"),
    [
        ("requester_wait_time", "on hold since", 30 * DAY),
        ("on_hold_time", "on hold since", 30 * DAY - HOUR),
        ("agent_work_time", "on hold since", HOUR),
        ("requester_wait_time", "pending since", HOUR),
        ("on_hold_time", "pending since", 0),
    ],
)
def test_an_unfinished_ticket_is_censored_where_it_stands(metric: str, ticket: str, seconds: int) -> None:
    rows = behind(metric)
    assert (rows.value[ticket], rows.ended[ticket]) == (seconds, 0)


@pytest.mark.parametrize("metric", ["requester_wait_time", "agent_work_time", "on_hold_time"])
def test_time_in_a_status_is_never_negative(metric: str) -> None:
    assert (behind(metric).value.dropna() >= 0).all()


@pytest.mark.parametrize("metric", ["requester_wait_time", "agent_work_time"])
def test_a_weekend_is_no_time_of_an_office(metric: str) -> None:
    plain = behind(metric).value["over a weekend"]
    office = traced(metric, told(), IN_OFFICE, calendar="office", where=of("waits")).value["over a weekend"]
    assert (plain, office) == (64 * HOUR, HOUR)


def test_what_comes_after_the_data_s_end_has_not_been_waited_for() -> None:
    early = replace(UP_TO_END, data_end=after(40))
    rows = traced("requester_wait_time", told(), early, where=of("waits"))
    assert (rows.value["every status"], rows.ended["every status"]) == (30 * MINUTE, 0)


def test_plain_time_is_read_off_the_facts_and_the_same_by_stretches_of_statuses() -> None:
    # Facts hold plain seconds up to the present status: they serve where nothing lies beyond the data's end.
    far = traced("requester_wait_time", told(), replace(UP_TO_END, data_end=after(60 * 1440)), where=of("waits"))
    always = BusinessCalendar("always", "UTC", (Version(((Block(0, DAY),),) * 7),))
    settings = Settings(data_end=after(60 * 1440), calendars={"always": always})
    spelled = traced("requester_wait_time", told(), settings, calendar="always", where=of("waits"))
    assert far.value.tolist() == spelled.value.tolist()
