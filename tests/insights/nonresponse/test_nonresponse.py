"""Who does not answer: what the silent lived tells part of what they think, and where nothing does nothing moves."""

from __future__ import annotations

from functools import cache

import ibis
import pytest

from latido.demo.surveys import CSAT, RELATIONSHIP
from latido.insights.nonresponse import Nonresponse, Scored, nonresponse
from latido.insights.nonresponse.nonresponse import Whom
from latido.insights.nonresponse.traits import Trait
from latido.metrics.catalog import METRICS
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from tests.insights.nonresponse.lumbre import KIND_OF, of_everybody, tables

EXECUTE = ibis.get_backend().execute


@cache
def found(survey: int = RELATIONSHIP, *, planted: bool = True, whom: Whom = "asked", cap: float = 5) -> Nonresponse:
    metric = METRICS[KIND_OF[survey]]
    return nonresponse(tables(survey, planted=planted), Settings(), EXECUTE, metric, whom=whom, cap=cap)


def main(survey: int = RELATIONSHIP, *, planted: bool = True, whom: Whom = "asked", cap: float = 5) -> Scored:
    group = found(survey, planted=planted, whom=whom, cap=cap).main
    assert group is not None
    return group


def trait(group: Scored, name: str) -> Trait:
    return next(each for each in group.traits if each.name == name)


@pytest.mark.parametrize("survey", [RELATIONSHIP, CSAT])
def test_weighted_it_lies_nearer_to_what_everybody_thinks(survey: int) -> None:
    group, truth = main(survey), of_everybody(survey)
    assert abs(group.weighted.value - truth) < abs(group.raw.value - truth) - 1


@pytest.mark.parametrize("survey", [RELATIONSHIP, CSAT])
def test_the_second_method_says_the_same(survey: int) -> None:
    group = main(survey)
    assert group.robust.value == pytest.approx(group.weighted.value, abs=1)


@pytest.mark.parametrize("survey", [RELATIONSHIP, CSAT])
def test_where_silence_has_no_cause_the_score_stays_and_holds_the_truth(survey: int) -> None:
    group = main(survey, planted=False)
    assert group.weighted.value == pytest.approx(group.raw.value, abs=0.3)
    assert group.weighted.low <= of_everybody(survey, planted=False) <= group.weighted.high


def test_silence_that_comes_from_the_score_itself_is_not_mended() -> None:
    group = main()
    needed = group.tipping(of_everybody(RELATIONSHIP))
    assert needed.shift < -5
    assert group.shifted(needed.shift).value == pytest.approx(of_everybody(RELATIONSHIP))


def test_who_had_slow_or_reopened_tickets_answers_less() -> None:
    fine, *_some, worst = trait(main(), "rough").levels
    assert (fine.value, worst.value, worst.rate.high < fine.rate.low) == ("0", "3", True)


def test_what_tells_most_comes_first() -> None:
    assert [each.name for each in main().traits][:2] == ["rough", "tickets"]
    assert main(CSAT).traits[0].name == "about"


def test_who_people_are_is_told_apart_from_what_they_lived() -> None:
    assert {each.name for each in main().traits if not each.behaviour} == {"segment", "country"}


def test_weighted_answers_look_like_all_who_were_asked() -> None:
    raked = main(cap=20).raked
    assert raked is not None
    assert (raked.converged, raked.uncovered) == (True, 0)


def test_weights_stop_at_the_cap_and_cost_answers() -> None:
    raked = main(cap=2).raked
    assert raked is not None
    assert raked.weights.max() == pytest.approx(2)
    assert 0 < raked.capped < 1
    assert raked.effective < raked.n


def test_bounced_invitations_were_never_asked() -> None:
    result = found()
    every = EXECUTE(tables(RELATIONSHIP)["asks"].count())
    assert result.bounced + main().asked == every
    assert result.bounced > 0


def test_it_can_speak_for_all_customers() -> None:
    group = main(whom="customers")
    assert group.people != group.asked
    assert group.weighted.value < group.raw.value
    assert group.heard == pytest.approx(group.answered / group.people)


def test_filters_hold_for_those_who_were_asked() -> None:
    where = (Condition("country", "=", ("0",)),)
    some = nonresponse(tables(RELATIONSHIP), Settings(), EXECUTE, METRICS["nps"], where=where).main
    assert some is not None
    assert some.asked == trait(main(), "country").levels[0].asked


def test_few_answers_speak_for_nobody_else() -> None:
    strict = nonresponse(tables(CSAT), Settings(min_n=10_000), EXECUTE, METRICS["csat"]).main
    assert strict is not None
    assert (strict.raw.known, strict.weighted.known, strict.raked) == (False, False, None)


def test_without_invitations_there_is_nothing_to_weight() -> None:
    assert nonresponse(tables(RELATIONSHIP), Settings(), EXECUTE, METRICS["ces"]).groups == ()


def test_no_shift_leaves_the_scale() -> None:
    assert main().shifted(-1000).value == -100
    assert main(CSAT).shifted(1000).value == 100


def test_records_are_flat() -> None:
    (record,) = found().records()
    assert (record["metric"], record["survey_kind"], record["raw"]) == ("nps", "relationship", main().raw.value)
