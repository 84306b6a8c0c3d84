"""`latido init`."""

from __future__ import annotations

from pathlib import Path

import pytest

from latido.cli.init import system_zone
from latido.config import load
from tests.cli.conftest import run


def test_a_workspace_is_made_and_the_next_step_named(tmp_path: Path) -> None:
    done = run("init", str(tmp_path / "acme"), "--time-zone", "America/Mexico_City", "--country", "MX")
    assert load(tmp_path / "acme").countries == ("MX",)
    assert f"latido -w {tmp_path / 'acme'} import FILE" in done.output


def test_the_folder_may_be_the_workspaces(tmp_path: Path) -> None:
    run("-w", str(tmp_path), "init", "--name", "Acme")
    assert load(tmp_path).name == "Acme"


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    run("init", str(tmp_path))
    assert run("init", str(tmp_path)).exit_code == 2


def test_the_language_of_reports_is_the_readers(tmp_path: Path) -> None:
    run("--lang", "es", "init", str(tmp_path))
    assert load(tmp_path).language == "es"
    assert "Calendarios laborales" in (tmp_path / "latido.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("said", "zone"), [("America/Bogota", "America/Bogota"), ("nowhere", "UTC")])
def test_the_time_zone_is_the_computers(monkeypatch: pytest.MonkeyPatch, said: str, zone: str) -> None:
    monkeypatch.setenv("TZ", said)
    assert system_zone() == zone
