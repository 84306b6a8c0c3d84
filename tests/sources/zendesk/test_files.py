from __future__ import annotations

import json

import pytest

from latido.sources.zendesk.files import holds, likeness
from tests.sources.zendesk.desk import PEOPLE, audit, opening, ticket, written


def test_a_page_with_side_loads_holds_them_all(tmp_path):
    page = {"meta": {"has_more": False}, "tickets": [ticket()], "users": PEOPLE, "next_page": None}
    assert holds(written(tmp_path, "page.json", json.dumps(page))) == {"tickets": "tickets", "users": "users"}


@pytest.mark.parametrize(("record", "kind"), [(ticket(), "tickets"), (opening(), "audits"), (PEOPLE[0], "users")])
def test_bare_records_are_told_by_their_members(tmp_path, record, kind):
    lines = "\n".join(json.dumps(record) for _time in range(3))
    assert holds(written(tmp_path, "lines.json", lines)) == {kind: None}


def test_an_array_of_records_needs_no_name(tmp_path):
    assert holds(written(tmp_path, "array.json", json.dumps([audit(1, "09:00", 2)]))) == {"audits": None}


def test_an_empty_page_is_still_a_page(tmp_path):
    assert holds(written(tmp_path, "page.json", '{"tickets": [], "count": 0}')) == {"tickets": "tickets"}


@pytest.mark.parametrize("text", ["ticket_id;created\n1;2024", '{"items": [{"a": 1}]}', "[]", "", "[1, 2]"])
def test_other_files_are_not_zendesks(tmp_path, text):
    assert likeness(written(tmp_path, "other.txt", text)) == 0


def test_zendesks_handwriting_makes_it_sure(tmp_path):
    assert likeness(written(tmp_path, "tickets.json", json.dumps({"tickets": [ticket()]}))) > 0.9
    assert likeness(written(tmp_path, "users.json", json.dumps({"users": [{"id": 1, "name": "A"}]}))) < 0.5
