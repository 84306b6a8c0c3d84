"""Files: plain, packed, and the same bytes each time."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from latido.demo.files.folder import Folder


def test_packed_text_is_what_gzip_reads(tmp_path: Path) -> None:
    path = Folder(tmp_path).text("a.txt.gz", ["uno\n", "dos ☀\n"])
    assert gzip.decompress(path.read_bytes()).decode() == "uno\ndos ☀\n"


def test_a_packed_file_carries_neither_name_nor_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.text("a.gz", "x").read_bytes() == folder.text("b.gz", "x").read_bytes()


def test_many_parts_arrive_in_order(tmp_path: Path) -> None:
    path = Folder(tmp_path).text("n.gz", (f"{n}\n" for n in range(500)))
    assert gzip.decompress(path.read_bytes()).decode().split() == [str(n) for n in range(500)]


def test_tables_quote_what_needs_it(tmp_path: Path) -> None:
    path = Folder(tmp_path).columns("t.csv", {"a;b": ['say "hi"', "1\n2"], "c": [1, 2]}, delimiter=";")
    with path.open(newline="", encoding="utf-8") as lines:
        assert list(csv.reader(lines, delimiter=";")) == [["a;b", "c"], ['say "hi"', "1"], ["1\n2", "2"]]
