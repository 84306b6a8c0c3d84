import pytest

from latido.errors import InputError, UnsureError
from latido.sources.encoding import Encoding, detect, known
from tests.sources.shelf import delivered

TEXT = "id,tema\n1,Reclamación por avería\n" * 20


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found_by_mark_or_by_bytes(tmp_path, encoding, found):
    assert detect(delivered(tmp_path, TEXT.encode(encoding)).path, "file.csv") == Encoding(found)


def test_bytes_that_windows_does_not_define_make_it_latin_1(tmp_path):
    assert detect(delivered(tmp_path, TEXT.encode("latin-1") + b"\x81").path, "f").name == "latin-1"


def test_a_few_broken_bytes_leave_utf_8_what_it_is(tmp_path):
    assert detect(delivered(tmp_path, TEXT.encode() + b"\xff\n").path, "f") == Encoding("utf-8", 1)


@pytest.mark.parametrize("encoding", ["cp1251", "iso8859-7", "shift-jis"])
def test_other_scripts_are_not_guessed_at(tmp_path, encoding):
    words = {
        "cp1251": "Интернет не работает",
        "iso8859-7": "το διαδίκτυο δεν λειτουργεί",
        "shift-jis": "電話がつながらない",
    }
    file = delivered(tmp_path, (words[encoding] + "\n").encode(encoding))
    with pytest.raises(UnsureError, match="make no Western text"):
        detect(file.path, file.name)


def test_a_changed_file_is_looked_at_again(tmp_path):
    first = detect(delivered(tmp_path, "é".encode()).path, "f")
    assert (first.name, detect(delivered(tmp_path, "éé".encode("cp1252")).path, "f").name) == ("utf-8", "cp1252")


def test_a_codec_has_one_name():
    assert known("Latin1") == known("iso-8859-1")


def test_an_unknown_codec_is_answered_with_common_ones():
    with pytest.raises(InputError, match="Common ones are utf-8"):
        known("utf-99")
