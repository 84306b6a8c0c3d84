"""Cursors: what they hold survives the way, and what is none leads nowhere."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from latido.api.paging import Cursor, Order, Place, _from, _place, _read
from latido.errors import FieldError

PAGED = ("/tickets", "/customers", "/imports", "/rejects", "/metrics/nps/trace", "/tables/tickets")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NEWEST = (Order("n", descending=True), Order("key"))
PLACES = st.lists(TEXTS | st.integers(0, 2**53 - 1)).map(tuple)


@given(st.integers(0, 10_000), PLACES)
def test_a_cursor_survives_the_way(version: int, place: tuple[str | int, ...]) -> None:
    cursor = Cursor(version, place)
    assert _read(cursor.written()) == cursor


@pytest.mark.parametrize(
    "text",
    ["x", "WzF", "é", "bnVsbA", *(urlsafe_b64encode(raw).decode() for raw in (
        b"[]", b"{}", b'["1"]', b"[1, 2.5]", b"[true]", b"[-1]", b"[1, 1e999]", b'[1, "\\ud800"]', b"[" * 5000,
        b"[1, 99999999999999999999]", b'[1, "\\u0000"]'))],
)  # fmt: skip
def test_what_is_no_cursor_leads_nowhere(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        _read(text)
    assert caught.value.field == "cursor"


@pytest.mark.parametrize("address", PAGED)
@pytest.mark.parametrize(
    "cursor", [Cursor(7, ()), Cursor(1, (1, "x", "y", "z")), Cursor(1, ()), Cursor(1, ("soon", 3))]
)
def test_a_cursor_of_elsewhere_is_refused(owner: TestClient, address: str, cursor: Cursor) -> None:
    answer = owner.get(address, params={"cursor": cursor.written()})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc")), unique=True, max_size=8), st.integers(1, 4))
@settings(max_examples=10, deadline=None)
def test_pages_put_together_are_everything(pairs: list[tuple[int, str]], size: int) -> None:
    rows = [{"n": datetime(2025, 1, 1 + n), "key": key} for n, key in pairs]
    table = ibis.memtable(rows, schema={"n": "timestamp(6)", "key": "string"})
    wanted = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    assert [(row["n"].day - 1, row["key"]) for row in walked(table, size)] == wanted


def walked(table: Any, size: int, after: Place = ()) -> list[dict[str, Any]]:
    """All pages, one after another."""
    page = ibis.duckdb.connect().to_pyarrow(_from(table, NEWEST, after, size)).to_pylist()
    return [*page, *walked(table, size, _place(page[-1], NEWEST))] if page else []
