"""How many values it takes: by the metric's own level, spread and pace, in its own unit."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from math import isnan, sqrt
from typing import Any

import ibis
import pytest

from latido.errors import UsageError
from latido.facts.catalog import Derived
from latido.insights.plan import Assumed, Need, Plan, Wanted, imagined, plan
from latido.metrics.catalog import METRICS
from latido.metrics.query import Query
from latido.metrics.settings import Settings
from latido.stats.design import Design
from latido.stats.power import Mean, Score, Share, margin, sample_size, sample_size_for_margin, smallest_difference
from tests.metrics.tables import at, table

DAYS = 365
START = at("2024-01-01 08:00")
SETTINGS = Settings(data_end=at("2024-12-31 23:00"), brand="Acme")
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
KINDS = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


@cache
def desk() -> Derived:
    """A year of a desk: three in four tickets in the north, each third invitation answered."""
    chance = random.Random(4)
    tickets, asks, answers = [], [], []
    for i in range(2_000):
        created = START + timedelta(days=chance.randrange(DAYS - 1), minutes=chance.randrange(600))
        team, who = chance.choice(("north", "north", "north", "south")), f"c{chance.randrange(5_000)}"
        tickets.append({"ticket_id": f"t{i}", "customer_id": who, "created": created, "team": team, "status": "solved",
                        "first_replied": created + timedelta(minutes=chance.expovariate(1 / 60) + 1),
                        "solved": created + timedelta(hours=5), "reopens": int(i % 9 == 0)})  # fmt: skip
        for kind, (low, high) in KINDS.items():
            key = f"{kind}{i}"
            about = {"kind": kind, "customer_id": who, "subject": "ticket", "subject_id": f"t{i}", "survey": kind}
            asks.append({"ask_id": key, "asked": created + timedelta(hours=6), **about})
            if i % 3 == 0:
                answers.append({"answer_id": key, "ask_id": key, "answered": created + timedelta(hours=8), **about,
                                "score": float(chance.choice(range(high - 4, high + 1))), "scale_low": float(low),
                                "scale_high": float(high)})  # fmt: skip
    customers = [{"customer_id": f"c{i}", "created": START - timedelta(days=30)} for i in range(5_000)]
    made = {"tickets": tickets, "asks": asks, "answers": answers, "customers": customers}
    return Derived({name: table(name, rows) for name, rows in made.items()}.get)


def planned(metric: str, by: tuple[str, ...] = (), assumed: Assumed | None = None, **wanted: Any) -> Plan:
    execute = ibis.get_backend().execute
    query = Query(metric, by=by, start=FIRST, end=LAST)
    return plan(desk(), SETTINGS, execute, query, wanted=Wanted(**wanted), assumed=assumed)


def need(metric: str, assumed: Assumed | None = None, **wanted: Any) -> Need:
    (only,) = planned(metric, assumed=assumed, **wanted).needs
    return only


def design(one: Need, groups: int = 2, **more: Any) -> Design:
    return Design(groups=groups, deff=one.present.deff, response=one.present.response or 1, **more)


def test_a_score_s_difference_takes_what_the_formula_says() -> None:
    one = need("nps", size=5)
    assert one.needed == sample_size(Score(one.present.sd**2), 5, design(one))


def test_a_share_s_difference_is_in_points_of_per_cent() -> None:
    one = need("csat", size=5)
    step = -0.05 if one.present.now.value > 50 else 0.05
    assert one.needed == sample_size(Share(one.present.now.value / 100), step, design(one))


def test_a_mean_s_difference_is_in_points_of_its_scale() -> None:
    one = need("ces", size=0.2)
    assert one.needed == sample_size(Mean(one.present.sd), 0.2, design(one))


def test_a_median_s_interval_narrows_with_the_root_of_n() -> None:
    wide, narrow = need("first_reply_time", size=1200), need("first_reply_time", size=600)
    assert wide.needed is not None
    assert narrow.needed is not None
    assert narrow.needed.n == pytest.approx(4 * wide.needed.n, rel=0.01)


def test_what_is_needed_for_a_median_is_what_shows_it() -> None:
    one = need("first_reply_time", size=900)
    assert one.needed is not None
    assert one.seen * sqrt(one.have / one.needed.n) == pytest.approx(900, rel=0.02)


def test_what_a_month_shows_is_the_smallest_difference_of_its_values() -> None:
    one = need("nps", size=5)
    assert one.have == pytest.approx(one.present.n / 365 * 365.25 / 12)
    assert one.seen == pytest.approx(smallest_difference(Score(one.present.sd**2), one.have, design(one)))


def test_invitations_are_as_many_as_answer_seldom() -> None:
    one = need("nps", size=5)
    assert one.present.response == pytest.approx(1 / 3, abs=0.01)
    assert one.needed is not None
    assert one.needed.invitations == pytest.approx(3 * one.needed.n, rel=0.02)


def test_tickets_are_asked_for_by_nobody() -> None:
    assert need("reopen_rate", size=3).present.response is None


def test_each_group_has_its_own_pace() -> None:
    found = planned("nps", by=("team",), size=10)
    assert [one.present.keys["team"] for one in found.needs] == ["north", "south"]
    assert found.needs[0].have > 2 * found.needs[1].have


def test_all_groups_together_stand_beside_them() -> None:
    found = planned("nps", by=("team",), size=10)
    assert found.whole is not None
    assert found.whole.have == pytest.approx(sum(one.have for one in found.needs))


def test_longer_periods_have_more() -> None:
    found = planned("nps", by=("team",), size=15)
    assert [name for name, _enough in found.longer] == ["quarter", "year"]
    assert found.enough <= found.longer[0][1] <= found.longer[1][1]


def test_a_survey_is_as_large_as_its_margin_is_small() -> None:
    one = need("csat", kind="survey", size=4)
    share = Share(one.present.now.value / 100)
    assert one.needed == sample_size_for_margin(share, 0.04, design(one, 1))
    assert one.seen == pytest.approx(100 * margin(share, one.have, design(one, 1)))


def test_few_customers_need_fewer_answers() -> None:
    many, few = need("csat", kind="survey", size=4), need("csat", kind="survey", size=4, population=300)
    assert many.needed is not None
    assert few.needed is not None
    assert few.needed.n < many.needed.n / 2


def test_customers_can_be_counted() -> None:
    assert need("nps", kind="survey", size=3, population="customers").population == 5_000


def test_a_test_s_smaller_group_costs_more_in_all() -> None:
    half, fifth = need("nps", kind="test", size=10), need("nps", kind="test", size=10, share=0.2)
    assert half.parts is not None
    assert fifth.parts is not None
    assert (half.parts[0], sum(fifth.parts) > sum(half.parts)) == (half.parts[1], True)
    assert fifth.parts[1] == pytest.approx(4 * fifth.parts[0], rel=0.01)


def test_a_target_is_as_near_as_the_present_figure_is() -> None:
    one = need("nps", kind="target", goals=lambda _keys: 90.0)
    away = 90 - one.present.now.value
    assert (one.needed, one.told) == (sample_size(Score(one.present.sd**2), away, design(one, 1)), True)


def test_a_figure_that_its_interval_cannot_tell_from_the_target_is_not_told() -> None:
    level = need("nps", size=5).present.now.value
    one = need("nps", kind="target", goals=lambda _keys: level + 1)
    assert (one.told, one.periods > 1) == (False, True)


def test_without_a_size_it_says_what_can_be_seen() -> None:
    one = need("nps")
    assert (one.needed, one.seen > 0, isnan(one.periods)) == (None, True, True)


def test_there_is_no_difference_beyond_the_scale() -> None:
    assert need("csat", size=100).needed is None


def test_what_is_assumed_takes_the_place_of_what_is_known() -> None:
    one = need("nps", Assumed(sd=80, n=1000, response=0.1, deff=2), size=5)
    assert (one.present.sd, one.have, one.present.response, one.present.deff) == (80, 1000, 0.1, 2)
    assert one.needed is not None
    assert one.needed.invitations == 10 * one.needed.n


def test_without_data_a_score_is_as_spread_as_it_can_be() -> None:
    (one,) = imagined(METRICS["nps"], Wanted(size=5), Assumed(value=20)).needs
    assert one.needed == sample_size(Score(9600), 5)


def test_counts_cannot_be_planned() -> None:
    with pytest.raises(UsageError, match="cannot be planned"):
        planned("ticket_volume")


def test_records_are_flat() -> None:
    (record,) = planned("nps", size=5).records()
    assert (record["metric"], record["kind"], record["size"]) == ("nps", "change", 5)
