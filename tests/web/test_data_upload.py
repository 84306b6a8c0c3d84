"""Files on their way in: piece by piece for a script, at once for a plain form."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.web.data_forms import tickets, uploaded, words
from tests.web.visitors import visitor

TEXT = b"ticket,created\n" + b"1,2024-01-01\n" * 300


def begun(browser: TestClient, size: int = len(TEXT), name: str = "a.csv") -> str:
    return str(browser.post("/data/uploads", data={"name": name, "size": str(size)}).json()["id"])


def test_a_file_comes_in_pieces(owner: TestClient) -> None:
    path = f"/data/uploads/{begun(owner)}"
    first = owner.put(path, content=TEXT[:100], headers={"Content-Range": f"bytes 0-99/{len(TEXT)}"})
    last = owner.put(path, content=TEXT[100:], headers={"Content-Range": f"bytes 100-{len(TEXT) - 1}/{len(TEXT)}"})
    assert (first.json()["offset"], first.json()["complete"]) == (100, False)
    assert (last.json()["digest"], last.json()["complete"]) == (hashlib.sha256(TEXT).hexdigest(), True)


def test_it_says_how_far_it_has_come(owner: TestClient) -> None:
    path = f"/data/uploads/{begun(owner)}"
    owner.put(path, content=TEXT[:100])
    assert owner.get(path).json()["offset"] == 100


def test_a_piece_in_the_wrong_place_is_told_the_right_one(owner: TestClient) -> None:
    path = f"/data/uploads/{begun(owner)}"
    owner.put(path, content=TEXT[:100])
    again = owner.put(path, content=TEXT[:100], headers={"Content-Range": "bytes 0-99/*"})
    assert (again.status_code, again.json()["offset"]) == (409, 100)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "a.exe", "size": "5"}, "files"),
        ({"name": "a.csv", "size": "0"}, "files"),
        ({"name": "a.csv", "size": "99000000000"}, "files"),
        ({"name": "a.csv", "size": "many"}, "size"),
        ({}, "size"),
    ],
)
def test_what_cannot_be_taken_names_its_field(owner: TestClient, given: dict[str, str], field: str) -> None:
    answer = owner.post("/data/uploads", data=given)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_a_range_that_is_none_is_refused(owner: TestClient) -> None:
    answer = owner.put(f"/data/uploads/{begun(owner)}", content=b"x", headers={"Content-Range": "rows 1-2"})
    assert (answer.status_code, answer.json()["field"]) == (422, "Content-Range")


def test_bytes_that_are_nothing_to_read_are_refused(owner: TestClient) -> None:
    answer = owner.put(f"/data/uploads/{begun(owner, 20)}", content=b"%PDF-1.7 0123456789.")
    assert (answer.status_code, "not text, a spreadsheet, JSON or Parquet" in answer.json()["message"]) == (422, True)


def test_nobody_sees_or_touches_another_ones(owner: TestClient, app: Starlette, people: Cast) -> None:
    path, analyst = f"/data/uploads/{begun(owner)}", visitor(app, people.analyst)
    assert [analyst.get(path).status_code, analyst.put(path, content=b"x").status_code] == [404, 404]
    assert analyst.post(f"{path}/remove").status_code == 404


def test_one_can_be_removed(owner: TestClient) -> None:
    path = f"/data/uploads/{begun(owner)}"
    assert owner.post(f"{path}/remove").headers["location"] == "/data"
    assert owner.get(path).status_code == 404


def test_a_plain_form_brings_several_files(owner: TestClient) -> None:
    files = [("files", (name, TEXT, "text/csv")) for name in ("a.csv", "b.csv")]
    answer = owner.post("/data/upload", files=files, data={"other": "field"})
    assert (answer.status_code, answer.headers["location"].count("file=")) == (303, 2)
    assert words(owner.get("/data").text).count("3.9 kB Continue") == 2


def test_a_long_one_arrives_as_it_is(owner: TestClient, app: Starlette) -> None:
    data = b"ticket,created\r\n" + b"--1,2024-01-01\r\n" * 200_000
    answer = owner.post("/data/upload", files=[("files", ("a.csv", data, "text/csv"))])
    found = app.state.live.root / "uploads" / answer.headers["location"].rpartition("=")[2] / "data"
    assert hashlib.sha256(found.read_bytes()).digest() == hashlib.sha256(data).digest()


@pytest.mark.parametrize("files", [[], [("files", ("", b"", "text/csv"))]], ids=["no field", "nothing chosen"])
def test_a_form_without_files_is_asked_again(owner: TestClient, files: list[object]) -> None:
    answer = owner.post("/data/upload", files=files, data={"other": "field"})  # type: ignore[arg-type]
    assert (answer.status_code, 'id="files-error"' in answer.text) == (422, True)


def test_a_form_with_a_file_of_no_kind_is_asked_again_and_leaves_nothing(owner: TestClient, app: Starlette) -> None:
    answer = owner.post("/data/upload", files=[("files", ("a.csv", b"\x89PNG" + bytes(90_000), "text/csv"))])
    assert (answer.status_code, "is not text, a spreadsheet" in words(answer.text)) == (422, True)
    assert list((app.state.live.root / "uploads").iterdir()) == []


def test_a_form_that_breaks_off_leaves_nothing(owner: TestClient, app: Starlette) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nticket,created\r\n1,2'
    answer = owner.post("/data/upload", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert (answer.status_code, list((app.state.live.root / "uploads").iterdir())) == (422, [])


def test_more_than_may_wait_is_refused(owner: TestClient, tmp_path: Path) -> None:
    for i in range(20):
        begun(owner, name=f"{i}.csv")
    answer = owner.post("/data/uploads", data={"name": "a.csv", "size": "5"})
    assert (answer.status_code, "20 uploads are waiting already" in answer.json()["message"]) == (422, True)


def test_a_complete_upload_is_left_alone(owner: TestClient, tmp_path: Path) -> None:
    data = tickets(tmp_path)
    path = f"/data/uploads/{uploaded(owner, 'a.csv', data)}"
    assert owner.put(path, content=b"more", headers={"Content-Range": "bytes 0-3/*"}).status_code == 409
    assert owner.get(path).json()["offset"] == len(data)
