"""Long work gives the engine back after each query, and is begun once."""

from __future__ import annotations

from threading import Event, RLock, Thread

import pytest

import latido
from latido.errors import UsageError
from latido.i18n import _, language, use
from latido.workspace import Workspace
from latido.workspace.answers import Answers
from latido.workspace.turns import in_turn
from tests.company import company


@pytest.fixture
def workspace() -> Workspace:
    return latido.open(company())


def test_a_query_waits_for_whoever_holds_the_engine(workspace: Workspace) -> None:
    lock, got = RLock(), Event()
    mine = in_turn(workspace, lock)
    with lock:
        thread = Thread(target=lambda: (mine.measure("nps"), got.set()))
        thread.start()
        assert not got.wait(0.2)
    thread.join()
    assert got.is_set()


def test_it_finds_what_the_workspace_finds(workspace: Workspace) -> None:
    assert in_turn(workspace, RLock()).measure("nps").value == workspace.measure("nps").value


def test_work_is_begun_once_and_its_result_kept(workspace: Workspace) -> None:
    answers, begun = Answers(workspace), []
    first = answers.begun("n", lambda mine: begun.append(mine) or len(begun), patience=None)
    second = answers.begun("n", lambda mine: begun.append(mine) or len(begun), patience=None)
    assert (first.result(), second.result()) == (1, 1)


def test_short_questions_do_not_wait_for_it(workspace: Workspace) -> None:
    answers, go = Answers(workspace), Event()
    work = answers.begun("long", lambda _mine: go.wait(60))
    assert answers.once("short", lambda: "at once") == "at once"
    assert not work.done()
    go.set()
    assert work.result() is True


def test_what_failed_is_told_and_may_be_tried_again(workspace: Workspace) -> None:
    answers = Answers(workspace)

    def fail(_mine: Workspace) -> None:
        raise UsageError(_("There is nothing to compare yet."))

    with pytest.raises(UsageError):
        answers.begun("x", fail, patience=None).result()
    assert answers.begun("x", lambda _mine: "now", patience=None).result() == "now"


def test_it_speaks_the_language_of_who_asked(workspace: Workspace) -> None:
    with use("es"):
        work = Answers(workspace).begun("language", lambda _mine: language(), patience=None)
    assert work.result() == "es"
