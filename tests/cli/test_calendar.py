"""`latido calendar`."""

from __future__ import annotations

import csv
import json

from tests.cli.conftest import Run


def test_calendars_are_listed_with_their_hours(acme: Run) -> None:
    shown = acme("calendar").output
    assert "mon-fri 09:00-14:00 16:00-19:00" in shown
    assert "24x7" in shown


def test_a_year_shows_days_off_and_open_hours(acme: Run) -> None:
    shown = acme("calendar", "support", "--year", "2025").output
    assert "24 Dec 2025" in shown
    assert "6 Jan 2025" in shown
    assert "open hours" in shown


def test_business_time_between_two_instants(acme: Run) -> None:
    done = acme("calendar", "support", "--between", "2025-03-07T18:00", "2025-03-10T10:00")
    assert done.output == "2 h of business time (2 d 16 h by the clock)\n"


def test_business_time_for_machines(acme: Run) -> None:
    told = json.loads(acme("calendar", "support", "--between", "2025-03-07T18:00", "2025-03-10T10:00", "--json").output)
    assert (told["business_seconds"], told["seconds"]) == (7200, 230400)


def test_days_off_for_machines(acme: Run) -> None:
    days = json.loads(acme("calendar", "support", "--year", "2025", "--json").output)["days"]
    assert {"day": "2025-12-24", "name": "", "open": ""} in days


def test_a_list_for_a_spreadsheet(acme: Run) -> None:
    rows = list(csv.DictReader(acme("calendar", "--csv").output.splitlines()))
    assert [r["name"] for r in rows] == ["24x7", "support"]


def test_an_unknown_calendar_is_answered_with_the_nearest(acme: Run) -> None:
    done = acme("calendar", "suport")
    assert (done.exit_code, "Did you mean support?" in done.stderr) == (2, True)


def test_what_is_no_instant_is_refused(acme: Run) -> None:
    assert "is not an instant" in acme("calendar", "support", "--between", "now", "later").stderr
