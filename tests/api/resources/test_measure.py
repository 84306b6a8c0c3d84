"""Figures over HTTP are those of the library, and a question that makes no sense is answered with what is wrong."""

from __future__ import annotations

from math import isfinite
from typing import Any

import pytest
from starlette.testclient import TestClient

from latido.stats.estimate import Estimate
from tests.api.conftest import Api

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("nps", {}),
    ("nps", {"by": ["channel", "team"], "where": ["team=Ventas"]}),
    ("nps", {"period": "month", "start": "2025-01", "end": "2025-04", "compare": "previous"}),
    ("nps", {"where": ["score>=7", "channel=email,chat"], "min_n": 50}),
    ("first_reply_time", {"by": ["team"], "calendar": "support"}),
    ("first_reply_time", {"period": "28d", "start": "2025-02-01", "end": "2025-02-08"}),
    ("one_touch_rate", {"preset": "zendesk"}),
    ("unresolved_after", {"by": ["channel"]}),
    ("backlog", {"period": "week"}),
    ("ticket_volume", {"by": ["hour"], "as_of": "0"}),
    ("retention", {}),
    ("enps", {"by": ["team"]}),
)


NUMBERS = ("value", "low", "high", "n", "numerator", "denominator")


def parts(figure: dict[str, Any]) -> dict[str, tuple[float | None, ...]]:
    """The numbers of a figure that was answered."""
    return {name: tuple(part[number] for number in NUMBERS) for name, part in figure["parts"].items()}


def known(estimate: Estimate) -> tuple[float | None, ...]:
    """The numbers of an estimate as JSON has them."""
    values = (getattr(estimate, number) for number in NUMBERS)
    return tuple(v if v is not None and isfinite(v) else None for v in values)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=str)
def test_figures_are_those_of_the_library(api: Api, owner: TestClient, name: str, asked: dict[str, Any]) -> None:
    ours = api.workspace.measure(name, **asked)
    told = owner.get(f"/metrics/{name}/measure", params=asked).json()
    assert [(f["keys"], f["left_out"], parts(f)) for f in told["figures"]] == [
        (f.keys, f.left_out, {name: known(part) for name, part in f.parts.items()}) for f in ours.figures
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=str)
def test_the_same_in_json_is_the_same(owner: TestClient, name: str, asked: dict[str, Any]) -> None:
    address = f"/metrics/{name}/measure"
    assert owner.post(address, json=asked).json() == owner.get(address, params=asked).json()


def test_filters_in_json_may_stand_by_dimension(owner: TestClient) -> None:
    asked = owner.post(
        "/metrics/nps/measure", json={"where": {"channel": ["email", "chat"], "score >=": 7}, "by": "team"}
    )
    assert (
        asked.json()["figures"]
        == owner.get("/metrics/nps/measure?where=channel=email,chat&where=score>=7&by=team").json()["figures"]
    )


def test_a_change_says_whether_it_is_noise(api: Api, owner: TestClient) -> None:
    asked = {"start": "2025-02", "end": "2025-03", "compare": "previous"}
    ours = api.workspace.measure("nps", **asked).figure.change
    change = owner.get("/metrics/nps/measure", params=asked).json()["figures"][0]["change"]
    assert (change["noise"], change["difference"]["value"], change["period"]) == (
        ours.noise,
        ours.difference.value,
        {"start": "2025-01-04", "end": "2025-02-01"},
    )


def test_a_target_is_one_of_three_states(owner: TestClient) -> None:
    assert owner.get("/metrics/nps/measure").json()["figures"][0]["target"] == {"value": 20, "state": "compatible"}


def test_an_answer_says_which_data_it_speaks_of(api: Api, owner: TestClient) -> None:
    told = owner.get("/metrics/nps/measure").json()
    assert (told["version"], told["data_end"], told["time_zone"]) == (1, "2025-04-11T13:00:00Z", "Europe/Madrid")


def test_what_a_curve_never_reached_is_beyond(owner: TestClient) -> None:
    parts = owner.get("/metrics/resolution_time/measure?where=status=open").json()["figures"][0]["parts"]
    assert (parts["median"]["value"], parts["median"]["beyond"]) == (None, ["value", "high"])


def test_what_single_people_said_is_shown_as_it_is_known_now_only(owner: TestClient) -> None:
    answer = owner.get("/metrics/enps/measure?as_of=1")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/docs#problem-protected")


def test_a_withheld_value_says_why(owner: TestClient) -> None:
    figure = owner.get("/metrics/nps/measure?min_n=1000").json()["figures"][0]
    assert (figure["parts"]["value"]["value"], figure["withheld"]) == (
        None,
        "not enough answers: 120 of at least 1,000",
    )


def test_the_data_can_be_read_as_they_were(owner: TestClient) -> None:
    told = owner.get("/metrics/nps/measure?as_of=0").json()
    assert (told["version"], told["figures"][0]["parts"]["value"]["n"]) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("by=chanel", "by", "channel"),
        ("where=chanel=chat", "where", "channel"),
        ("where=nonsense", "where", "channel=email,chat"),
        ("where=score>=many", "where", "not a number"),
        ("period=moth", "period", "month"),
        ("preset=relational", "preset", "relationship"),
        ("calendar=suport", "calendar", "support"),
        ("start=yesterday", "start", "2025-03-04"),
        ("end=1066", "end", "1970"),
        ("start=2025&end=2024", "end", "day after"),
        ("as_of=99", "as_of", "not kept"),
        ("as_of=9999-12-31", "as_of", "cannot be"),
        ("as_of=then", "as_of", "version"),
        ("compare=yesterday", "compare", "previous, last_year"),
        ("min_n=0", "min_n", "1 at least"),
        ("min_n=few", "min_n", "whole number"),
        ("preiod=month", "preiod", "no field"),
        ("period=day&start=1970&end=2100", "period", "5,000"),
        ("period=9999d&start=1970&end=2100", "period", "5,000"),
        ("where=" + "x" * 3000, "where.0", "2,000"),
        ("&".join(["by=team"] * 9), "by", "8"),
    ],
)
def test_a_question_that_makes_no_sense_names_the_field(owner: TestClient, asked: str, field: str, said: str) -> None:
    answer = owner.get(f"/metrics/nps/measure?{asked}")
    problem = answer.json()
    assert (answer.status_code, [one["field"] for one in problem["errors"]]) == (422, [field])
    assert said in f"{problem['detail']} {problem.get('hint')}"


def test_an_unknown_metric_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get("/metrics/npss/measure")
    assert (answer.status_code, answer.json()["hint"]) == (404, "Did you mean nps, enps, nps_gap?")


def test_json_that_is_none_is_refused(owner: TestClient) -> None:
    answer = owner.post("/metrics/nps/measure", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (422, "1: This is not JSON.")


def test_a_question_of_a_megabyte_is_refused(owner: TestClient) -> None:
    answer = owner.post("/metrics/nps/measure", json={"where": ["x" * 1_000_000]})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_a_lead_sees_the_figures_of_their_teams(api: Api, lead: TestClient) -> None:
    told = lead.get("/metrics/nps/measure?by=team&where=team=Soporte,Ventas").json()
    assert [f["keys"] for f in told["figures"]] == [{"team": "Ventas"}]
    assert {"dimension": "team", "operator": "=", "values": ["Ventas"]} in told["query"]["where"]


def test_a_lead_is_not_shown_what_knows_no_teams(lead: TestClient) -> None:
    assert lead.get("/metrics/social_mentions/measure").json()["type"].endswith("#problem-forbidden")


def test_what_is_known_already_is_not_sent_again(owner: TestClient) -> None:
    address = "/metrics/nps/measure?by=team"
    tag = owner.get(address).headers["etag"]
    again = owner.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("changed", ["by=channel", "by=team&as_of=0", "by=team&min_n=2"])
def test_another_question_is_another_answer(owner: TestClient, changed: str) -> None:
    tag = owner.get("/metrics/nps/measure?by=team").headers["etag"]
    assert owner.get(f"/metrics/nps/measure?{changed}", headers={"If-None-Match": tag}).status_code == 200


def test_a_lead_and_an_owner_share_no_answer(owner: TestClient, lead: TestClient) -> None:
    tag = owner.get("/metrics/nps/measure").headers["etag"]
    assert lead.get("/metrics/nps/measure", headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_is_kept_by_nobody_but_the_asker(owner: TestClient) -> None:
    assert owner.get("/metrics/nps/measure").headers["cache-control"] == "private, no-cache"
