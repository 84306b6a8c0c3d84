"""The chain that is planted in the demo company is found: every link's interval holds what can be counted there."""

from __future__ import annotations

from functools import cache

import pytest

from latido.config.chain import usual
from latido.demo.effects import PLANTED
from latido.insights.chain import Chained, chain, declaration
from tests.insights.chain.lumbre import source, truths


@cache
def found() -> Chained:
    return chain(source(), declaration(usual()))


LINKS = [
    ("waiting", "effort"), ("handling", "effort"), ("effort", "satisfaction"), ("satisfaction", "recommendation"),
    ("satisfaction", "loyalty"), ("loyalty", "churn"),
]  # fmt: skip


@pytest.mark.parametrize("link", [*LINKS, ("waiting", "satisfaction")], ids="→".join)
def test_a_link_holds_what_was_ticked(link: tuple[str, str]) -> None:
    effect = found().found.effect(*link).direct  # type: ignore[union-attr]
    assert effect.low < truths()[link] < effect.high


@pytest.mark.parametrize("link", LINKS, ids="→".join)
def test_a_link_is_the_same_least_squares(link: tuple[str, str]) -> None:
    effect = found().found.effect(*link).direct  # type: ignore[union-attr]
    assert effect.value == pytest.approx(truths()[link], rel=0.02)


@pytest.mark.parametrize("link", LINKS, ids="→".join)
def test_every_planted_link_is_told_from_zero(link: tuple[str, str]) -> None:
    assert next(path for path in found().paths if (path.source.name, path.target.name) == link).holds


def test_nothing_of_waiting_goes_past_the_effort() -> None:
    straight = next(
        path for path in found().paths if path.target.name == "satisfaction" and path.source.name == "waiting"
    )
    assert not straight.holds


def test_the_whole_way_is_the_product_of_what_was_ticked() -> None:
    told = truths()
    ease = told["waiting", "effort"] * told["effort", "satisfaction"] + told["waiting", "satisfaction"]
    whole = found().found.effect("waiting", "churn").total  # type: ignore[union-attr]
    assert whole.low < ease * told["satisfaction", "loyalty"] * told["loyalty", "churn"] < whole.high


def test_rounding_and_silence_flatten_what_was_planted() -> None:
    told = truths()
    flattened = (told["effort", "satisfaction"] / PLANTED.satisfaction_per_ease,
                 told["satisfaction", "recommendation"] / PLANTED.recommendation_per_satisfaction)  # fmt: skip
    assert [0.7 < share < 1.02 for share in flattened] == [True, True]


def test_partial_least_squares_say_nearly_the_same() -> None:
    other = chain(source(), declaration(usual()), "pls")
    pairs = zip(found().paths, other.paths, strict=True)
    assert [a.strength.value for a, _b in pairs] == [pytest.approx(b.strength.value, abs=0.047) for b in other.paths]


def test_a_quicker_reply_goes_with_recommendation_and_with_who_stays() -> None:
    worth = found().worth("first_reply_time.hours", -0.5)
    assert worth.points is not None
    assert worth.kept is not None
    assert (worth.points.effect.low > 0, worth.kept.effect.low > 0) == (True, True)
