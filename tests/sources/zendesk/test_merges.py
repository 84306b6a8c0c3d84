from __future__ import annotations

from tests.sources.zendesk.desk import LUIS, audit, change, message, opening, ticket

CLOSED = (change("status", "closed", "open"), change("tags", ["closed_by_merge"], []))


def merged(got):
    return [(e["ticket_id"], e["value"]) for e in got.events if e["kind"] == "merge"]


def test_the_ticket_that_takes_others_in_names_them(read):
    taking = audit(300, "10:00", LUIS, message(LUIS, public=False), ticket_id=3, rel="merge")
    taking["via"]["source"]["from"] = {"ticket_ids": [1, 2], "subject": "Otra vez"}
    got = read(tickets=[ticket(1), ticket(2), ticket(3)], audits=[taking])
    assert merged(got) == [("1", "3"), ("2", "3")]
    assert {t["ticket_id"]: t["merged_into"] for t in got["tickets"]} == {"1": "3", "2": "3", "3": None}


def test_the_ticket_merged_away_says_where_in_its_comment(read):
    said = message(LUIS, "Se cerró y se fusionó con la solicitud #3 “Factura”.", public=False)
    got = read(tickets=[ticket()], audits=[audit(200, "10:00", LUIS, said, *CLOSED, rel="merge")])
    assert merged(got) == [("1", "3")]
    assert got["tickets"][0]["merged_into"] == "3"


def test_both_sides_of_a_merge_are_one_event(read):
    away = audit(200, "10:00", LUIS, message(LUIS, "Merged into request #3"), *CLOSED, rel="merge")
    taking = audit(201, "10:00", LUIS, message(LUIS, "Request #1 was merged"), ticket_id=3, rel="merge")
    assert merged(read(audits=[away, taking])) == [("1", "3")]


def test_a_merge_without_its_tag_is_told_by_the_closing(read):
    said = message(LUIS, "Merged into #3")
    got = read(audits=[audit(200, "10:00", LUIS, said, change("status", "closed", "open"), rel="merge")])
    assert merged(got) == [("1", "3")]


def test_a_tag_without_a_target_still_leaves_the_ticket_out(read):
    got = read(tickets=[ticket(tags=["closed_by_merge"])], audits=[opening()])
    assert got["tickets"][0]["merged_into"] == "?"


def test_a_number_in_an_ordinary_comment_is_no_merge(read):
    assert merged(read(audits=[audit(200, "10:00", LUIS, message(LUIS, "Véase #3"))])) == []
