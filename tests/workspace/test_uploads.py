"""Files on their way in: whatever breaks, what has come stays, and the rest can follow."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from latido.config.settings import UploadSettings
from latido.errors import FieldError, InputError, UnknownNameError
from latido.workspace.uploads import OffsetError, Upload, Uploads

TEXT = b"ticket;created\n" + b"1;2024-01-01\n" * 20_000
HALF = len(TEXT) // 2


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path, UploadSettings(max_gb=0.001, per_person=3))


@pytest.fixture
def begun(uploads: Uploads) -> Upload:
    return uploads.begin("tickets.csv", len(TEXT), "ana")


def test_a_file_comes_in_pieces(uploads: Uploads, begun: Upload) -> None:
    first = uploads.append(begun, 0, [TEXT[:100], TEXT[100:HALF]])
    assert (first.offset, first.complete) == (HALF, False)
    last = uploads.append(first, HALF, [TEXT[HALF:]])
    assert (last.offset, last.digest) == (len(TEXT), hashlib.sha256(TEXT).hexdigest())
    assert uploads.path(last).read_bytes() == TEXT


def test_a_piece_begins_where_the_bytes_so_far_end(uploads: Uploads, begun: Upload) -> None:
    uploads.append(begun, 0, [TEXT[:HALF]])
    with pytest.raises(OffsetError) as wrong:
        uploads.append(begun, 0, [TEXT[:HALF]])
    assert wrong.value.offset == HALF


def test_a_gap_is_refused(uploads: Uploads, begun: Upload) -> None:
    with pytest.raises(OffsetError) as wrong:
        uploads.append(begun, 7, [TEXT[7:]])
    assert wrong.value.offset == 0


def test_the_last_piece_twice_changes_nothing(uploads: Uploads, begun: Upload) -> None:
    whole = uploads.append(begun, 0, [TEXT])
    assert uploads.append(whole, len(TEXT), []) == whole


def test_more_than_was_announced_is_refused(uploads: Uploads, begun: Upload) -> None:
    with pytest.raises(InputError, match=r"More of tickets\.csv came than was announced"):
        uploads.append(begun, 0, [TEXT, b"more"])


def test_it_is_kept_for_whoever_began_it(uploads: Uploads, begun: Upload) -> None:
    assert [u.id for u in uploads.of("ana")] == [begun.id]
    assert uploads.of("leo") == []
    with pytest.raises(UnknownNameError):
        uploads.get(begun.id, "leo")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x" * 32, "0" * 32])
def test_no_other_name_leads_anywhere(uploads: Uploads, begun: Upload, name: str) -> None:
    with pytest.raises(UnknownNameError):
        uploads.get(name, "ana")


@pytest.mark.parametrize(
    ("name", "size", "why"),
    [
        ("virus.exe", 10, "of no kind that latido reads"),
        ("csv", 10, "of no kind"),
        ("empty.csv", 0, "is empty"),
        ("large.csv", 1_000_001, "is the most"),
    ],
)
def test_what_cannot_be_imported_is_not_begun(uploads: Uploads, name: str, size: int, why: str) -> None:
    with pytest.raises(FieldError, match=why) as wrong:
        uploads.begin(name, size, "ana")
    assert wrong.value.field == "files"


def test_one_person_may_not_let_too_many_wait(uploads: Uploads) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        uploads.begin(name, 1, "ana")
    with pytest.raises(FieldError, match="3 uploads are waiting already"):
        uploads.begin("d.csv", 1, "ana")
    assert uploads.begin("d.csv", 1, "leo").name == "d.csv"


def test_a_name_is_a_name_and_no_place(uploads: Uploads) -> None:
    assert uploads.begin("C:\\Users\\ana\\../tick\u202eets.csv", 1, "ana").name == "tickets.csv"


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7 " + b"x" * 100, b"<!doctype html><html>" + b"x" * 100, b"\x7fELF" + bytes(100)]
)
def test_what_a_file_is_shows_in_its_bytes(uploads: Uploads, start: bytes) -> None:
    upload = uploads.begin("tickets.csv", len(start), "ana")
    with pytest.raises(InputError):
        uploads.append(upload, 0, [start])
    assert uploads.of("ana") == []


def test_a_long_one_is_refused_with_its_first_bytes(uploads: Uploads) -> None:
    upload = uploads.begin("tickets.csv", 500_000, "ana")
    with pytest.raises(InputError):
        uploads.append(upload, 0, [b"\x89PNG" + bytes(100_000)])


def test_an_archive_may_come(uploads: Uploads, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("tickets.csv", TEXT[:1000])
    packed = (tmp_path / "a.zip").read_bytes()
    assert uploads.append(uploads.begin("a.zip", len(packed), "ana"), 0, [packed]).complete


def test_one_of_unknown_size_is_complete_when_it_is_said_to_be(uploads: Uploads) -> None:
    upload = uploads.begin("tickets.csv", 1_000_000, "ana")
    uploads.append(upload, 0, [TEXT])
    assert uploads.close(upload).size == len(TEXT)


def test_what_nobody_sends_to_is_swept_away(uploads: Uploads, begun: Upload) -> None:
    long_ago = time.time() - 49 * 3600
    os.utime(uploads.path(begun), (long_ago, long_ago))
    uploads.begin("other.csv", 1, "ana")
    assert [u.name for u in uploads.of("ana")] == ["other.csv"]


def test_what_is_worked_with_stays(uploads: Uploads, begun: Upload) -> None:
    long_ago = time.time() - 49 * 3600
    os.utime(uploads.path(begun), (long_ago, long_ago))
    uploads.keep(begun)
    assert (uploads.sweep(), len(uploads.of("ana"))) == (0, 1)


def test_one_that_is_removed_is_gone(uploads: Uploads, begun: Upload) -> None:
    uploads.remove(begun)
    with pytest.raises(UnknownNameError):
        uploads.append(begun, 0, [TEXT])


APPEND = """
import os, signal, sys
from pathlib import Path
from latido.config.settings import UploadSettings
from latido.workspace.uploads import Uploads

uploads = Uploads(Path(sys.argv[1]), UploadSettings())

def pieces():
    for _ in range(3):
        yield b"x" * (1 << 20)
    os.kill(os.getpid(), signal.SIGKILL)

uploads.append(uploads.get(sys.argv[2], "ana"), 0, pieces())
"""


def test_a_process_that_is_killed_meanwhile_leaves_what_had_come(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, UploadSettings())
    upload = uploads.begin("tickets.csv", 4 << 20, "ana")
    command = [sys.executable, "-c", APPEND, str(tmp_path), upload.id]
    assert subprocess.run(command, check=False).returncode == -9
    found = uploads.get(upload.id, "ana")
    assert found.offset == 3 << 20
    rest = b"x" * ((4 << 20) - found.offset)
    assert uploads.append(found, found.offset, [rest]).digest == hashlib.sha256(b"x" * (4 << 20)).hexdigest()


def test_a_connection_that_was_given_up_writes_nothing_any_more(uploads: Uploads, begun: Upload) -> None:
    def given_up():  # what arrives late on the old connection, after the new one has begun
        uploads.append(begun, 0, [TEXT[:HALF]])
        yield TEXT[:HALF]

    with pytest.raises(OffsetError):
        uploads.append(begun, 0, given_up())
    assert uploads.append(begun, HALF, [TEXT[HALF:]]).digest == hashlib.sha256(TEXT).hexdigest()
