"""Imports beside whoever asked for them: in a process of their own, seen by all, and completed after a kill."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

import latido
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.store.rejects import export_rows
from latido.workspace import jobs as module
from latido.workspace.arrivals import Accepted
from latido.workspace.job_process import run
from latido.workspace.jobs import Job, Jobs, State, new
from latido.workspace.uploads import Upload, Uploads
from tests.company import made, write_tickets

MAPPING = {
    "tables": [
        {"table": "tickets", "columns": {"ticket_id": {"column": "Ticket ID"}, "created": {"column": "Created at"}}}
    ]
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path / "acme")


@pytest.fixture
def jobs(root: Path) -> Jobs:
    return Jobs(root)


@pytest.fixture
def upload(root: Path, tmp_path: Path) -> Upload:
    """Twenty tickets, uploaded."""
    data = write_tickets(tmp_path / "tickets.csv", 20).read_bytes()
    uploads = Uploads(root, latido.open(root).config.uploads)
    return uploads.append(uploads.begin("tickets.csv", len(data), "7"), 0, [data])


@pytest.fixture
def job(upload: Upload) -> Job:
    said = (Accepted(("tickets.csv",), "generic", MAPPING),)
    return asked("import", ["tickets.csv"], uploads=(upload.id,), accepted=said)


def asked(kind, names, **more) -> Job:
    return new(kind, names, owner="7", who="Ana", engine="duckdb", **more)


def noted(jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch) -> Job:
    """Note a job that nothing runs."""
    monkeypatch.setattr(module, "_spawn", lambda *_: None)
    jobs.start(job)
    return job


def ended(jobs: Jobs, job: Job):
    """The job when nothing runs it any more."""
    end = time.monotonic() + 120
    while (seen := jobs.get(job.id)).runs and time.monotonic() < end:
        time.sleep(0.05)
    return seen


def test_a_job_imports_in_a_process_of_its_own(jobs: Jobs, job: Job, root: Path) -> None:
    jobs.start(job)
    seen = ended(jobs, job)
    assert ([t.new for r in seen.state.reports for t in r.tables], seen.known) == ([20], "done")
    version = latido.open(root).history(1)[0]
    assert (version.deed.who, version.deed.files[0].name) == ("Ana", "tickets.csv")


def test_its_files_go_once_they_are_in_the_lake(
    jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, noted(jobs, job, monkeypatch).id)
    assert list((root / "uploads").iterdir()) == []


def test_what_goes_wrong_is_told_with_the_way_out(
    jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"tables": [{"table": "tickets", "columns": {"ticket_id": {"column": "Nothing"}}}]}
    job = noted(jobs, replace(job, accepted=(Accepted(("tickets.csv",), "generic", wrong),)), monkeypatch)
    run(root, job.id)
    seen = jobs.get(job.id)
    assert (seen.known, "cannot do without" in str(seen.state.error[0])) == ("failed", True)


def test_a_defect_is_told_too_and_logged(jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = noted(jobs, replace(job, version=1, kind="undo"), monkeypatch)
    monkeypatch.setattr("latido.workspace.workspace.Workspace.undo", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(root, job.id)
    assert "not your fault" in str(jobs.get(job.id).state.error[0])


def test_a_job_whose_process_was_killed_is_known_to_be_stopped(
    jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(jobs, job, monkeypatch)
    jobs.tell(job.id, State("reading", time.time(), "tickets", 7, 20))
    assert jobs.get(job.id).known == "stopped"


def test_one_that_holds_its_lock_is_not(jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, job, monkeypatch)
    jobs.tell(job.id, State("reading", time.time()))
    with FileLock(jobs.place(job.id) / "lock"):
        assert (jobs.get(job.id).known, jobs.get(job.id).runs) == ("reading", True)


def test_one_that_never_began_is_stopped_after_a_while(jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, job, monkeypatch)
    assert jobs.get(job.id).known == "waiting"
    jobs.tell(job.id, State("waiting", time.time() - 61))
    assert jobs.get(job.id).known == "stopped"


def test_repeating_completes_it(jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, job, monkeypatch)
    jobs.tell(job.id, State("reading", time.time()))
    jobs.repeat(job.id)
    run(root, job.id)
    assert (jobs.get(job.id).known, latido.open(root).snapshot().rows("tickets")) == ("done", 20)


def test_what_is_done_is_not_done_again(jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root, noted(jobs, job, monkeypatch).id)
    before = jobs.get(job.id)
    jobs.repeat(job.id)
    run(root, job.id)
    assert jobs.get(job.id) == before


def test_a_second_import_waits_for_the_first(jobs: Jobs, job: Job, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, job, monkeypatch)
    second = Thread(target=run, args=(root, job.id))
    with FileLock(jobs.folder / "running.lock"):
        second.start()
        time.sleep(0.2)
        assert jobs.get(job.id).known == "waiting"
    second.join()
    assert jobs.get(job.id).known == "done"


def test_mended_rejects_come_in(root: Path, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_tickets(tmp_path / "tickets.csv", 20)
    file.write_text(file.read_text().replace("2025-01-03 13:00:00", "mañana", 1), encoding="utf-8")
    workspace = latido.open(root)
    workspace.import_files(file)
    (reject,) = workspace.rejects.list()
    job = asked("replay", ["tickets.csv"])
    jobs.place(job.id).mkdir(parents=True)
    export_rows([replace(reject, raw={**reject.raw, "Created at": "2025-01-03 13:00:00"})], jobs.place(job.id))
    run(root, noted(jobs, job, monkeypatch).id)
    assert (latido.open(root).snapshot().rows("tickets"), workspace.rejects.count()) == (20, 0)


def test_an_import_is_taken_back(root: Path, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latido.open(root).import_files(write_tickets(tmp_path / "tickets.csv", 20))
    job = noted(jobs, asked("undo", ["tickets.csv"], version=1), monkeypatch)
    run(root, job.id)
    assert (jobs.get(job.id).state.undone.made, latido.open(root).snapshot().rows("tickets")) == (2, 0)


def test_a_state_comes_back_as_it_was_told(jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, job, monkeypatch)
    state = State("failed", 1.5, "tickets", 3, None, "2026-01-01", error=(_("{file} is empty.", file="a.csv"),))
    jobs.tell(job.id, state)
    assert (jobs.get(job.id).state, jobs.get(job.id).job) == (state, job)


@pytest.mark.parametrize("name", ["../x", "", "nothing"])
def test_there_is_no_other_job(jobs: Jobs, name: str) -> None:
    with pytest.raises(UnknownNameError):
        jobs.get(name)


def test_jobs_that_ended_long_ago_are_forgotten(jobs: Jobs, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(jobs, replace(job, asked="2020-01-01T00:00:00+00:00"), monkeypatch)
    jobs.tell(job.id, State("done"))
    jobs.sweep()
    assert jobs.all() == []
