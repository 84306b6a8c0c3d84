"""A chain is declared level by level, and what cannot be one is refused with the way out."""

from __future__ import annotations

import pytest

from latido.config import parse
from latido.config.chain import usual
from latido.errors import ConfigError

LEVELS = """
[chain.touchpoint]
waiting = ["first_reply_time"]
passing = ["transfer_rate.times"]
[chain.journey]
ease = ["ces"]
content = ["csat.score"]
[chain.relationship]
loyal = ["nps.score"]
[chain.outcome]
left = ["churn_rate"]
worth = ["clv"]
"""


def test_without_a_declaration_there_are_no_links() -> None:
    assert parse("").chain.links == ()


def test_the_usual_chain_is_a_chain() -> None:
    assert [link.name for link in usual().links] == [
        "waiting", "handling", "effort", "satisfaction", "recommendation", "loyalty", "churn", "value",
    ]  # fmt: skip


def test_without_paths_contacts_lead_to_all_of_the_journey_and_each_from_there_to_the_next() -> None:
    assert parse(LEVELS).chain.pairs == (
        ("waiting", "ease"), ("passing", "ease"), ("waiting", "content"), ("passing", "content"),
        ("content", "loyal"), ("loyal", "left"), ("loyal", "worth"), ("ease", "content"),
    )  # fmt: skip


def test_paths_that_are_declared_are_those() -> None:
    declared = '[chain]\npaths = ["waiting > ease", "ease>left"]\n' + LEVELS
    assert parse(declared).chain.pairs == (("waiting", "ease"), ("ease", "left"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("ease = ", "waiting = "), "“waiting” stands at two levels"),
        (("csat.score", "ces"), "ces measures two things"),
        (('["ces"]', "[]"), "“ease” needs a metric"),
        (("ease =", '"a > b" ='), "cannot be the name"),
        (("[chain.touchpoint]", '[chain]\npaths = ["ease > waiting"]\n[chain.touchpoint]'), "runs backwards"),
        (("[chain.touchpoint]", '[chain]\npaths = ["ease > easy"]\n[chain.touchpoint]'), "not in the chain"),
        (("[chain.touchpoint]", '[chain]\npaths = ["ease>left", "ease > left"]\n[chain.touchpoint]'), "twice"),
        (("[chain.journey]", "[chain.jurney]"), "jurney"),
    ],
)
def test_what_cannot_be_a_chain_is_refused(change: tuple[str, str], rule: str) -> None:
    with pytest.raises(ConfigError, match=rule):
        parse(LEVELS.replace(*change))


def test_a_metric_may_be_asked_of_a_contact_and_of_the_relationship() -> None:
    assert [link.metrics for link in usual().links if link.name in {"recommendation", "loyalty"}] == [
        ("nps.score",)
    ] * 2
