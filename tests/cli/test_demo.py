"""`latido demo`: the whole company is made for the examples of the documentation; here, what is there already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from latido.demo import Group, Manifest
from tests.cli.conftest import run
from tests.company import SETTINGS, made, write_answers

MAPPING = """
[[tables]]
table = "answers"
[tables.columns]
answer_id = "Response ID"
answered = "Date"
kind = { constant = "nps" }
score = "How likely are you to recommend us?"
scale_low = { constant = 0 }
scale_high = { constant = 10 }
"""


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A demo whose files are written, and not imported yet."""
    exports = tmp_path / "demo" / "exports"
    exports.mkdir(parents=True)
    answers = write_answers(exports / "answers.csv")
    (exports / "answers.toml").write_text(MAPPING, encoding="utf-8")
    (exports / "latido.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copy(exports / "latido.toml", tmp_path / "demo")
    group = Group("survey", (answers,), ("answers",), mapping=exports / "answers.toml")
    Manifest(exports, (group,), exports / "latido.toml", exports / "truths.json", {"answers": 200}).save()
    return tmp_path / "demo"


def test_an_interrupted_demo_is_taken_up_again(interrupted: Path) -> None:
    done = run("demo", str(interrupted))
    assert done.exit_code == 0, done.stderr
    assert "survey · answers 200 · " in done.stdout
    assert "Experience\n2025-Q1 against 2024-Q4" in done.stdout
    assert f"Next: latido -w {interrupted} measure nps" in done.stdout


def test_what_was_imported_is_not_imported_again(interrupted: Path) -> None:
    run("demo", str(interrupted))
    done = run("demo", str(interrupted))
    assert "survey" not in done.stdout
    assert "is taken as it is" in done.stderr


def test_another_workspace_is_left_alone(tmp_path: Path) -> None:
    made(tmp_path)
    done = run("demo", str(tmp_path))
    assert (done.exit_code, "is another workspace" in done.stderr) == (2, True)


def test_a_company_needs_a_size(tmp_path: Path) -> None:
    assert run("demo", str(tmp_path / "none"), "--scale", "0").exit_code == 2
