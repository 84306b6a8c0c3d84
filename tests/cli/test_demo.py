"""`latido demo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.company import made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "tiny"


def test_a_company_is_simulated_imported_and_shown(folder: Path) -> None:
    done = run("demo", str(folder), "--scale", "0.001")
    assert done.exit_code == 0, done.stderr
    assert {"Service", "Experience", "Interaction", "Employees"} <= set(done.stdout.splitlines())
    assert "help desk · " in done.stdout
    assert (folder / "exports" / "zendesk").is_dir()


def test_another_workspace_is_left_alone(tmp_path: Path) -> None:
    made(tmp_path)
    done = run("demo", str(tmp_path))
    assert (done.exit_code, "is another workspace" in done.stderr) == (2, True)


def test_a_company_needs_a_size(tmp_path: Path) -> None:
    assert run("demo", str(tmp_path / "none"), "--scale", "0").exit_code == 2
