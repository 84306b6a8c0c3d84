import shutil
from datetime import UTC, datetime, timedelta

import pytest

from latido.errors import BusyError, StoreError, UsageError
from latido.model import TABLES
from latido.store import delta
from latido.store.lake import Lake
from latido.store.lock import Holder, mark
from tests.store.conftest import staged, stored, ticket


def test_a_new_lake_is_empty(lake):
    assert (lake.snapshot().version, dict(lake.snapshot().tables)) == (0, {})


def test_creating_a_lake_that_exists_opens_it(lake, put):
    put(ticket())
    assert Lake.create(lake.root).snapshot().version == 1


def test_a_folder_without_a_lake_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="There is no lake in"):
        Lake(tmp_path)


def test_a_snapshot_stays_as_it_was(lake, put):
    put(ticket(status="open"))
    pinned = lake.snapshot()
    put(ticket(status="solved"), ticket("B"))
    assert stored(pinned, "tickets", "ticket_id", "status") == [{"ticket_id": "T1", "status": "open"}]


def test_a_version_can_be_asked_for_by_its_number(lake, put):
    put(ticket("A"))
    put(ticket("B"))
    assert lake.snapshot(1).rows("tickets") == 1


def test_an_instant_finds_the_last_version_before_it(lake, put):
    put(ticket("A"))
    between = lake.snapshot().committed
    put(ticket("B"))
    assert lake.snapshot(between).version == 1
    assert lake.snapshot(between.replace(tzinfo=None)).version == 1
    assert lake.snapshot(datetime.now(UTC)).version == 2


def test_an_instant_before_the_lake_is_an_error(lake):
    with pytest.raises(UsageError, match="The oldest is of"):
        lake.snapshot(datetime.now(UTC) - timedelta(days=1))


def test_tables_of_one_write_become_visible_together(lake):
    with lake.write("test") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, [ticket()])])
        writer.upsert(TABLES["agents"], [staged(writer.staging, [{"agent_id": "ana"}], "agents")])
        assert dict(lake.snapshot().tables) == {}
    assert set(lake.snapshot().tables) == {"agents", "tickets"}


def test_the_writer_sees_what_it_wrote(lake):
    with lake.write("test") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, [ticket()])])
        assert (writer.snapshot.rows("tickets"), writer.now.rows("tickets")) == (0, 1)


def fail(lake, rows):
    with lake.write("fails") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, list(rows))])
        raise ZeroDivisionError


def failed(lake, *rows):
    with pytest.raises(ZeroDivisionError):
        fail(lake, rows)


def test_a_write_that_fails_leaves_nothing(lake, put):
    put(ticket("A"))
    failed(lake, ticket("B"))
    assert delta.files(delta.opened(lake.tables / "tickets")) == lake.snapshot().data_files("tickets")
    assert [p.name for p in (lake.root / "staging").iterdir()] == []
    assert len(list(lake.tables.glob("*/month=*/*.parquet"))) == 1


def test_a_first_write_that_fails_leaves_no_table(lake):
    failed(lake, ticket("A"))
    assert list(lake.tables.iterdir()) == []


def test_writing_goes_on_after_a_failure(lake, put):
    put(ticket("A"))
    failed(lake, ticket("B"))
    failed(lake, ticket("C"))
    put(ticket("D"))
    assert [r["ticket_id"] for r in stored(lake.snapshot(), "tickets", "ticket_id")] == ["A", "D"]


def test_a_table_that_came_from_a_failed_write_is_not_confused_with_its_successor(lake, put):
    failed(lake, ticket("A"))
    put(ticket("B"), ticket("C"))
    assert lake.snapshot().rows("tickets") == 2


def test_what_a_killed_write_left_is_taken_back(lake, put, tmp_path):
    put(ticket("A"))
    with lake.write("dies") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, [ticket("B")])])
        half = shutil.copytree(lake.root, tmp_path / "half")
    mark(half, Holder(writer.token, 1, "host", "then", "dies"))
    died = Lake(half)
    assert died.snapshot().rows("tickets") == 1
    with died.write("next"):
        pass
    assert delta.files(delta.opened(died.tables / "tickets")) == died.snapshot().data_files("tickets")
    assert len(list(died.tables.glob("*/month=*/*.parquet"))) == 1


def test_a_write_killed_after_its_manifest_is_whole(lake, put):
    put(ticket("A"))
    manifest = lake.snapshot().manifest
    mark(lake.root, Holder(manifest.token, 1, "host", "then", "test"))
    put(ticket("B"))
    assert lake.snapshot().rows("tickets") == 2


def test_only_one_writes_at_a_time(lake):
    with lake.write("the first import"), pytest.raises(BusyError, match="the first import") as busy:
        lake.write("the second", wait=0.05).__enter__()
    assert busy.value.retry


def test_a_preparation_whose_process_is_gone_is_swept_away(lake):
    (lake.root / "staging" / "dead").mkdir()
    (lake.root / "staging" / "dead.lock").touch()
    with lake.staging() as alive, lake.write("test"):
        assert alive.exists()
        assert not (lake.root / "staging" / "dead").exists()
