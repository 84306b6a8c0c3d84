"""Who asks, and what answers."""

from __future__ import annotations

from importlib.metadata import version

from starlette.testclient import TestClient

from tests.api.conftest import Api


def test_a_lead_is_told_their_teams(lead: TestClient) -> None:
    told = lead.get("/me").json()
    assert (told["name"], told["role"], told["teams"], told["rights"]) == (
        "Leo Lead",
        "lead",
        ["Ventas"],
        ["export", "read", "rows"],
    )


def test_a_token_is_told_its_own_rights(api: Api) -> None:
    narrow = api.by("outsider", Authorization=f"Bearer {api.key('owner', 'read')}")
    assert (narrow.get("/me").json()["rights"], narrow.get("/me").json()["how"]) == (["read"], "token")


def test_the_server_says_what_it_is(owner: TestClient) -> None:
    told = owner.get("/version").json()
    assert (told["latido"], told["api"], told["workspace"], told["version"]) == (version("latido"), "v1", "Shop", 1)
