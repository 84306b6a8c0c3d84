"""A calendar is edited with a preview of what it means, and written where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.model.calendar import WEEKDAYS
from latido.model.calendar_settings import from_settings
from tests.web.settings_forms import send, settings, text, write
from tests.web.test_sheets import undo_form
from tests.web.visitors import fields, wrong

HOME = "/settings/calendars"
EDIT, PREVIEW, SAVE = f"{HOME}/edit", f"{HOME}/preview", f"{HOME}/save"
OFFICE = dict.fromkeys(WEEKDAYS[:5], "9-14, 16-19")
SUPPORT = {"name": "support", "was": "support", "was_since": "", "time_zone": "Europe/Madrid", "country": "ES",
           "region": "", "day": "2025-12-24", "day_hours": "", **OFFICE}  # fmt: skip
NEW = SUPPORT | {"name": "nights", "was": ""}
LATER = '\n[[calendars.support.versions]]\nvalid_from = 2026-07-01\nblocks = { mon-fri = ["08:00-15:00"] }\n'


def calendar(app: Starlette, name: str = "support") -> Any:
    """A calendar as the file has it."""
    return from_settings(name, {"time_zone": "Europe/Madrid", **settings(app)["calendars"][name]})


def test_the_form_shows_the_calendar(owner: TestClient) -> None:
    shown = fields(owner.get(EDIT, params={"name": "support"}).text)
    assert (shown["mon"], shown["sun"], shown["time_zone"]) == ("09:00-14:00, 16:00-19:00", "", "Europe/Madrid")


def test_a_new_calendar_begins_with_office_hours(owner: TestClient) -> None:
    shown = fields(owner.get(EDIT).text)
    assert (shown["name"], shown["fri"], shown["sat"]) == ("", "09:00-18:00", "")


def test_a_copy_begins_with_the_hours_of_the_other(owner: TestClient) -> None:
    shown = fields(owner.get(EDIT, params={"copy": "support"}).text)
    assert (shown["name"], shown["mon"]) == ("", "09:00-14:00, 16:00-19:00")


def test_a_calendar_that_is_none_is_not_found(owner: TestClient) -> None:
    assert owner.get(EDIT, params={"name": "nights"}).status_code == 404


def test_what_did_not_change_stays_as_it_was_written(app: Starlette, owner: TestClient) -> None:
    before = text(app)
    send(owner, SAVE, **SUPPORT | {"region": "MD"})
    assert text(app) == before.replace("closed = [2025-12-24]\n", 'closed = [2025-12-24]\nregion = "MD"\n')


def test_hours_are_changed(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, **SUPPORT | {"sat": "10-14"})
    assert settings(app)["calendars"]["support"]["blocks"] == {
        "mon-fri": ["09:00-14:00", "16:00-19:00"], "sat": ["10:00-14:00"],
    }  # fmt: skip


def test_a_calendar_is_created(app: Starlette, owner: TestClient) -> None:
    done = send(owner, SAVE, **NEW | {"fri": "22:00-6:00"})
    assert done.status_code == 303
    assert [str(block) for block in calendar(app, "nights").versions[0].week[4]] == ["22:00-30:00"]


@pytest.mark.parametrize("name", ["", "support", "24x7"])
def test_a_new_calendar_needs_a_name_of_its_own(owner: TestClient, name: str) -> None:
    refused = send(owner, SAVE, **NEW | {"name": name})
    assert (refused.status_code, wrong(refused.text)) == (422, ["name"])


USED = 'calendar = "support" # ours\n' + 'name = "Acme"'
PROMISE = '\n[[sla]]\nname = "{name}"\nclock = "first_reply"\ntarget = "1h"\ncalendar = "{calendar}"\n'


def test_a_calendar_is_renamed_wherever_it_is_used(app: Starlette, owner: TestClient) -> None:
    path = app.state.live.root / "latido.toml"
    path.write_text(text(app).replace('name = "Acme"', USED), encoding="utf-8")
    write(app, LATER + PROMISE.format(name="Urgent", calendar="support") + PROMISE.format(name="All", calendar="24x7"))
    before = text(app)
    assert send(owner, SAVE, **SUPPORT | {"name": "front desk"}).status_code == 303
    assert text(app) == (
        before.replace("calendars.support", 'calendars."front desk"').replace('r = "support"', 'r = "front desk"')
    )


def test_a_renamed_calendar_is_undone_in_one_step(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISE.format(name="Urgent", calendar="support"))
    before = text(app)
    back = send(owner, SAVE, **SUPPORT | {"name": "desk"}).headers["location"]
    owner.post("/settings/undo", data=undo_form(owner.get(back).text))
    assert text(app) == before


def test_a_calendar_is_renamed_and_changed_at_once(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, **SUPPORT | {"name": "desk", "sat": "10-14"})
    assert list(settings(app)["calendars"]) == ["desk"]
    assert settings(app)["calendars"]["desk"]["blocks"]["sat"] == ["10:00-14:00"]


@pytest.mark.parametrize("name", ["", "nights", "24x7"])
def test_a_renamed_calendar_needs_a_name_of_its_own_too(app: Starlette, owner: TestClient, name: str) -> None:
    send(owner, SAVE, **NEW)
    before = text(app)
    refused = send(owner, SAVE, **SUPPORT | {"name": name})
    assert (refused.status_code, wrong(refused.text), text(app)) == (422, ["name"], before)


def test_a_day_without_hours_is_closed_and_one_with_hours_is_open(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, **SUPPORT | {"day": ["2025-12-24", "2025-12-08", ""], "day_hours": ["", "10-14", ""]})
    version = calendar(app).versions[0]
    assert (version.closed, [day for day, _hours in version.special]) == ((date(2025, 12, 24),), [date(2025, 12, 8)])


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("tue", "nine to five", "tue"),
        ("tue", "9-14, 13-18", "tue"),
        ("tue", "9-9", "tue"),
        ("time_zone", "Mars", "time_zone"),
        ("country", "Narnia", "country"),
        ("region", "Mordor", "region"),
        ("day", "24.12.", "day.0"),
        ("day_hours", "all day", "day.0"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    owner: TestClient, app: Starlette, field: str, typed: str, told: str
) -> None:
    before = text(app)
    refused = send(owner, SAVE, **SUPPORT | {field: typed})
    assert (refused.status_code, f'id="{told}-error"' in refused.text) == (422, True)
    assert (typed in refused.text, text(app)) == (True, before)


@pytest.mark.parametrize("days", [["2025-12-24", "2025-12-24"], ["", ""]])
def test_a_day_stands_there_once_and_whole(owner: TestClient, days: list[str]) -> None:
    refused = send(owner, SAVE, **SUPPORT | {"day": days, "day_hours": ["", "9-14"]})
    assert (refused.status_code, "day." in refused.text) == (422, True)


def test_a_calendar_that_never_opens_is_refused(owner: TestClient) -> None:
    refused = send(owner, SAVE, **SUPPORT | dict.fromkeys(WEEKDAYS, ""))
    assert (refused.status_code, "it never opens." in refused.text) == (422, True)


def test_a_night_that_runs_into_the_next_morning_is_refused(owner: TestClient) -> None:
    refused = send(owner, SAVE, **SUPPORT | {"thu": "22:00-10:00"})
    assert (refused.status_code, "overlap on fri" in refused.text) == (422, True)


def test_the_preview_tells_what_the_typed_hours_mean(app: Starlette, viewer: TestClient) -> None:
    before = text(app)
    page = viewer.get(PREVIEW, params=SUPPORT | {"sat": "10-14"}).text
    assert ("Open 44 h a week" in page, page.count('<span class="d">')) == (True, 14)
    assert text(app) == before


def test_the_preview_names_the_holidays_of_two_years(owner: TestClient) -> None:
    page = owner.get(PREVIEW, params=SUPPORT | {"region": "MD"}).text
    assert (page.count("days that are different"), page.count("Epiphany")) == (2, 2)


def test_the_preview_offers_the_regions_of_the_country(owner: TestClient) -> None:
    assert "Alabama (AL)" in owner.get(PREVIEW, params=SUPPORT | {"country": "US"}).text


def test_the_preview_tells_what_is_wrong(owner: TestClient) -> None:
    page = owner.get(PREVIEW, params=SUPPORT | {"tue": "nine"})
    assert (page.status_code, wrong(page.text)) == (200, ["tue"])


def test_a_day_is_copied_to_others(owner: TestClient) -> None:
    copied = SUPPORT | {"mon": "8-15", "copy_from": "mon", "copy_to": ["tue", "sat"], "do": "copy"}
    shown = fields(owner.get(PREVIEW, params=copied).text)
    assert (shown["tue"], shown["wed"], shown["sat"]) == ("8-15", "9-14, 16-19", "8-15")


def test_more_days_are_asked_for(owner: TestClient) -> None:
    few, many = (owner.get(PREVIEW, params=SUPPORT | more).text for more in ({}, {"do": "more"}))
    assert many.count('name="day"') > few.count('name="day"')


def test_hours_from_a_day_on_leave_the_past_alone(app: Starlette, owner: TestClient) -> None:
    before = calendar(app).versions[0]
    done = send(owner, SAVE, **SUPPORT | {"was_since": "new", "since": "2026-07-01", "mon": "8-15"})
    first, second = calendar(app).versions
    assert (done.status_code, first, second.valid_from) == (303, before, date(2026, 7, 1))
    assert str(second.week[0][0]) == "08:00-15:00"


def test_hours_from_a_day_on_need_that_day(owner: TestClient) -> None:
    refused = send(owner, SAVE, **SUPPORT | {"was_since": "new", "since": ""})
    assert (refused.status_code, wrong(refused.text)) == (422, ["since"])


def test_later_hours_are_changed_on_their_own(app: Starlette, owner: TestClient) -> None:
    write(app, LATER)
    first = calendar(app).versions[0]
    send(owner, SAVE, **SUPPORT | {"was_since": "2026-07-01", "since": "2026-08-01", "mon": "10-12"})
    assert (calendar(app).versions[0], calendar(app).versions[1].valid_from) == (first, date(2026, 8, 1))


def test_the_first_hours_are_changed_beneath_the_later_ones(app: Starlette, owner: TestClient) -> None:
    write(app, LATER)
    send(owner, SAVE, **SUPPORT | {"mon": "10-12"})
    assert [str(v.week[0][0]) for v in calendar(app).versions] == ["10:00-12:00", "08:00-15:00"]


def test_later_hours_are_deleted(app: Starlette, owner: TestClient) -> None:
    write(app, LATER)
    first = calendar(app).versions[0]
    send(owner, f"{HOME}/hours/delete", **SUPPORT | {"was_since": "2026-07-01"})
    assert calendar(app).versions == (first,)


def test_hours_that_never_began_are_not_found(owner: TestClient) -> None:
    assert owner.get(EDIT, params={"name": "support", "since": "2030-01-01"}).status_code == 404
