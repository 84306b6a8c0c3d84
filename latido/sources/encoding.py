"""Which encoding a text file is written in, decided over the whole file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from latido.errors import InputError, UnsureError
from latido.i18n import _

BLOCK = 1 << 22
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Western words have an accent here and there; whole words beyond ASCII are of another script.
RUN = re.compile(rb"[\x80-\xff]{3,}")
UNDEFINED_IN_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
# What Western text holds beyond ASCII: its letters, its quotes and dashes, a few signs.
WESTERN = frozenset(
    "áéíóúüñçàèìòùâêîôûäöïëãõåæøœßýÿÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄÖÏËÃÕÅÆØŒÝ¿¡ºª€£°·«»‘’“”„–—…•´\u00a0\u00ad©®™½¼²³×"
)


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file are to be read.

    Attributes:
        name: Python's name of the codec.
        broken: Bytes that are not valid in it, each of which is read as “�”.
    """

    name: str
    broken: int = 0


def detect(path: Path, name: str) -> Encoding:
    """The encoding of a text file: by its mark, else UTF-8 if it is valid throughout, else Western 8-bit.

    Args:
        path: The file.
        name: What people call it.

    Raises:
        UnsureError: It is 8-bit text, but not of a Western language.
    """
    return _detected(path, name, state(path))


def state(path: Path) -> tuple[int, int]:
    """What changes when a file does; what was found out by reading all of it is kept for as long as this stays."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=256)
def _detected(path: Path, name: str, _state: tuple[int, int]) -> Encoding:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    mark = next((encoding for mark, encoding in BOMS if head.startswith(mark)), None)
    if mark == "utf-8-sig":
        return Encoding(mark, _valid_and_broken(path)[1])
    if mark is not None:
        return Encoding(mark)
    return _utf_16_without_mark(head) or _utf_8(path) or _eight_bit(path, name)


def known(name: str) -> str:
    """The codec that a person names, checked.

    Raises:
        InputError: Python has no such codec.
    """
    try:
        return codecs.lookup(name).name
    except LookupError:
        hint = _("Common ones are utf-8, utf-16, cp1252, latin-1 and cp850.")
        raise InputError(_("There is no encoding called “{name}”.", name=name), hint) from None


def _utf_16_without_mark(head: bytes) -> Encoding | None:
    """Western text in UTF-16 has a zero in every other byte."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 2:
        return None
    share_even, share_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if share_odd > 0.4 and share_even < 0.05:
        return Encoding("utf-16-le")
    if share_even > 0.4 and share_odd < 0.05:
        return Encoding("utf-16-be")
    return None


def _utf_8(path: Path) -> Encoding | None:
    """UTF-8, where valid sequences far outnumber broken ones."""
    good, broken = _valid_and_broken(path)
    return Encoding("utf-8", broken) if not broken or good > 4 * broken else None


def _valid_and_broken(path: Path) -> tuple[int, int]:
    """Characters beyond ASCII that are valid UTF-8 (not counted where all are), and bytes that are not."""
    try:
        for _text in _decoded(path, "utf-8", "strict"):
            pass
    except UnicodeDecodeError:
        pass
    else:
        return 0, 0
    good = broken = 0
    for text in _decoded(path, "utf-8", "replace"):
        bad = text.count("\ufffd")
        broken += bad
        good += len(text) - len(text.encode("ascii", "ignore")) - bad
    return good, broken


def _eight_bit(path: Path, name: str) -> Encoding:
    high = western = in_runs = 0
    encoding = "cp1252"
    for block in _blocks(path):
        if any(byte in block for byte in UNDEFINED_IN_CP1252):
            encoding = "latin-1"
        beyond = block.translate(None, bytes(range(128))).decode("cp1252", "replace")
        high += len(beyond)
        western += sum(beyond.count(letter) for letter in WESTERN)
        in_runs += sum(map(len, RUN.findall(block)))
    if western < 0.75 * high or in_runs > 0.3 * high:
        raise UnsureError(
            _("{file} is not UTF-8, and its letters make no Western text in an 8-bit encoding.", file=name),
            _('Say which encoding it has in a mapping file, for instance: encoding = "cp1251".'),
        )
    return Encoding(encoding)


def _decoded(path: Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for block in _blocks(path):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
