"""Answers for many: computed once per version of the data, and found again by the next process."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest

import latido
from latido.metrics.measurement import Measurement
from latido.metrics.query import Query
from latido.workspace import Workspace
from latido.workspace.answers import Answers
from latido.workspace.kept import Kept
from latido.workspace.live import Live
from tests.company import company, made, write_answers


class Counting:
    """A workspace that counts what it is asked."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.workspace, name)

    def ask(self, *given: object) -> object:
        self.asked += 1
        return self.workspace.ask(*given)  # type: ignore[arg-type]


def told(found: Measurement) -> list[str]:
    """What a measurement says, figure by figure."""
    return [f"{figure.keys} {figure.parts} {figure.withheld}" for figure in found.figures]


@pytest.fixture
def counting() -> Counting:
    return Counting(latido.open(company()))


def test_a_question_is_computed_once(counting: Counting) -> None:
    answers = Answers(counting)  # type: ignore[arg-type]
    assert answers.ask(Query("nps")) is answers.ask(Query("nps"))
    assert counting.asked == 1


def test_many_who_ask_at_once_wait_for_one_answer(counting: Counting) -> None:
    answers = Answers(counting)  # type: ignore[arg-type]
    threads = [Thread(target=answers.ask, args=(Query("nps"),)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert counting.asked == 1


def test_another_process_finds_what_one_has_computed(tmp_path: Path, counting: Counting) -> None:
    kept = [Kept(tmp_path, counting.config, "1.0") for _ in range(2)]
    first = Answers(counting, kept[0]).ask(Query("nps", by=("channel",)))  # type: ignore[arg-type]
    other = Answers(counting, kept[1])  # type: ignore[arg-type]
    assert other.knows(Query("nps", by=("channel",)))
    assert other.ask(Query("nps", by=("channel",))).figures == first.figures
    assert counting.asked == 1


def test_a_figure_that_is_withheld_or_endless_is_kept_as_it_is(tmp_path: Path, counting: Counting) -> None:
    query = Query("resolution_time", by=("topic",), min_n=60)
    found = Answers(counting, Kept(tmp_path, counting.config, "1.0")).ask(query)  # type: ignore[arg-type]
    again = Kept(tmp_path, counting.config, "1.0").find(query, found.version, found.time_zone)
    assert told(again) == told(found)


@pytest.mark.parametrize(("release", "version"), [("1.1", 0), ("1.0", 1)])
def test_another_release_or_version_has_other_answers(
    tmp_path: Path, counting: Counting, release: str, version: int
) -> None:
    found = Answers(counting, Kept(tmp_path, counting.config, "1.0")).ask(Query("nps"))  # type: ignore[arg-type]
    other = Kept(tmp_path, counting.config, release)
    assert other.find(Query("nps"), found.version + version, found.time_zone) is None


def test_new_data_are_seen_without_a_restart(tmp_path: Path) -> None:
    root = made(tmp_path / "acme")
    live = Live(root)
    latido.open(root).import_files(write_answers(tmp_path / "few.csv", 40))
    before = live.now().ask(Query("nps")).figure.estimate.n
    latido.open(root).import_files(write_answers(tmp_path / "many.csv", 60))
    assert (before, live.now().ask(Query("nps")).figure.estimate.n) == (40, 60)


def test_one_page_sees_one_version(tmp_path: Path) -> None:
    root = made(tmp_path / "acme")
    latido.open(root).import_files(write_answers(tmp_path / "few.csv", 40))
    pinned = Live(root).now().pinned()
    latido.open(root).import_files(write_answers(tmp_path / "many.csv", 60))
    assert pinned.ask(Query("nps")).figure.estimate.n == 40


def test_new_settings_are_read_anew_and_wrong_ones_are_not(tmp_path: Path) -> None:
    root = Path(copytree(company(), tmp_path / "acme"))
    live = Live(root)
    file = root / "latido.toml"
    file.write_text(file.read_text().replace('"Acme"', '"Acme & Sons"'))
    assert live.now().workspace.config.name == "Acme & Sons"
    file.write_text("name = [")
    assert live.now().workspace.config.name == "Acme & Sons"
    assert "latido.toml" in str(live.wrong)


def test_settings_that_read_well_and_make_no_sense_leave_the_last_good_ones(tmp_path: Path) -> None:
    root = Path(copytree(company(), tmp_path / "acme"))
    live = Live(root)
    with (root / "latido.toml").open("a") as file:
        file.write("\nno_such_metric = 3\n")
    assert "nps" in live.now().workspace.targets
    assert "no_such_metric" in str(live.wrong)
