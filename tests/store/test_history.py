"""The history: which import made which version, and what became of it."""

import json

import pytest

from latido import sync
from latido.sources.source import Options
from latido.store.history import Brought, Deed, File, Taken, gone, versions
from latido.store.lake import Lake
from latido.store.manifest import Manifest
from latido.store.rejects import Rejects
from latido.store.tidy import tidy
from latido.store.undo import undo
from tests.delivered import CanonicalCsv, deliver
from tests.store.conftest import ticket

A = {"ticket_id": "A", "created": "2024-01-01T10:00:00", "status": "open"}


@pytest.fixture
def bring(lake, tmp_path):
    """Import a file of tickets."""

    def _bring(*rows, name="tickets.csv", **more):
        return sync.run(lake, None, CanonicalCsv(), [deliver(tmp_path, name, *rows)], Options(), **more)

    return _bring


def last(lake):
    return next(versions(lake.log))


def test_the_newest_version_comes_first(lake, bring):
    bring(A)
    bring({**A, "status": "solved"})
    assert [v.n for v in versions(lake.log)] == [2, 1, 0]


def test_an_import_says_who_brought_which_file_and_what_it_did(lake, bring, tmp_path):
    bring(A, {**A, "ticket_id": "B", "created": "mañana"}, who="Ana")
    found = last(lake)
    assert (found.kind, found.deed.source, found.deed.who) == ("import", "canonical", "Ana")
    assert found.deed.brought == (Brought("tickets", read=2, new=1, rejected=1),)
    (file,) = found.deed.files
    assert (file.name, file.size, len(file.digest)) == ("tickets.csv", (tmp_path / "tickets.csv").stat().st_size, 64)


def test_an_import_that_changes_nothing_makes_no_version(lake, bring):
    bring(A)
    bring(A)
    assert last(lake).n == 1


def test_a_version_that_is_no_import_says_what_it_is(lake, put, put_rejects):
    put(ticket())
    put_rejects(*[])
    tidy(lake)
    assert last(lake).kind == "test"


def test_dismissing_rejects_says_who_did(lake, bring):
    bring({**A, "created": "mañana"})
    rejects = Rejects(lake)
    rejects.mark([r.reject_id for r in rejects.list()], "dismissed", who="Ana")
    assert (last(lake).kind, last(lake).deed.who) == ("rejects", "Ana")


def test_only_imports_that_stand_can_be_taken_back(lake, bring):
    bring(A)
    bring({**A, "status": "solved"})
    undo(lake, 1, lambda _writer: None)
    assert {v.n: (v.can_undo, v.undone_by) for v in versions(lake.log)} == {
        3: (False, None),
        2: (True, None),
        1: (False, 3),
        0: (False, None),
    }


def test_an_import_whose_past_is_forgotten_cannot_be_taken_back(lake, bring):
    bring(A)
    bring({**A, "status": "solved"})
    lake.log.drop(0)
    assert [v.can_undo for v in versions(lake.log)] == [True, False]


def test_manifests_from_before_there_was_a_history_can_be_read(lake):
    path = lake.root / "commits" / "00000000.json"
    record = json.loads(path.read_text())
    del record["deed"]
    path.write_text(json.dumps(record))
    assert Lake(lake.root).log.read(0).deed == Deed()


def test_a_deed_comes_back_from_its_manifest_as_it_was(lake):
    deed = Deed(
        "undo", "zendesk", (File("a.json", "1f", 3),), (Brought("tickets", 1),), (Taken("tickets", 1, 2, 3),), 4, "Ana"
    )
    before = lake.log.latest()
    lake.log.append(before.next({}, "note", "token", deed))
    assert lake.log.latest() == Manifest(1, lake.log.latest().committed, {}, "note", "token", deed)


def test_files_of_which_nothing_stands_are_known(lake, bring):
    bring(A)
    bring({**A, "status": "solved"}, name="tickets-later.csv")
    first, later = (v.deed.digests for v in reversed(list(versions(lake.log))) if v.deed.files)
    undo(lake, 1, lambda _writer: None)
    assert gone(versions(lake.log)) == first
    undo(lake, 2, lambda _writer: None)
    assert gone(versions(lake.log)) == first | later
    bring(A)
    assert gone(versions(lake.log)) == later
