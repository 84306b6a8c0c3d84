"""Watches of a workspace: declared, looked at, recorded, and continued after somebody has seen an alert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

import latido
from latido.config import parse
from latido.errors import ConfigError, UnknownNameError
from latido.insights.watch import State, Watched
from latido.state import State as Kept
from latido.workspace.check import check
from latido.workspace.watches import alarm_of, continued, declared, definition, shift
from tests.watching import watched_company


@cache
def company() -> latido.Workspace:
    return latido.open(watched_company(Path(mkdtemp(prefix="latido-test-"))))


@cache
def north() -> Watched:
    return company().watched("North waits")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Kept]:
    found = Kept.open(None, tmp_path)
    yield found
    found.close()


def test_watches_are_as_the_settings_declare_them() -> None:
    watch = company().watches["North waits"]
    assert (watch.metric.name, watch.way, watch.years, watch.since) == (
        "first_reply_time",
        "worse",
        20,
        date(2025, 11, 3),
    )
    assert watch.calendar == "24x7"


def test_a_watch_is_looked_at_by_name() -> None:
    assert north().state is State.ALERT
    assert company().watched("Volume").state is State.QUIET


def test_of_an_unknown_one_the_nearest_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Volume"):
        company().watched("Volum")


def test_what_is_recorded_is_the_alert_itself() -> None:
    told = shift(north())
    assert told is not None
    assert alarm_of(told) == north().alarm


def test_a_quiet_watch_has_nothing_to_record() -> None:
    assert shift(company().watched("Volume")) is None


def test_after_somebody_has_seen_it_the_watch_goes_on(state: Kept) -> None:
    told = shift(north())
    assert told is not None
    number = state.alerts.tell(told) or 0
    state.alerts.see(number, None, stays=False, resumes=date(2026, 1, 5))
    again = company().watched(continued(company().watches["North waits"], state.alerts))
    assert (again.state, again.begun) == (State.QUIET, date(2026, 1, 5))


def test_whoever_changes_a_watch_begins_it_anew() -> None:
    watch = company().watches["North waits"]
    other = declared(parse('[watches."North waits"]\nmetric = "first_reply_time"\nfalse_alarms = 5'))["North waits"]
    assert definition(watch) == definition(company().watches["North waits"])
    assert definition(watch) != definition(other)


@pytest.mark.parametrize(
    ("declaration", "rule"),
    [
        ('metric = "nps2"', "no metric called “nps2”"),
        ('metric = "enps"', "cannot be watched"),
        ('metric = "ticket_volume"\ndirection = "worse"', "no better and worse"),
        ('metric = "csat"\nwhere = ["channel"]', "channel"),
    ],
)
def test_a_watch_that_cannot_be_is_refused(declaration: str, rule: str) -> None:
    with pytest.raises(ConfigError, match=f"watches, “one”.*{rule}"):
        check(parse(f"[watches.one]\n{declaration}"))
