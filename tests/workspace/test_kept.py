"""An answer is found again by whoever asks the same under the same settings."""

from __future__ import annotations

from pathlib import Path

import pytest

import latido
from latido.config import Config, parse
from latido.metrics.measurement import Measurement
from latido.metrics.query import Query
from latido.workspace.kept import Kept
from tests.company import company

QUERY = Query("nps")


@pytest.fixture(scope="module")
def answer() -> Measurement:
    """An answer to keep."""
    workspace = latido.open(company())
    found = workspace.ask(QUERY)
    workspace.close()
    return found


def found(folder: Path, config: Config, release: str = "1", version: int = 1) -> bool:
    """Whether the answer is found under these settings."""
    return Kept(folder, config, release).find(QUERY, version, "UTC") is not None


@pytest.fixture
def folder(tmp_path: Path, answer: Measurement) -> Path:
    """A folder in which the answer is kept."""
    Kept(tmp_path, parse('name = "Acme"'), "1").keep(QUERY, 1, answer)
    return tmp_path


def test_the_same_question_finds_the_same_figures(folder: Path, answer: Measurement) -> None:
    kept = Kept(folder, parse('name = "Acme"'), "1").find(QUERY, 1, answer.time_zone)
    assert kept is not None
    assert (kept.figures, kept.data_end) == (answer.figures, answer.data_end)


@pytest.mark.parametrize(
    "more", ["[targets]\nnps = 40", '[pulse]\nmetrics = ["nps"]', '[segments]\na = ["channel=chat"]', 'language = "es"']
)
def test_settings_that_no_figure_depends_on_leave_it_there(folder: Path, more: str) -> None:
    assert found(folder, parse(f'name = "Acme"\n{more}'))


@pytest.mark.parametrize(
    "more",
    ['brand = "B"', "min_n = 5", 'time_zone = "Europe/Madrid"', "[definitions]\nhorizon_days = 9",
     '[calendars.a]\nblocks = {mon = ["9:00-10:00"]}', '[[sla]]\nname = "a"\nclock = "resolution"\ntarget = 1'],
)  # fmt: skip
def test_other_settings_do_not(folder: Path, more: str) -> None:
    assert not found(folder, parse(f'name = "Acme"\n{more}'))


def test_another_release_or_version_of_the_data_does_not(folder: Path) -> None:
    config = parse('name = "Acme"')
    assert (found(folder, config, release="2"), found(folder, config, version=2)) == (False, False)
