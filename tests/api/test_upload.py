"""Bodies are written to disk as they arrive, under names that lead nowhere else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request

from latido.api.upload import Received, named, receive

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="as"\r\n\r\ntickets\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../etc/a.csv"\r\n\r\na,b\r\n1,2\r\n\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nlast\r\n--x--\r\n'
)


def received(into: Path, body: bytes, size: int, kind: str = "multipart/form-data; boundary=x") -> Received:
    """What is received of a body that arrives in pieces."""
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    events = iter([{"type": "http.request", "body": piece, "more_body": True} for piece in pieces])

    async def arrive() -> dict[str, object]:
        return next(events, {"type": "http.request", "body": b"", "more_body": False})

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}, arrive)
    return asyncio.run(receive(request, into, "body.csv"))


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_a_form_is_the_same_however_it_is_cut(tmp_path: Path, size: int) -> None:
    found = received(tmp_path, FORM, size)
    assert ([f.name for f in found.files], [f.read_bytes() for f in found.files], found.fields) == (
        ["a.csv", "a.csv"],
        [b"a,b\r\n1,2\r\n", b"last"],
        {"as": "tickets"},
    )


def test_files_stay_in_their_folder(tmp_path: Path) -> None:
    assert all(file.resolve().is_relative_to(tmp_path) for file in received(tmp_path, FORM, 50).files)


def test_any_other_body_is_one_file(tmp_path: Path) -> None:
    found = received(tmp_path, b"a,b\n1,2\n", 3, "text/csv")
    assert (found.files[0].name, found.files[0].read_bytes()) == ("body.csv", b"a,b\n1,2\n")


@pytest.mark.parametrize("body", [FORM[:-6], FORM[40:], FORM.replace(b"\r\n\r\n", b"\r\n")])
def test_a_form_that_is_damaged_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(HTTPException):
        received(tmp_path, body, 100)


def test_a_form_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="n%d"\r\n\r\n1\r\n'
    with pytest.raises(HTTPException):
        received(tmp_path, b"".join(part % i for i in range(50)) + b"--x--\r\n", 4096)


def test_a_field_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HTTPException):
        received(tmp_path, FORM.replace(b"tickets", b"t" * 1_000_001), 65_536)


@given(st.text(max_size=300))
def test_a_name_is_never_a_way_out(name: str) -> None:
    path = named(Path("/nowhere"), 0, name)
    assert path.parent == Path("/nowhere/file-0")
    assert path.name not in {"", ".", ".."}
    assert len(path.name.encode()) <= 120
