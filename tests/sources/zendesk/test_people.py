from __future__ import annotations

from datetime import UTC, datetime

from tests.sources.zendesk.desk import ANA, BOT, GROUPS, LUIS, MARTA, PEOPLE


def by(rows, column):
    return {row[column]: row for row in rows}


def test_end_users_are_customers_and_everybody_else_works_here(read):
    got = read(users=PEOPLE)
    assert [c["customer_id"] for c in got["customers"]] == [str(ANA)]
    assert {a["agent_id"]: a["role"] for a in got["agents"]} == {
        str(LUIS): "agent",
        str(MARTA): "agent",
        str(BOT): "bot",
    }


def test_a_user_tagged_bot_is_a_bot(read):
    got = read(users=[{**PEOPLE[1], "tags": ["bot"]}])
    assert got["agents"][0]["role"] == "bot"


def test_identities_are_the_number_the_address_and_the_telephone_normalised(read):
    got = read(users=[{**PEOPLE[0], "phone": "0034 600 11 22 33"}])
    assert {(i["system"], i["kind"], i["value"], i["customer_id"]) for i in got["identities"]} == {
        ("zendesk", "id", "501", "501"),
        ("zendesk", "email", "ana@example.com", "501"),
        ("zendesk", "phone", "+34600112233", "501"),
    }


def test_a_customers_language_and_organization_are_read(read):
    organization = {"id": 77, "name": "Hotel Sol", "domain_names": []}
    got = read(organizations=[organization], users=[{**PEOPLE[0], "locale": "es-MX", "organization_id": 77}])
    assert (got["customers"][0]["language"], got["customers"][0]["x_organization"]) == ("es", "Hotel Sol")


def test_an_agents_team_is_the_default_group(read):
    assert by(read(groups=GROUPS, users=PEOPLE)["agents"], "agent_id")[str(MARTA)]["team"] == "Averías"


def test_without_a_default_group_the_membership_says_the_team(read):
    member = [
        {"user_id": LUIS, "group_id": 7, "default": False},
        {"user_id": LUIS, "group_id": 8, "default": True},
    ]
    got = read(groups=GROUPS, users=PEOPLE, group_memberships=member)
    assert by(got["agents"], "agent_id")[str(LUIS)]["team"] == "Facturas"


def test_a_deleted_agent_has_an_end(read):
    left = {**PEOPLE[1], "active": False, "updated_at": "2024-05-01T00:00:00Z"}
    assert read(users=[left])["agents"][0]["valid_to"] == datetime(2024, 5, 1, tzinfo=UTC)


def test_a_user_without_a_number_is_rejected(read):
    got = read(users=[{**PEOPLE[0], "id": None}])
    assert [(r.row, r.column) for r in got.rejects] == [(1, "customer_id")]
