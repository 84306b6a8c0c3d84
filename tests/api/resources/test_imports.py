"""Files come in, whole or not at all, and are taken back; what is only a guess comes back as a proposal."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from latido.state.audit import Chosen
from tests.api.conftest import Api
from tests.company import write_tickets

ODD = b"a,b\n1,2\n3,4\n"
EVENTS = b"Ticket,Fecha,Cosa\nt01,2025-05-01 10:00,x\nt02,2025-05-02 11:00,y\n"
ANSWERS = b"answer_id,kind,score,answered\nn1,nps,9,2025-05-01T10:00:00\nn2,nps,3,2025-05-02T10:00:00\n"
MAPPING = {"tables": [{"table": "answers", "columns": {n: n for n in ("answer_id", "kind", "score", "answered")}}]}
NEW = {"table": "answers", "read": 2, "new": 2, "updated": 0, "unchanged": 0, "rejected": 0, "emptied": 0,
       "mended": 0, "overruled": 0}  # fmt: skip


def known(api: Api) -> int:
    """The version of the data."""
    return api.live.now().version()


def test_a_form_of_files_is_imported(api: Api, owner: TestClient, tmp_path: Path) -> None:
    file = write_tickets(tmp_path / "more.csv", 20)
    answer = owner.post(
        "/imports", files={"file": ("more.csv", file.read_bytes())}, data={"as": "tickets", "yes": "true"}
    )
    assert (answer.status_code, answer.json()["tables"][0]["read"], answer.json()["version"]) == (201, 20, known(api))


def test_a_body_is_a_file(owner: TestClient) -> None:
    asked = {"mapping": json.dumps(MAPPING), "name": "may.csv"}
    answer = owner.post("/imports", params=asked, content=ANSWERS)
    assert (answer.status_code, answer.json()["tables"]) == (201, [NEW])
    assert owner.get("/imports").json()["items"][0]["files"][0]["name"] == "may.csv"


def test_the_same_file_twice_changes_nothing(owner: TestClient) -> None:
    body = ANSWERS.replace(b"n1", b"m1").replace(b"n2", b"m2")
    first, again = (owner.post("/imports", params={"mapping": json.dumps(MAPPING)}, content=body) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["changed"]) == (201, 200, False)


def test_an_archive_is_unfolded_and_a_mapping_may_be_toml(owner: TestClient) -> None:
    columns = "\n".join(f'{n} = "{n}"' for n in MAPPING["tables"][0]["columns"])
    toml = f'[[tables]]\ntable = "answers"\n[tables.columns]\n{columns}\n'
    body = gzip.compress(ANSWERS.replace(b"n1", b"g1").replace(b"n2", b"g2"))
    answer = owner.post("/imports", files={"file": ("may.csv.gz", body)}, data={"mapping": toml})
    assert answer.json()["tables"] == [NEW]


def test_an_import_is_in_the_history_with_whoever_asked(api: Api) -> None:
    analyst = api.by("analyst")
    body = ANSWERS.replace(b"n1", b"h1").replace(b"n2", b"h2")
    made = analyst.post("/imports", params={"mapping": json.dumps(MAPPING)}, content=body).json()
    last = analyst.get("/imports?limit=1").json()["items"][0]
    assert (last["version"], last["who"], last["kind"], last["tables"]) == (
        made["version"],
        "Ana Analyst",
        "import",
        [NEW],
    )


def test_an_import_is_noted(api: Api, owner: TestClient) -> None:
    body = ANSWERS.replace(b"n1", b"i1").replace(b"n2", b"i2")
    owner.post("/imports", params={"mapping": json.dumps(MAPPING)}, content=body)
    last = api.state.audit.page(Chosen("data"), 1)[0]
    assert (last.action, last.target) == ("data.imported", f"version {known(api)}")


def test_what_was_imported_is_measured_at_once(owner: TestClient) -> None:
    before = owner.get("/metrics/nps/measure")
    body = ANSWERS.replace(b"n1", b"j1").replace(b"n2", b"j2")
    owner.post("/imports", params={"mapping": json.dumps(MAPPING)}, content=body)
    after = owner.get("/metrics/nps/measure", headers={"If-None-Match": before.headers["etag"]})
    counts = [one.json()["figures"][0]["parts"]["value"]["n"] for one in (before, after)]
    assert counts[1] == counts[0] + 2


def test_a_guess_comes_back_as_a_proposal(api: Api, owner: TestClient) -> None:
    version = known(api)
    answer = owner.post("/imports", files={"file": ("odd.csv", EVENTS)})
    problem = answer.json()
    assert (answer.status_code, problem["type"], known(api)) == (409, "/api/docs#problem-unsure", version)
    assert (problem["proposal"][0]["files"], "yes=true" in problem["hint"]) == ("odd.csv", True)


def test_a_proposal_sent_back_is_a_mapping(owner: TestClient) -> None:
    guess = owner.post("/imports", files={"file": ("w.csv", EVENTS)}).json()["proposal"][0]
    answer = owner.post("/imports", files={"file": ("w.csv", EVENTS)}, data={"mapping": json.dumps(guess["mapping"])})
    assert answer.status_code == 201


def test_what_is_no_table_at_all_is_not_guessed(owner: TestClient) -> None:
    answer = owner.post("/imports", files={"file": ("odd.csv", ODD)})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"as": "tickts"}, "as"),
        ({"source": "zendsk"}, "source"),
        ({"dates": "dd-mm"}, "dates"),
        ({"time_zone": "Madrid"}, "time_zone"),
        ({"yes": "perhaps"}, "yes"),
        ({"mapping": "{"}, "mapping"),
        ({"mapping": "/etc/passwd"}, "mapping"),
        ({"mapping": '{"tables": [{"table": "answers", "columns": {"scor": "a"}}]}'}, "mapping"),
        ({"tables": "answers"}, "tables"),
    ],
    ids=str,
)
@pytest.mark.parametrize("where", ["data", "params"])
def test_a_wrong_field_is_named(api: Api, owner: TestClient, said: dict[str, str], field: str, where: str) -> None:
    version = known(api)
    more: dict[str, Any] = {where: said}
    answer = owner.post("/imports", files={"file": ("odd.csv", ODD)}, **more)
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])
    assert known(api) == version


def test_what_contradicts_itself_is_refused(owner: TestClient) -> None:
    answer = owner.post("/imports?source=zendesk&as=tickets", content=ODD)
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/docs#problem-usage")


@pytest.mark.parametrize(
    "sent",
    [{"content": b""}, {"data": {"as": "tickets"}, "files": {"other": (None, "x")}}],
    ids=["nothing", "a form without files"],
)
def test_without_a_file_there_is_nothing_to_import(owner: TestClient, sent: dict[str, Any]) -> None:
    assert owner.post("/imports", **sent).json()["errors"][0]["field"] in {"file", "other"}


def test_a_broken_file_is_refused_whole(api: Api, owner: TestClient) -> None:
    version = known(api)
    answer = owner.post(
        "/imports?as=tickets&yes=true", files={"file": ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(500))}
    )
    assert (answer.status_code, answer.json()["type"], known(api)) == (422, "/api/docs#problem-input", version)


@pytest.mark.parametrize("body", [b"", b"no boundary at all", b"--x\r\nbroken\r\n\r\n", b"--x\r\n\r\nunfinished"])
def test_a_broken_form_is_refused(owner: TestClient, body: bytes) -> None:
    answer = owner.post("/imports", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_nothing_of_an_upload_is_left_behind(api: Api, owner: TestClient) -> None:
    owner.post("/imports", files={"file": ("odd.csv", ODD)})
    assert list((api.workspace.lake.root / "staging").iterdir()) == []


def test_an_upload_is_as_large_as_it_may_be(owner: TestClient) -> None:
    answer = owner.post("/imports", content=b"x", headers={"Content-Length": str(20 * 10**9 + 1)})
    assert (answer.status_code, answer.json()["type"]) == (413, "/api/docs#problem-size")


def test_the_settings_say_how_large_that_is(api: Api, owner: TestClient) -> None:
    file = api.live.root / "latido.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n[uploads]\nmax_gb = 0.000001\n", encoding="utf-8")
    sent = (owner.post("/imports", content=piece).status_code for piece in (ODD, b"x" * 1001, iter([b"x" * 600] * 2)))
    assert list(sent) == [409, 413, 413]


def test_the_history_comes_in_pages(owner: TestClient) -> None:
    first = owner.get("/imports?limit=1").json()
    second = owner.get(f"/imports?limit=1&cursor={first['next']}").json()
    assert second["items"][0]["version"] == first["items"][0]["version"] - 1


def test_the_history_begins_with_nothing(owner: TestClient) -> None:
    first = owner.get("/imports?limit=1000").json()["items"][-1]
    assert (first["version"], first["kind"], first["can_undo"]) == (0, "create", False)


def brought(owner: TestClient, name: str) -> int:
    """The version that an import of two answers of its own made."""
    body = ANSWERS.replace(b"n1", f"{name}1".encode()).replace(b"n2", f"{name}2".encode())
    version: int = owner.post("/imports", params={"mapping": json.dumps(MAPPING)}, content=body).json()["version"]
    return version


def test_an_import_is_taken_back(api: Api, owner: TestClient) -> None:
    version, before = brought(owner, "u"), api.workspace.snapshot().rows("answers")
    answer = owner.post(f"/imports/{version}/undo")
    taken = {"table": "answers", "removed": 2, "restored": 0, "kept": 0}
    assert (answer.status_code, answer.json()) == (
        200,
        {"version": version + 1, "undoes": version, "tables": [taken], "rejects": 0},
    )
    assert (known(api), api.workspace.snapshot().rows("answers")) == (version + 1, before - 2)


def test_the_history_says_who_took_it_back(api: Api) -> None:
    analyst = api.by("analyst")
    version = brought(analyst, "v")
    analyst.post(f"/imports/{version}/undo")
    last, taken = analyst.get("/imports?limit=2").json()["items"]
    assert (last["who"], last["undoes"], taken["undone_by"]) == ("Ana Analyst", version, version + 1)


def test_taking_back_is_noted(api: Api, owner: TestClient) -> None:
    version = brought(owner, "w")
    owner.post(f"/imports/{version}/undo")
    last = api.state.audit.page(Chosen("data"), 1)[0]
    assert (last.action, last.target) == ("data.undone", f"version {version}")


def test_nothing_is_taken_back_twice(owner: TestClient) -> None:
    version = brought(owner, "x")
    _first, again = (owner.post(f"/imports/{version}/undo") for _ in range(2))
    assert (again.status_code, again.json()["type"]) == (400, "/api/docs#problem-usage")
    assert f"by version {version + 1}" in again.json()["detail"]


@pytest.mark.parametrize(("version", "status"), [("0", 400), ("99999", 404), ("-1", 422), ("last", 422)])
def test_what_is_no_import_cannot_be_taken_back(owner: TestClient, version: str, status: int) -> None:
    answer = owner.post(f"/imports/{version}/undo")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
