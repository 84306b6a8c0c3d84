"""The beginnings of uploads stand for all of them, where they can."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from latido.errors import InputError
from latido.workspace import samples as module
from latido.workspace.samples import samples

LINES = b"ticket,created\n" + b"1,2024-01-01\n" * 200


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kilobyte is long."""
    monkeypatch.setattr(module, "MOST", 1000)


@pytest.fixture
def put(tmp_path: Path):
    """An upload with these bytes."""

    def _put(data: bytes) -> Path:
        (tmp_path / "data").write_bytes(data)
        return tmp_path / "data"

    return _put


def test_a_short_file_is_its_own_sample(put) -> None:
    (found,) = samples(put(LINES[:500]), "a.csv")
    assert (found.whole, found.delivery.name, found.delivery.path.read_bytes()) == (True, "a.csv", LINES[:500])


def test_of_a_long_text_there_are_its_first_whole_lines(put) -> None:
    (found,) = samples(put(LINES), "a.csv")
    cut = found.delivery.path.read_bytes()
    assert (found.whole, LINES.startswith(cut), cut[-1:], len(cut) <= 1000) == (False, True, b"\n", True)


def test_so_it_is_within_gzip(put) -> None:
    (found,) = samples(put(gzip.compress(LINES, 1)), "a.csv.gz")
    assert (found.whole, found.delivery.path.read_bytes()[:15], found.delivery.name) == (False, LINES[:15], "a.csv.gz")


def test_a_zip_gives_a_sample_for_each_file_in_it(put, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("long.csv", LINES)
        archive.writestr("short.csv", LINES[:100])
    found = samples(put((tmp_path / "a.zip").read_bytes()), "a.zip")
    assert [(s.delivery.name, s.whole) for s in found] == [("a.zip/long.csv", False), ("a.zip/short.csv", True)]


def test_lines_of_json_can_be_cut(put) -> None:
    lines = b"\n".join(json.dumps({"id": i}).encode() for i in range(200))
    assert not samples(put(lines), "a.jsonl")[0].whole


@pytest.mark.parametrize(
    "data",
    [json.dumps({"text": "x" * 2000}).encode(), LINES.decode().encode("utf-16"), b"x" * 2000],
    ids=["object", "utf-16", "one line"],
)
def test_what_cannot_be_cut_is_taken_whole(put, data: bytes) -> None:
    (found,) = samples(put(data), "a.json")
    assert (found.whole, found.delivery.path.stat().st_size) == (True, len(data))


RECORDS = [{"id": i, "text": 'a, "b" [c] {d'} for i in range(200)]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("document", "found"),
    [(RECORDS, lambda cut: cut), ({"count": 200, "of": ["x"], "tickets": RECORDS}, lambda cut: cut["tickets"])],
    ids=["bare", "named"],
)
def test_of_a_long_array_there_are_its_first_whole_records(put, document, found, indent: int | None) -> None:
    (sample,) = samples(put(json.dumps(document, indent=indent).encode()), "a.json")
    records = found(json.loads(sample.delivery.path.read_bytes()))
    assert (sample.whole, 5 < len(records) < 200, records == RECORDS[: len(records)]) == (False, True, True)


def test_a_damaged_archive_is_an_error_for_people(put) -> None:
    with pytest.raises(InputError, match=r"a\.zip is a damaged archive"):
        samples(put(b"PK\x03\x04" + bytes(200)), "a.zip")


def test_samples_are_made_once(put) -> None:
    path = put(LINES)
    first = samples(path, "a.csv")[0].delivery.path
    made = first.stat().st_mtime_ns
    assert samples(path, "a.csv")[0].delivery.path.stat().st_mtime_ns == made
