"""What could not be read, and why."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_a_reject_says_what_is_wrong(owner: TestClient) -> None:
    (reject,) = owner.get("/rejects").json()["items"]
    assert (reject["file"], reject["row"], reject["table"], reject["column"]) == (
        "tickets.csv",
        61,
        "tickets",
        "created",
    )
    assert reject["raw"]["ticket_id"] == "t60"


def test_the_reason_is_in_the_readers_language(owner: TestClient) -> None:
    told = {code: owner.get("/rejects", headers={"Accept-Language": code}).json() for code in ("en", "es")}
    assert told["en"]["items"][0]["reason"] != told["es"]["items"][0]["reason"]


@pytest.mark.parametrize("asked", ["table=customers", "file=other.csv", "state=dismissed"])
def test_rejects_are_narrowed(owner: TestClient, asked: str) -> None:
    assert owner.get(f"/rejects?{asked}").json()["items"] == []


def test_all_states_can_be_asked_for(owner: TestClient) -> None:
    assert len(owner.get("/rejects?state=all").json()["items"]) == 1
