from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from latido.errors import UsageError
from latido.store import delta
from latido.store.manifest import Log, Manifest
from latido.store.tidy import forget, tidy
from tests.store.conftest import stored, ticket

NOW = timedelta(0)


def history(put, n=5):
    [put(ticket(f"T{i}")) for i in range(n)]


def test_small_files_of_a_month_are_joined(lake, put):
    history(put)
    before = stored(lake.snapshot())
    tidied = tidy(lake)
    assert tidied.joined == 5
    assert len(lake.snapshot().files("tickets")) == 1
    assert stored(lake.snapshot()) == before


def test_derived_tables_are_joined_too(lake):
    with lake.write("facts") as writer:
        for key in "AB":
            rows = pa.table({"key": [key]})
            writer.replace("facts", rows, ("key",), rows)
    tidy(lake)
    assert len(lake.snapshot().files("facts")) == 1
    assert lake.snapshot().rows("facts") == 2


def test_versions_within_the_promise_stay_readable(lake, put):
    history(put)
    before = [stored(lake.snapshot(n)) for n in range(1, 6)]
    tidied = tidy(lake, timedelta(days=30))
    assert (tidied.versions, tidied.freed) == (0, 0)
    assert [stored(lake.snapshot(n)) for n in range(1, 6)] == before


def test_older_versions_are_forgotten_and_their_files_deleted(lake, put):
    history(put)
    before = stored(lake.snapshot())
    tidied = tidy(lake, NOW)
    assert tidied.versions == 6
    assert tidied.freed > 0
    assert stored(lake.snapshot()) == before
    assert len(list(lake.tables.glob("*/month=*/*.parquet"))) == 1
    with pytest.raises(UsageError, match="not kept"):
        lake.snapshot(2)


def test_the_version_in_force_when_the_promise_begins_stays(tmp_path):
    log, start = Log(tmp_path), datetime(2024, 3, 1, tzinfo=UTC)
    [log.append(Manifest(n, start + timedelta(days=n), token=str(n))) for n in range(5)]
    assert forget(log, start + timedelta(days=2, hours=1)) == 2
    assert log.numbers() == [2, 3, 4]


def test_what_a_lost_write_left_is_deleted(lake, put):
    put(ticket())
    orphan = lake.tables / "tickets" / "month=2024-01" / "lost.parquet"
    orphan.write_bytes(b"1234")
    assert tidy(lake).freed == 4


def test_old_log_entries_go_once_there_is_a_checkpoint(lake, put):
    history(put, 4)
    folder = lake.tables / "tickets"
    delta.opened(folder).create_checkpoint()
    tidy(lake, NOW)
    assert not delta.log_entry(folder, 0).exists()
    assert lake.snapshot().rows("tickets") == 4


def test_tidying_twice_does_nothing_more(lake, put):
    history(put)
    tidy(lake, NOW)
    again = tidy(lake, NOW)
    assert (again.joined, again.versions, again.files) == (0, 0, 0)
