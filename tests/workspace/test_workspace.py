"""One object for a company's data: open it, ask it, follow a figure to its rows."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq
import pytest

import latido
from latido.errors import ConfigError, UnknownNameError, UnsureError, UsageError
from latido.workspace import Workspace
from tests.company import company, made, write_answers


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return latido.open(company())


def test_a_folder_that_is_no_workspace_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"latido init.*latido demo"):
        latido.open(tmp_path)


def test_a_new_workspace_can_be_opened(tmp_path: Path) -> None:
    latido.create(tmp_path / "acme", time_zone="America/Mexico_City", currency="MXN", countries=["MX"])
    config = latido.open(tmp_path / "acme").config
    assert (config.name, config.time_zone, config.currency, config.countries) == (
        "acme",
        "America/Mexico_City",
        "MXN",
        ("MX",),
    )


def test_a_workspace_is_not_made_over_another(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(UsageError, match="already"):
        latido.create(tmp_path)


def test_nothing_is_made_with_settings_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        latido.create(tmp_path / "acme", time_zone="Europe/Madird")
    assert not (tmp_path / "acme").exists()


def test_a_figure_is_measured(workspace: Workspace) -> None:
    found = workspace.measure("nps")
    assert (found.value, found.figure.estimate.n) == (40, 200)


def test_a_measurement_says_which_data_it_read(workspace: Workspace) -> None:
    assert workspace.measure("nps").version == workspace.snapshot().version


def test_the_data_can_be_read_as_they_were(workspace: Workspace) -> None:
    assert workspace.measure("nps", as_of=0).figure.estimate.n == 0


def test_a_version_that_is_not_kept_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        workspace.measure("nps", as_of=99)


def test_filters_and_groups_are_those_that_were_asked_for(workspace: Workspace) -> None:
    found = workspace.measure("nps", by="channel", where={"channel": "chat"}, start="2025-02", end="2025-03")
    assert [f.keys for f in found.figures] == [{"channel": "chat"}]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ({"name": "npss"}, "nps"),
        ({"name": "nps", "by": "chanel"}, "channel"),
        ({"name": "nps", "where": "chanel=chat"}, "channel"),
        ({"name": "nps", "period": "moth"}, "month"),
        ({"name": "nps", "preset": "relational"}, "relationship"),
        ({"name": "first_reply_time", "calendar": "suport"}, "support"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(workspace: Workspace, asked: dict[str, str], near: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        workspace.measure(**asked)  # type: ignore[arg-type]
    assert near in str(caught.value.hint)


def test_durations_run_on_the_calendar_that_was_asked_for(workspace: Workspace) -> None:
    plain = workspace.measure("resolution_time").value
    assert workspace.measure("resolution_time", calendar="support").value < plain


def test_a_figure_leads_to_its_rows(workspace: Workspace) -> None:
    rows = workspace.trace("nps", {"channel": "chat"}, by="channel")
    assert len(rows) == workspace.measure("nps", where="channel=chat").figure.estimate.n


def test_instants_of_traced_rows_say_that_they_are_in_utc(workspace: Workspace) -> None:
    first = workspace.trace("nps")["answered"].min()
    assert first.isoformat() == "2025-01-02T09:00:00+00:00"


def test_a_target_for_no_metric_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "latido.toml").write_text("[targets]\nnpss = 20", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"targets.*Did you mean nps"):
        _ = latido.open(tmp_path).targets


def test_calendars_begin_with_the_one_without_gaps(workspace: Workspace) -> None:
    assert list(workspace.calendars) == ["24x7", "support"]


def test_business_time_between_two_instants_skips_the_weekend(workspace: Workspace) -> None:
    _start, _end, seconds = workspace.business_time("support", "2025-03-07T18:00", "2025-03-10T10:00")
    assert seconds == 2 * 3600


def test_business_time_needs_a_calendar_that_exists(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError):
        workspace.business_time("suport", "2025-03-07T18:00", "2025-03-10T10:00")


def test_a_table_is_exported_as_csv(workspace: Workspace) -> None:
    out = BytesIO()
    assert workspace.export("tickets", out) == 100
    assert len(list(csv.DictReader(out.getvalue().decode().splitlines()))) == 100


def test_facts_are_exported_as_parquet(workspace: Workspace) -> None:
    out = BytesIO()
    workspace.export("ticket_facts", out, "parquet")
    assert pq.read_table(BytesIO(out.getvalue())).num_rows == 100


def test_an_export_as_json_has_a_row_a_line(workspace: Workspace) -> None:
    out = BytesIO()
    workspace.export("answers", out, "json")
    assert out.getvalue().count(b"\n") == 200


def test_only_tables_that_exist_are_exported(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean tickets|tickets"):
        workspace.export("tickts", BytesIO())


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    workspace = latido.open(made(tmp_path))
    file = write_answers(tmp_path / "answers.csv", 20)
    before, after = workspace.import_files(file), workspace.import_files(str(file))
    assert (before.changed, after.changed, after.tables[0].unchanged) == (True, False, 20)


def test_a_guess_needs_somebodys_word(tmp_path: Path) -> None:
    workspace = latido.open(made(tmp_path))
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnsureError):
        workspace.import_files(tmp_path / "odd.csv")


def test_nothing_can_be_told_to_a_format_that_maps_itself(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="zendesk"):
        workspace.import_files(BytesIO(b"a,b\n1,2\n"), source="zendesk", as_table="tickets")


def test_a_closed_workspace_opens_its_engine_again() -> None:
    workspace = latido.open(company())
    first = cast("object", workspace.engine)
    workspace.close()
    assert workspace.engine is not first
