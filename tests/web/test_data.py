"""The overview of the data, and one table of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.data_forms import company, tickets, uploaded, words


@pytest.fixture
def full(app: Starlette) -> Starlette:
    """Twenty tickets and twenty answers."""
    company(app, ("tickets.csv", 20, ()), ("answers.csv", 20, ()))
    return app


def test_without_data_it_says_what_to_do_next(owner: TestClient) -> None:
    assert "Choose an export above" in words(owner.get("/data").text)


def test_whoever_may_not_import_is_told_who_may(viewer: TestClient) -> None:
    page = viewer.get("/data").text
    assert "Whoever may import files can bring some in." in words(page)
    assert "<form" not in page.partition("<main")[2]


def test_every_table_says_how_much_and_how_fresh(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data").text)
    assert "40 rows in 2 tables · last import" in said
    assert "Tickets One request, question or incident 20 2 Jan 2025 24 Jan 2025" in said


def test_it_says_so_in_spanish(full: Starlette, owner: TestClient) -> None:
    page = owner.get("/data", headers={"Accept-Language": "es"}).text
    assert "40 filas en 2 tablas · última importación hace" in words(page)


def test_what_came_lately_leads_to_its_version(full: Starlette, owner: TestClient) -> None:
    assert 'href="/data/history/2"><b>Import</b></a> <span class="name">answers.csv' in owner.get("/data").text


def test_files_that_wait_are_shown_to_whoever_sent_them(owner: TestClient, viewer: TestClient, tmp_path: Path) -> None:
    upload = uploaded(owner, "tickets.csv", tickets(tmp_path))
    assert f'href="/data/import?file={upload}"' in owner.get("/data").text
    assert "tickets.csv" not in viewer.get("/data").text


def test_what_has_not_come_whole_says_how_to_go_on(owner: TestClient) -> None:
    begun = owner.post("/data/uploads", data={"name": "a.csv", "size": "2000"}).json()
    owner.put(f"/data/uploads/{begun['id']}", content=b"a,b\n" * 100)
    assert "400 B of 2.0 kB are here. Choose the same file again to go on." in words(owner.get("/data").text)


def test_a_table_shows_how_full_its_columns_are(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data/tables/tickets").text)
    assert "Last solve as the source states it, where it gives no events solved 15.0%" in said
    assert "Empty throughout: Who asked · Subject" in said


def test_keys_that_point_nowhere_are_told_where_there_is_something_to_point_to(
    full: Starlette, owner: TestClient
) -> None:
    assert "Every subject_id is found in Tickets" in words(owner.get("/data/tables/answers").text)


def test_an_empty_table_says_so(owner: TestClient) -> None:
    assert "This table holds nothing yet." in words(owner.get("/data/tables/orders").text)


def test_there_is_no_other_table(owner: TestClient) -> None:
    assert owner.get("/data/tables/tickts").status_code == 404
