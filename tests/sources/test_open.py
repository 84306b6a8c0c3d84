import gzip
import io

import pytest

from latido.errors import InputError
from latido.sources.archives import Limits
from latido.sources.open import Content, content, open_text, read_json, spool
from tests.sources.corpus.containers import _zipped as zipped
from tests.sources.shelf import delivered

CSV = b"id,created\n1,2024-03-04\n"


def test_a_path_is_read_where_it_lies(tmp_path):
    file = delivered(tmp_path, CSV)
    assert spool(file.path, tmp_path / "spool") == [file]


def test_a_stream_is_written_down_first(tmp_path):
    (file,) = spool(io.BytesIO(CSV), tmp_path / "spool")
    assert (file.name, file.path.read_bytes()) == ("stdin", CSV)


def test_two_streams_do_not_overwrite_each_other(tmp_path):
    files = [spool(io.BytesIO(data), tmp_path, name)[0] for data, name in ((b"1", "a"), (b"2", "b"))]
    assert [(f.name, f.path.read_bytes()) for f in files] == [("a", b"1"), ("b", b"2")]


def test_a_packed_stream_is_unfolded(tmp_path):
    (file,) = spool(io.BytesIO(gzip.compress(CSV)), tmp_path)
    assert file.path.read_bytes() == CSV


def test_each_member_of_a_zip_is_a_delivery_with_its_own_digest(tmp_path):
    files = spool(
        delivered(tmp_path, zipped({"a.csv": CSV, "sub/b.csv": CSV, "c.csv": b"x"}), "all.zip").path, tmp_path
    )
    assert ([f.name for f in files], len({f.digest for f in files})) == (
        ["all.zip/a.csv", "all.zip/sub/b.csv", "all.zip/c.csv"],
        2,
    )


def test_an_archive_of_too_many_files_is_refused(tmp_path):
    file = delivered(tmp_path, zipped({"a": b"", "b": b""}), "two.zip")
    with pytest.raises(InputError, match=r"two.zip holds 2 files; at most 1 are opened"):
        spool(file.path, tmp_path, limits=Limits(members=1))


def test_an_archive_that_is_too_large_is_refused(tmp_path):
    file = delivered(tmp_path, gzip.compress(bytes(3_000_000)), "big.gz")
    with pytest.raises(InputError, match=r"big.gz unfolds to more than 0.00 GB"):
        spool(file.path, tmp_path, limits=Limits(total=2_000_000))


def test_a_missing_file_is_answered_with_its_neighbours(tmp_path):
    delivered(tmp_path, CSV, "tickets.csv")
    with pytest.raises(InputError, match=r"Did you mean tickets.csv\?"):
        spool(tmp_path / "ticket.csv", tmp_path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        spool(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (CSV, Content.TEXT),
        ("id\tn\n1\t2\n".encode("utf-16"), Content.TEXT),
        (b'[{"a": 1}]', Content.JSON),
        (b'\xef\xbb\xbf\n{"a": 1}', Content.JSON),
        (b"[id],[n]\n1,2\n", Content.TEXT),
        (b"PAR1....", Content.PARQUET),
        (b"\r\n \x00", Content.EMPTY),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), Content.SHEET),
    ],
    ids=["csv", "utf-16", "json", "json with mark", "brackets", "parquet", "empty", "xlsx"],
)
def test_a_file_is_what_its_bytes_are(tmp_path, data, kind):
    assert content(delivered(tmp_path, data)) is kind


def test_text_keeps_its_line_ends(tmp_path):
    with open_text(delivered(tmp_path, "é\r\n".encode("cp1252"))) as text:
        assert text.read() == "é\r\n"


def test_a_broken_record_is_told_or_raised(tmp_path):
    file = delivered(tmp_path, '{"a": 1}\nnope\n', "x.json")
    told: list[tuple[int, str]] = []
    assert list(read_json(file, broken=lambda n, text, _why: told.append((n, text)))) == [(1, {"a": 1})]
    assert told == [(2, "nope")]
    with pytest.raises(InputError, match=r"x.json, record 2: This is not valid JSON"):
        list(read_json(file))
