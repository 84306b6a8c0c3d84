"""Targets are listed beside what the metrics are now."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.settings_forms import write
from tests.web.visitors import visitor

HOME = "/settings/targets"


def row(page: str, metric: str) -> str:
    """What the table says of a metric, as text."""
    found = re.search(rf'<tr><th scope="row"><a href="[^"]*metric={metric}">.*?</tr>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_a_target_stands_beside_the_figure_and_its_state() -> None:
    app, people = served()
    told = row(visitor(app, people.viewer).get(HOME).text, "nps")
    assert told == "Net promoter score (NPS) 38.5 25.2 to 50.2 20.0 On target"


def test_without_data_the_target_waits(owner: TestClient) -> None:
    assert "no data yet" in row(owner.get(HOME).text, "nps")


def test_metrics_without_a_target_can_get_one(owner: TestClient) -> None:
    offered = set(re.findall(r'class="chip" href="/settings/targets/edit\?metric=(\w+)"', owner.get(HOME).text))
    assert ("csat" in offered, "nps" in offered) == (True, False)


def test_targets_of_groups_are_counted(app: Starlette, owner: TestClient) -> None:
    write(app, "csat = {value = 85, team = {Ventas = 80, Sales = 82}}\n")
    assert "2 groups" in row(owner.get(HOME).text, "csat")
