"""Where the files go: plain or gzip, the same bytes for the same seed, packed beside the writing."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np

LEVEL, WAITING = 1, 4
# No name and no time, so that the same content is the same file.
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
ROWS_AT_ONCE = 20_000

Row = Sequence[object]


class Folder:
    """Writes files under one root."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, name: str, parts: str | Iterable[str], encoding: str = "utf-8") -> Path:
        """A file of text; packed where its name ends in `.gz`."""
        chunks = [parts] if isinstance(parts, str) else parts
        path = self._path(name)
        with path.open("wb") as out:
            encoded = (chunk.encode(encoding, "replace") for chunk in chunks)
            _packed(out, encoded) if name.endswith(".gz") else out.writelines(encoded)
        return path

    def table(
        self,
        name: str,
        heads: Sequence[Row],
        rows: Iterable[Row],
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        """A CSV file with these header rows."""
        return self.text(name, _csv([*heads], rows, delimiter), encoding)

    def columns(
        self, name: str, columns: Mapping[str, Iterable[object]], delimiter: str = ",", encoding: str = "utf-8"
    ) -> Path:
        """A CSV file of these columns."""
        rows = zip(*(c.tolist() if isinstance(c, np.ndarray) else c for c in columns.values()), strict=True)
        return self.table(name, [list(columns)], rows, delimiter, encoding)

    def _path(self, name: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _csv(heads: Sequence[Row], rows: Iterable[Row], delimiter: str) -> Iterator[str]:
    """Rows as text, many at a time."""
    following = iter(rows)
    block: Sequence[Row] = heads
    while block:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(block)
        yield out.getvalue()
        block = list(islice(following, ROWS_AT_ONCE))


def _packed(out: BinaryIO, chunks: Iterable[bytes]) -> None:
    """gzip, packed in a second thread while the next text is being made."""
    packer, check, size = zlib.compressobj(LEVEL, zlib.DEFLATED, -15), 0, 0
    out.write(HEADER)
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(1) as worker:
        for chunk in chunks:
            check, size = zlib.crc32(chunk, check), size + len(chunk)
            waiting.append(worker.submit(packer.compress, chunk))
            while len(waiting) > WAITING:
                out.write(waiting.popleft().result())
        out.writelines(job.result() for job in waiting)
    out.write(packer.flush())
    out.write(struct.pack("<II", check, size & 0xFFFFFFFF))
