"""Everybody asks every address: what a role allows is answered, everything else is refused."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from latido.api.operation import Operation
from latido.api.resources import OPERATIONS
from latido.state.audit import Chosen
from latido.state.people import RIGHTS, Right
from tests.api.conftest import Api

# Where every role that may ask gets an answer, a lead of one team included.
SAMPLES = {
    "metrics_every": "/metrics",
    "metrics_one": "/metrics/nps",
    "measure_ask": "/metrics/nps/measure",
    "measure_ask_at_length": "/metrics/nps/measure",
    "nonresponse_ask": "/metrics/nps/nonresponse",
    "plan_ask": "/metrics/nps/plan",
    "moved_ask": "/moved",
    "drivers_ask": "/drivers/nps.score",
    "correlations_ask": "/correlations",
    "chain_chain": "/chain",
    "watches_every": "/watches",
    "watches_one": "/watches/none",
    "watches_alerts": "/alerts",
    "watches_seen": "/alerts/1/seen",
    "watches_reopened": "/alerts/1/reopened",
    "trace_rows": "/metrics/nps/trace?limit=1",
    "tickets_every": "/tickets?limit=1",
    "tickets_one": "/tickets/t00",
    "customers_every": "/customers?limit=1",
    "customers_one": "/customers/c00",
    "imports_every": "/imports",
    "imports_bring": "/imports?as=tickets",
    "imports_undo": "/imports/0/undo",
    "rejects_every": "/rejects",
    "rejects_mend": "/rejects/mend",
    "rejects_dismiss": "/rejects/dismiss",
    "tables_rows": "/tables/tickets?limit=1",
    "me_me": "/me",
    "me_server": "/version",
}
EVERY = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
READING = pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.method == "GET"], ids=lambda o: o.name)
REFUSED = {401, 403}


def asked(client: TestClient, operation: Operation) -> tuple[int, str]:
    """Status and kind of body that somebody gets."""
    body = {} if operation.method == "GET" else {"json": {}}
    answer = client.request(operation.method, SAMPLES[operation.name], **body)
    return answer.status_code, answer.headers["content-type"]


def may(role: str, right: Right | None) -> bool:
    """Whether a role allows it."""
    return right is None or right in RIGHTS[role]  # type: ignore[index]


@EVERY
def test_an_outsider_gets_nothing(api: Api, operation: Operation) -> None:
    assert asked(api.by("outsider"), operation) == (401, "application/problem+json")


@EVERY
@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_gets_what_it_allows(api: Api, operation: Operation, role: str) -> None:
    status, _kind = asked(api.by(role), operation)
    assert (status not in REFUSED) == may(role, operation.right)


@EVERY
def test_a_token_is_no_more_than_what_it_was_made_for(api: Api, operation: Operation) -> None:
    narrow = api.key("owner", "people")
    status, _kind = asked(api.by("outsider", Authorization=f"Bearer {narrow}"), operation)
    assert (status == 403) == (operation.right is not None)


@EVERY
def test_a_wrong_token_is_nobodys_even_beside_a_session(api: Api, operation: Operation) -> None:
    cookie = f"latido={api.state.sessions.begin(api.cast['owner'])}"
    assert asked(api.by("outsider", Authorization="Bearer lat_wrong", Cookie=cookie), operation)[0] == 401


@READING
def test_what_is_read_has_a_head(api: Api, operation: Operation) -> None:
    whole, head = (api.by("owner").request(verb, SAMPLES[operation.name]) for verb in ("GET", "HEAD"))
    assert (head.status_code, head.headers, head.content) == (whole.status_code, whole.headers, b"")


@READING
def test_an_outsider_gets_no_head(api: Api, operation: Operation) -> None:
    assert api.by("outsider").head(SAMPLES[operation.name]).status_code == 401


def test_who_looks_at_the_head_alone_takes_nothing_out(api: Api) -> None:
    before = api.state.audit.page(Chosen(), 1)
    assert api.by("owner").head("/metrics/nps/trace?limit=1").status_code == 200
    assert api.state.audit.page(Chosen(), 1) == before


def test_a_refusal_says_how_to_be_known(api: Api) -> None:
    answer = api.by("outsider").get("/me")
    assert answer.headers["www-authenticate"] == 'Bearer realm="latido"'
    assert "lat_" in answer.json()["hint"]


def test_nobody_is_asked_what_they_sent_before_they_are_known(api: Api) -> None:
    answer = api.by("outsider").post("/metrics/nps/measure", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


def test_a_session_is_known_too(api: Api) -> None:
    cookie = f"latido={api.state.sessions.begin(api.cast['viewer'])}"
    assert api.by("outsider", Cookie=cookie).get("/me").json()["how"] == "session"


def test_a_write_by_session_from_another_site_is_refused(api: Api) -> None:
    cookie = f"latido={api.state.sessions.begin(api.cast['owner'])}"
    client = api.by("outsider", Cookie=cookie, Origin="https://elsewhere.example")
    answer = client.post("/metrics/nps/measure", json={})
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert (answer.json()["type"], answer.json()["instance"]) == (
        "/api/docs#problem-forbidden",
        "/api/v1/metrics/nps/measure",
    )


def test_it_stands_beside_the_pages(api: Api) -> None:
    from latido.app import create_app

    client = TestClient(create_app(api.live.root))
    known = {"Authorization": f"Bearer {api.keys['viewer']}"}
    assert client.get("/api/v1/me", headers=known).json()["name"] == "Vera Viewer"
    assert client.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"


def test_the_document_and_the_reference_are_everybodys(api: Api) -> None:
    client = api.by("outsider")
    assert [client.get(path).status_code for path in ("/openapi.json", "http://testserver/api/docs")] == [200, 200]
