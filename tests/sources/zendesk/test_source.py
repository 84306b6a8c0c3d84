from __future__ import annotations

import json

from latido.model import TABLES
from latido.sources.source import Options
from latido.sources.zendesk import Zendesk
from tests.sources.zendesk.desk import ANA, LUIS, PEOPLE, audit, message, opening, read_texts, ticket, written


def test_files_may_come_in_any_order(tmp_path):
    texts = {
        "b.json": json.dumps({"audits": [opening(), audit(101, "09:10", LUIS, message(LUIS))]}),
        "c.json": json.dumps({"tickets": [ticket()]}),
        "d.json": json.dumps({"users": PEOPLE}),
    }
    assert read_texts(tmp_path, texts).tables == read_texts(tmp_path, dict(reversed(texts.items()))).tables


def test_side_loaded_users_are_known_to_the_audits_of_their_page(tmp_path):
    page = {"audits": [opening(), audit(101, "09:10", LUIS, message(LUIS))], "users": PEOPLE}
    got = read_texts(tmp_path, {"page.json": json.dumps(page)})
    assert [e["author_role"] for e in got.events] == ["customer", "customer", "agent"]


def test_json_lines_of_tickets_are_read(tmp_path):
    lines = "\n".join(json.dumps(ticket(n)) for n in (1, 2, 3))
    assert [t["ticket_id"] for t in read_texts(tmp_path, {"export.json": lines})["tickets"]] == ["1", "2", "3"]


def test_a_broken_line_is_rejected_and_the_rest_read(tmp_path):
    lines = "\n".join([json.dumps(ticket(1)), '{"id": 2, "requester_id":', json.dumps(ticket(3))])
    got = read_texts(tmp_path, {"export.json": lines})
    assert [t["ticket_id"] for t in got["tickets"]] == ["1", "3"]
    assert [(r.row, r.raw) for r in got.rejects] == [(2, {"": '{"id": 2, "requester_id":'})]


def test_a_file_of_something_else_is_said_to_be_so(tmp_path):
    got = read_texts(tmp_path, {"users.json": json.dumps({"users": PEOPLE}), "macros.json": '{"macros": [{"id": 1}]}'})
    assert [(r.file, r.row) for r in got.rejects] == [("macros.json", 0)]


def test_every_chunk_is_of_a_table_that_it_promises(tmp_path):
    page = {"audits": [opening()], "users": PEOPLE, "tickets": [ticket(satisfaction_rating={"score": "good"})]}
    delivered = [written(tmp_path, "page.json", json.dumps(page))]
    names = {chunk.table for chunk in Zendesk().read(delivered, Options())}
    assert names <= set(Zendesk.tables) <= TABLES.keys()


def test_half_an_emoji_does_not_stop_an_import(tmp_path):
    text = json.dumps(
        {
            "comments": [
                {"id": 1, "ticket_id": 1, "author_id": ANA, "created_at": "2024-03-01T09:00:00Z", "body": "¡Hola!"}
            ]
        }
    )
    got = read_texts(tmp_path, {"comments.json": text.replace("Hola", "Hola\\ud83d")})
    assert got.events[0]["text"] == "¡Hola?!"
