import os

import pytest

from latido.errors import BusyError
from latido.store.lock import exclusive, holder, mark, unmark


def test_who_waits_in_vain_is_told_who_writes(tmp_path):
    with exclusive(tmp_path, "import big.csv", 1) as (own, _died):
        mark(tmp_path, own)
        with pytest.raises(BusyError, match=rf"Process {os.getpid()} .*import big\.csv.*waited 0\.05 s"):
            exclusive(tmp_path, "another", 0.05).__enter__()


def test_who_waits_in_vain_before_the_mark_is_told_so(tmp_path):
    with exclusive(tmp_path, "one", 1), pytest.raises(BusyError, match="Another process"):
        exclusive(tmp_path, "another", 0.05).__enter__()


def test_the_mark_of_a_writer_that_died_is_found(tmp_path):
    with exclusive(tmp_path, "dies", 1) as (dead, _died):
        mark(tmp_path, dead)
    with exclusive(tmp_path, "next", 1) as (_own, died):
        assert died == dead


def test_a_writer_that_ended_leaves_no_mark(tmp_path):
    with exclusive(tmp_path, "ends", 1) as (own, _died):
        mark(tmp_path, own)
        unmark(tmp_path)
    assert holder(tmp_path) is None
