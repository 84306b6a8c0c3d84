"""The files of a form, as a parser hears them whichever way the bytes fall."""

from __future__ import annotations

import pytest
from python_multipart.multipart import MultipartParser

from latido.web.body import Begun, Ended, Event, Heard, Piece

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="other"\r\n\r\nfield\r\n'
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="\xc3\xa1.csv"\r\nContent-Type: text/csv\r\n\r\n'
    b"a,b\r\n--1,2\r\n\r\n"
    b'--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--x--\r\n'
)


def heard(every: int) -> list[Event]:
    """What is heard of the form, when it comes in pieces of this length; pieces of one file put together."""
    ear = Heard()
    parser = MultipartParser(b"x", ear.callbacks())
    for at in range(0, len(FORM), every):
        parser.write(FORM[at : at + every])
    found = ear.take()
    whole = b"".join(event.data for event in found if isinstance(event, Piece))
    return [event for event in found if not isinstance(event, Piece)] + [Piece(whole)]


@pytest.mark.parametrize("every", [1, 2, 7, 1000])
def test_only_files_are_heard_and_every_byte_of_them(every: int) -> None:
    assert heard(every) == [Begun("á.csv"), Ended(), Piece(b"a,b\r\n--1,2\r\n")]


def test_what_was_heard_is_taken_once() -> None:
    ear = Heard()
    MultipartParser(b"x", ear.callbacks()).write(FORM)
    assert (len(ear.take()) > 0, ear.take()) == (True, [])
