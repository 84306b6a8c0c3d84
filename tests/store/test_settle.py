"""How an import closes rejects of earlier ones is tested on whole imports, in `tests/test_sync.py`."""

from tests.store.conftest import reject


def test_the_same_rejects_again_are_not_doubled(lake, rejects, put_rejects):
    put_rejects(reject(), reject(2))
    before = lake.snapshot().version
    put_rejects(reject(), reject(2))
    assert (rejects.count(), lake.snapshot().version) == (2, before)


def test_rejects_that_are_not_found_again_are_closed(rejects, put_rejects):
    put_rejects(reject(1), reject(2))
    put_rejects(reject(2))
    assert [(r.row, r.state) for r in rejects.list(state=None)] == [(1, "replayed"), (2, "open")]


def test_rejects_of_a_table_that_was_not_read_stay_open(rejects, put_rejects):
    put_rejects(reject(1), reject(2, table="asks"), tables=("answers", "asks"))
    put_rejects(reject(1), tables=("answers",))
    assert rejects.count() == 2


def test_a_dismissed_reject_stays_dismissed(rejects, put_rejects):
    put_rejects(reject())
    assert rejects.mark([rejects.list()[0].reject_id], "dismissed") == 1
    put_rejects(reject())
    assert (rejects.count(), rejects.count("dismissed")) == (0, 1)
