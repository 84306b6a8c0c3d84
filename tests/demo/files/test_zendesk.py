"""The help desk's files are bodies of Zendesk's API."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from latido.demo import Manifest


def page(written: Manifest, name: str) -> list[dict[str, Any]]:
    path = next(p for p in written.files if p.name.startswith(f"{name}."))
    raw = path.read_bytes()
    body = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return body[name.removeprefix("ticket_") if name == "ticket_audits" else name]


@pytest.fixture(scope="module")
def audits(written: Manifest) -> list[dict[str, Any]]:
    return page(written, "ticket_audits")


@pytest.fixture(scope="module")
def tickets(written: Manifest) -> list[dict[str, Any]]:
    return page(written, "tickets")


@pytest.fixture(scope="module")
def users(written: Manifest) -> dict[int, dict[str, Any]]:
    return {u["id"]: u for u in page(written, "users")}


def test_every_audit_belongs_to_a_ticket(audits: list[dict[str, Any]], tickets: list[dict[str, Any]]) -> None:
    assert {a["ticket_id"] for a in audits} == {t["id"] for t in tickets}


def test_identifiers_rise_as_things_happened(audits: list[dict[str, Any]]) -> None:
    ids = [a["id"] for a in audits]
    assert ids == sorted(set(ids))
    assert len({e["id"] for a in audits for e in a["events"] if e["type"] != "Create"}) > len(audits) / 2


def test_everybody_who_writes_is_a_user(audits: list[dict[str, Any]], users: dict[int, dict[str, Any]]) -> None:
    assert {a["author_id"] for a in audits} <= {*users, -1}


def test_a_ticket_s_status_is_the_last_that_its_audits_tell(
    audits: list[dict[str, Any]], tickets: list[dict[str, Any]]
) -> None:
    told = {a["ticket_id"]: e["value"] for a in audits for e in a["events"] if e.get("field_name") == "status"}
    assert told == {t["id"]: t["status"] for t in tickets}


def test_changes_name_what_was_before(audits: list[dict[str, Any]]) -> None:
    changes = [e for a in audits for e in a["events"] if e["type"] == "Change"]
    assert all(e["value"] != e["previous_value"] for e in changes)


def test_notes_are_private_and_customers_never_write_them(
    audits: list[dict[str, Any]], users: dict[int, dict[str, Any]]
) -> None:
    notes = [e for a in audits for e in a["events"] if e["type"] == "Comment" and not e["public"]]
    assert notes
    assert {users[e["author_id"]]["role"] for e in notes} == {"agent"}


def test_bots_are_tagged(users: dict[int, dict[str, Any]]) -> None:
    assert sorted(u["name"] for u in users.values() if "bot" in u["tags"]) == ["Chispa", "Lumbre IA"]


def test_the_light_agent_of_today_once_replied(audits: list[dict[str, Any]], users: dict[int, dict[str, Any]]) -> None:
    (light,) = [u["id"] for u in users.values() if u.get("only_private_comments")]
    public = [e for a in audits for e in a["events"] if e.get("author_id") == light and e.get("public")]
    assert public


def test_merges_name_the_ticket_that_goes_on(audits: list[dict[str, Any]], tickets: list[dict[str, Any]]) -> None:
    into = [a["via"]["source"]["to"].get("ticket_id") for a in audits if a["via"]["source"]["rel"] == "merge"]
    assert {number for number in into if number} <= {t["id"] for t in tickets}
    assert any(into)


def test_proactive_tickets_were_submitted_by_an_agent(
    tickets: list[dict[str, Any]], users: dict[int, dict[str, Any]]
) -> None:
    ours = [t for t in tickets if t["submitter_id"] != t["requester_id"]]
    assert {users[t["submitter_id"]]["role"] for t in ours} == {"agent"}


def test_spam_comes_from_suspended_users(tickets: list[dict[str, Any]], users: dict[int, dict[str, Any]]) -> None:
    spam = [t for t in tickets if "spam" in t["tags"]]
    assert spam
    assert all(users[t["requester_id"]]["suspended"] for t in spam)
