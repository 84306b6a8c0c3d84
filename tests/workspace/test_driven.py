"""Drivers in a workspace: the demo company's planted causes are found, and what is not said is chosen sensibly."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import latido
from latido import Workspace
from latido.demo import generate
from latido.errors import UnknownNameError, UsageError
from latido.workspace.driven import changes, names
from tests.company import company

NEEDED = {"roster", "customers", "contracts", "help desk", "effort", "relationship NPS"}
CAUSES = {
    "first_reply": "first_reply_time", "resolution": "resolution_time", "transfers": "transfer_rate.times",
    "reopens": "reopen_rate.times", "touches": "agent_touches",
}  # fmt: skip
SPAIN = {"where": "country=ES", "calendar": "lumbre-es"}


@pytest.fixture(scope="module")
def lumbre(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A tenth of the demo company, imported from the systems that this is about."""
    made = generate(Path(tmp_path_factory.mktemp("lumbre")), seed=7, scale=0.1)
    workspace = latido.open(made.root)
    for group in made.groups:
        if group.name in NEEDED:
            workspace.import_files(group.files, source=group.source, mapping=group.mapping)
    return workspace


def test_what_makes_it_hard_is_found_at_its_size(lumbre: Workspace) -> None:
    truths = json.loads((lumbre.root / "truths.json").read_text())["chain"]["ces_on_causes"]
    found = lumbre.drivers("ces", list(CAUSES.values()), **SPAIN)
    sure = {cause: found.named(name).driver.coefficient for cause, name in CAUSES.items()}
    assert {cause for cause, estimate in sure.items() if estimate.low <= truths[cause] <= estimate.high} == set(CAUSES)


def test_waiting_comes_first(lumbre: Workspace) -> None:
    found = lumbre.drivers("ces", **SPAIN)
    assert {each.variable.name for each in found.ranked[:2]} == {"first_reply_time", "resolution_time"}
    assert found.grain.name == "ticket"


def test_an_hour_less_of_waiting_makes_it_easier_by_both_models(lumbre: Workspace) -> None:
    found = lumbre.drivers("ces", what_if={"first_reply_time.hours": -1}, **SPAIN)
    assert found.what_if is not None
    assert [effect.line.low > 0 and effect.answers.low > 0 for effect in found.what_if.effects] == [True]


def test_who_leaves_is_looked_for_after_the_days_of_the_drivers(lumbre: Workspace) -> None:
    found = lumbre.drivers("churn_rate", "nps.score")
    assert (found.grain.name, found.span is not None, found.after is not None) == ("customer", True, True)
    assert found.span.end == found.after.start  # type: ignore[union-attr]
    assert (found.after.end - found.after.start).days == 183  # type: ignore[union-attr]
    assert found.ranked[0].driver.coefficient.value < 0


def test_following_must_end_before_the_data_do(lumbre: Workspace) -> None:
    with pytest.raises(UsageError, match="the data end too soon"):
        lumbre.drivers("churn_rate", "nps.score", end=date(2026, 6, 1))


def test_a_rule_that_there_is_not_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="complete"):
        latido.open(company()).drivers("nps.score", missing="zero")


def test_wordings_may_have_commas() -> None:
    assert names(["ces, csat.score", "question:Clean, and quick?"]) == [
        "ces",
        "csat.score",
        "question:Clean, and quick?",
    ]


def test_a_change_is_a_driver_and_a_number() -> None:
    assert changes(["first_reply_time.hours=-1", "question:A=b?=0.5"]) == {
        "first_reply_time.hours": -1,
        "question:A=b?": 0.5,
    }


@pytest.mark.parametrize("text", ["ces", "ces=more", "=1"])
def test_what_says_no_number_is_answered_with_how_to_write_it(text: str) -> None:
    with pytest.raises(UsageError, match="by how much"):
        changes([text])


def test_an_unknown_dimension_is_answered_with_the_nearest(lumbre: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="channel"):
        lumbre.drivers("ces", by="chanel")
