"""What a change is worth: an hour is some of a doubling, and no wait gets shorter than nothing."""

from __future__ import annotations

from math import log2

import pytest

from latido.errors import UnknownNameError, UsageError
from latido.insights.chain import asked_of
from tests.insights.chain.test_planted import found


def test_an_hour_counts_as_much_as_it_is_of_a_doubling_from_the_median() -> None:
    worth = found().worth("resolution_time.hours", -1)
    assert worth.present is not None
    assert worth.doublings == pytest.approx(log2(worth.present) - log2(1 + worth.present))
    assert (worth.asked, worth.change, worth.unit) == (-1, -1, "h")


def test_a_wait_gets_no_shorter_than_nothing() -> None:
    worth = found().worth("first_reply_time.hours", -50)
    assert worth.present is not None
    assert (worth.asked, worth.change) == (-50, -worth.present)
    assert worth.doublings == pytest.approx(-log2(1 + worth.present))


def test_nothing_happens_less_often_than_never() -> None:
    worth = found().worth("transfer_rate.times", -5)
    (level,) = (now for now in found().now[worth.part.name] if now.variable.name == "transfer_rate.times")
    assert (worth.asked, worth.change) == (-5, pytest.approx(-level.value))


def test_twice_the_change_of_what_counts_as_it_is_is_worth_twice() -> None:
    one, two = (found().worth("transfer_rate.times", change) for change in (-0.05, -0.1))
    assert [2 * gain.effect.value for gain in one.gains] == pytest.approx([gain.effect.value for gain in two.gains])


def test_half_of_what_measures_waiting_is_worth_half_of_waiting() -> None:
    whole = found().found.effect("waiting", "effort").total  # type: ignore[union-attr]
    assert found().worth("first_reply_time", 1).gains[0].effect.value == pytest.approx(whole.value / 2)


def test_points_are_those_of_the_relationship_and_not_of_its_score() -> None:
    worth = found().worth("csat.score", 1)
    by_part = {gain.part.name: gain for gain in worth.gains}
    assert worth.points == by_part["loyalty"]
    assert by_part["loyalty"].effect.value > 20 * found().found.effect("satisfaction", "loyalty").total.value  # type: ignore[union-attr]


def test_who_stays_is_who_does_not_leave() -> None:
    worth = found().worth("csat.score", 1)
    kept, leaving = worth.kept, next(gain for gain in worth.gains if gain.part.leaves)
    assert kept is not None
    assert (kept.effect.value, kept.effect.low) == pytest.approx(
        (-10 * leaving.effect.value, -10 * leaving.effect.high)
    )


def test_customers_kept_are_of_those_who_wrote() -> None:
    worth = found().worth("csat.score", 1)
    assert worth.kept is not None
    assert worth.kept_of_all is not None
    assert worth.kept_of_all.value == pytest.approx(worth.kept.effect.value * worth.wrote / 1000)


def test_only_what_leads_somewhere_can_be_asked_for() -> None:
    names = set(asked_of(found().used))
    assert {"first_reply_time", "first_reply_time.hours", "ces", "csat.score", "nps.score"} <= names
    assert not {"churn_rate", "clv"} & names


@pytest.mark.parametrize("name", ["churn_rate", "first_reply"])
def test_what_leads_nowhere_is_answered_with_what_does(name: str) -> None:
    with pytest.raises(UnknownNameError):
        found().worth(name, -1)


@pytest.mark.parametrize("change", [0, float("nan"), float("inf")])
def test_no_change_is_worth_nothing(change: float) -> None:
    with pytest.raises(UsageError, match="by how much"):
        found().worth("ces", change)


def test_records_are_flat() -> None:
    assert set(found().worth("ces", 1).records()[0]) == {
        "metric", "change", "unit", "target", "in", "value", "low", "high", "n",
    }  # fmt: skip
