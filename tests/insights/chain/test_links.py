"""What of a chain the data know: what is missing is skipped, and what too few rows know is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import ibis
import pytest

from latido.config.chain import ChainSettings, usual
from latido.facts.catalog import Derived
from latido.insights.chain import Chained, Source, chain, declaration
from latido.metrics.measurement import Period
from tests.insights.chain.lumbre import source

TABLES = ("tickets", "ticket_events", "subscriptions", "ticket_facts", "subscription_facts", "customer_facts")


def answered(answers: Any) -> Chained:
    """The usual chain of the demo company with other answers."""
    tables = {name: source().derived[name] for name in TABLES} | {"answers": answers}
    return chain(replace(source(), tables=Derived(tables.get)), declaration(usual()))


@cache
def without(*kinds: str, surveys: tuple[str, ...] = ()) -> Chained:
    """The chain where some questions were never asked."""
    answers = source().derived["answers"]
    return answered(answers.filter(~answers.kind.isin(("", *kinds)), ~answers.subject.isin(("", *surveys))))


def paths(found: Chained) -> set[tuple[str, str]]:
    return {(path.source.name, path.target.name) for path in found.paths}


def test_what_nothing_measures_is_skipped_over() -> None:
    found = without("ces")
    assert [part.name for part in found.missing] == ["effort", "value"]
    assert ("waiting", "satisfaction") in paths(found)


def test_without_a_survey_of_the_relationship_satisfaction_leads_to_who_leaves() -> None:
    found = without(surveys=("relationship",))
    assert ("satisfaction", "churn") in paths(found)
    assert {part.name for part in found.missing} >= {"loyalty"}


def test_without_any_answer_contacts_lead_to_who_leaves() -> None:
    assert paths(without("ces", "csat", "nps")) == {("waiting", "churn"), ("handling", "churn")}


def test_without_any_data_there_is_nothing() -> None:
    nothing = chain(Source(Derived(lambda _name: None), source().settings, source().execute), declaration(usual()))
    assert (nothing.used.parts, nothing.wrote) == ((), 0)


def few(rows: int) -> Any:
    """The same answers, but so few know both effort and satisfaction."""
    answers = source().execute(source().derived["answers"])
    about = answers[answers.kind == "ces"].subject_id
    both = answers[(answers.kind == "csat") & answers.subject_id.isin(about)]
    return ibis.memtable(answers.drop(index=both.index[rows:]))


@pytest.mark.parametrize(("rows", "left"), [(30, (("effort", "satisfaction"),)), (200, ())])
def test_a_path_that_too_few_rows_know_is_left_out(rows: int, left: tuple[tuple[str, str], ...]) -> None:
    found = answered(few(rows))
    assert (found.left, ("waiting", "satisfaction") in paths(found)) == (left, True)


def test_days_limit_what_was_said_and_not_what_came_after() -> None:
    year = chain(replace(source(), span=Period(date(2024, 7, 1), date(2025, 7, 1))), declaration(usual()))
    churn = next(path for path in year.paths if path.target.name == "churn")
    assert churn.n > 100


def test_a_chain_of_ones_own_is_followed() -> None:
    own = ChainSettings(touchpoint={"Espera": ("first_reply_time",)}, journey={"Trato": ("csat",)})
    found = chain(source(), declaration(own))
    assert [(path.source.name, path.target.name, path.holds) for path in found.paths] == [("Espera", "Trato", True)]
    assert found.now["Trato"][0].unit == "%"
