from datetime import UTC, datetime, timedelta

import pytest

from latido.errors import StoreError, UsageError
from latido.store.manifest import Log, Manifest

START = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    log = Log(tmp_path)
    [log.append(Manifest(n, START + timedelta(days=n), {"tickets": n}, "note", f"t{n}")) for n in range(3)]
    return log


def test_the_latest_is_the_current_one(log):
    assert log.latest() == Manifest(2, START + timedelta(days=2), {"tickets": 2}, "note", "t2")


def test_a_manifest_is_never_written_over(log):
    with pytest.raises(StoreError, match="exists already"):
        log.append(Manifest(2, START))


@pytest.mark.parametrize(("hours", "n"), [(0, 0), (23, 0), (24, 1), (47, 1), (999, 2)])
def test_an_instant_finds_the_one_in_force(log, hours, n):
    assert log.at(START + timedelta(hours=hours)).n == n


def test_a_version_that_is_not_kept_is_an_error(log):
    log.drop(0)
    with pytest.raises(UsageError, match="Kept: 1 to 2"):
        log.at(0)


def test_an_instant_that_is_not_kept_is_an_error(log):
    with pytest.raises(UsageError, match="2024-03-01T00:00:00"):
        log.at(START - timedelta(seconds=1))


def test_time_goes_on_even_when_the_clock_was_set_back():
    future = datetime.now(UTC) + timedelta(days=3)
    assert Manifest(1, future).next({}, "", "").committed == future + timedelta(microseconds=1)


def test_a_half_written_manifest_is_not_seen(log):
    (log.folder / ".3-abc").write_text('{"n": 3')
    assert log.latest().n == 2


def test_a_folder_without_manifests_is_no_lake(tmp_path):
    with pytest.raises(StoreError, match="no lake"):
        Log(tmp_path).latest()
