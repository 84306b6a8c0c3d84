"""Rows that did not come in, counted as they stand in the files."""

from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from latido.store.losses import Losses, Lost, losses
from latido.store.settle import reject_rows
from tests.store.conftest import reject


@pytest.fixture
def count(lake, tmp_path):
    """Count rejects of deliveries: digest → rejects."""

    def _count(**found) -> Losses:
        with lake.write("test") as writer:
            paths = [tmp_path / f"{digest}.parquet" for digest in found]
            for path, (digest, rejects) in zip(paths, found.items(), strict=True):
                pq.write_table(reject_rows(rejects, digest, "csv", datetime.now(UTC)), path)
            return losses(writer.connection, paths)

    return _count


def kept(row: int, column: str = "comment", table: str = "answers"):
    """A value that was left empty."""
    found = reject(row, column, table=table)
    return type(found)(**{**vars(found), "kept": True})


def test_without_rejects_nothing_is_lost(count):
    assert count() == Losses()


def test_a_row_with_several_things_wrong_is_one(count):
    assert count(d1=[reject(1), reject(1, "asked"), reject(2)]).rows == Lost(2, 0)


def test_a_row_of_which_a_value_was_left_empty_is_told_apart(count):
    assert count(d1=[kept(1), kept(1, "language"), reject(2)]).rows == Lost(1, 1)


def test_a_row_that_lost_a_record_and_a_value_is_rejected(count):
    assert count(d1=[kept(1), reject(1)]).rows == Lost(1, 0)


def test_a_row_that_was_meant_for_two_tables_is_one_of_each_and_one_of_all(count):
    found = count(d1=[reject(1), kept(1, table="asks")])
    assert (found.tables, found.rows) == ({"answers": Lost(1, 0), "asks": Lost(0, 1)}, Lost(1, 0))


def test_rows_of_the_same_number_in_two_files_are_two(count):
    assert count(d1=[reject(1)], d2=[reject(1)]).rows == Lost(2, 0)
