"""What is declared: metrics behind the names, and what is left when some say nothing."""

from __future__ import annotations

import pytest

from latido.config.chain import ChainSettings, usual
from latido.errors import UnknownNameError, UsageError
from latido.i18n import use
from latido.insights.chain import Declaration, declaration


def declared(**levels: dict[str, tuple[str, ...]]) -> Declaration:
    return declaration(ChainSettings.model_validate(levels))


def test_without_a_declaration_it_is_the_usual_chain() -> None:
    assert declaration(ChainSettings()) == declaration(usual())


def test_recommendation_is_asked_after_a_contact_in_the_journey_and_of_the_relationship_later() -> None:
    chain = declaration(usual())
    assert [chain.part(name).variables[0].preset for name in ("recommendation", "loyalty")] == [
        "transactional", "relationship",
    ]  # fmt: skip


def test_its_net_promoter_score_comes_along() -> None:
    points = declaration(usual()).part("loyalty").points
    assert points is not None
    assert (points.name, points.unit, points.preset) == ("nps", "points", "relationship")


def test_metrics_in_one_unit_are_averaged_and_others_levelled() -> None:
    chain = declaration(usual())
    assert (chain.part("waiting").mixed, chain.part("handling").mixed) == (False, True)


def test_a_metric_that_runs_against_the_first_counts_the_other_way() -> None:
    part = declared(touchpoint={"quick": ("first_contact_resolution", "resolution_time")}).parts[0]
    assert part.construct().signs == (1, -1)


def test_who_leaves_stands_at_the_end() -> None:
    with pytest.raises(UsageError, match="stands at the level “outcome”"):
        declared(relationship={"leaving": ("churn_rate",)})


def test_who_leaves_needs_dates() -> None:
    with pytest.raises(UnknownNameError, match="flagged"):
        declared(outcome={"leaving": ("churn_rate@flagged",)})


def test_what_single_people_said_is_no_link() -> None:
    with pytest.raises(UsageError, match="single people"):
        declared(journey={"staff": ("enps",)})


def test_what_led_to_a_link_that_is_gone_leads_to_what_it_led_to() -> None:
    left = declaration(usual()).without(["effort", "loyalty"])
    assert set(left.paths) == {
        ("waiting", "satisfaction"), ("handling", "satisfaction"), ("satisfaction", "recommendation"),
        ("satisfaction", "churn"), ("satisfaction", "value"),
    }  # fmt: skip


def test_usual_names_are_said_in_the_readers_language_and_ones_own_as_they_are() -> None:
    with use("es"):
        labels = [declaration(usual()).part("waiting").label, declared(journey={"Trato": ("ces",)}).parts[0].label]
    assert labels == ["Espera", "Trato"]
