"""Metrics side by side: each value is the one that the metric itself counts, on the row that it belongs to."""

from __future__ import annotations

import math
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest

from latido.errors import UnknownNameError, UsageError
from latido.facts.catalog import Derived
from latido.metrics.measurement import Period
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from latido.metrics.units import GRAINS, Units, grain, moments, offered, units, variable
from latido.stats.moments import of_rows
from tests.metrics.tables import MONDAY, after, became, derived, desk, said, story, table

HOUR = 60
SETTINGS = Settings(data_end=after(40 * 24 * HOUR))
run = ibis.get_backend().execute


def answer(number: int, kind: str, score: float, ticket: str | None, **columns: Any) -> dict[str, Any]:
    scales = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rating": (1, 5)}
    about = {"subject": "ticket", "subject_id": ticket} if ticket else {"subject": "relationship", "subject_id": None}
    low, high = scales[kind]
    return {"answer_id": f"a{number}", "kind": kind, "score": score, "scale_low": float(low),
            "scale_high": float(high), "answered": after(60 * HOUR), "customer_id": f"c{number}", "question": None,
            **about, **columns}  # fmt: skip


def two_tickets() -> Derived:
    """One is answered after one hour, and after three; the other waits still."""
    return derived(desk(
        story("t1", said("agent", HOUR, author_id="ann"), became("solved", 3 * HOUR), customer_id="c1", channel="chat"),
        story("t2", said("customer", 1), customer_id="c2", channel="email"),
        answers=table("answers", [
            answer(1, "csat", 4, "t1", customer_id="c1"), answer(2, "csat", 2, "t1", customer_id="c1"),
            answer(3, "nps", 9, "t1", customer_id="c1"), answer(4, "nps", 3, None, customer_id="c1"),
            answer(5, "nps", 10, "t2", customer_id="c2", blind=True, brand="other"),
        ]),
    ))  # fmt: skip


def beside(tables: Any, at: str, *names: str, **more: Any) -> pd.DataFrame:
    """The rows, by key."""
    level = grain(at)
    found = units(tables, SETTINGS, run, level, [variable(name, level) for name in names], **more)
    frame: pd.DataFrame = run(found.rows)
    return frame.rename(columns={c: name for name, c in found.columns.items()}).set_index(list(level.keys)).sort_index()


def test_a_wait_counts_in_doublings_or_hours_and_one_that_lasts_is_unknown() -> None:
    found = beside(two_tickets(), "ticket", "first_reply_time", "resolution_time.hours", "transfer_rate")
    assert found.loc["t1", "first_reply_time"] == 1.0
    assert found.loc["t1", "resolution_time.hours"] == 3.0
    assert math.isnan(found.loc["t2", "first_reply_time"])


def test_answers_belong_to_the_ticket_that_they_are_about() -> None:
    found = beside(two_tickets(), "ticket", "csat", "csat.score", "nps", "nps.score")
    assert found.loc["t1"].drop("block").to_dict() == {"csat": 50, "csat.score": 3, "nps": 100, "nps.score": 9}


def test_kinds_of_surveys_are_never_merged_and_blind_ones_never_count() -> None:
    found = beside(two_tickets(), "customer", "nps.score")
    assert found["nps.score"].to_dict() == {"c1": 3}


def test_another_reading_of_the_definition_can_be_named() -> None:
    assert beside(two_tickets(), "customer", "nps@transactional")["nps@transactional"].to_dict() == {"c1": 100}


def test_how_many_is_nothing_where_there_are_none() -> None:
    found = beside(two_tickets(), "customer", "ticket_volume", "nps.score@relationship")
    assert found["ticket_volume"].to_dict() == {"c1": 1, "c2": 1}
    alone = beside(two_tickets(), "customer", "nps.score@relationship", "ticket_volume",
                   where=(Condition("channel", "=", ("none",)),))  # fmt: skip
    assert len(alone) == 0


def test_only_the_most_frequent_scale_counts() -> None:
    scales = [answer(n, "csat", 5, f"t{n}") for n in range(3)]
    scales.append({**answer(9, "csat", 1, "t9"), "scale_high": 3.0})
    found = beside(derived({"answers": table("answers", scales)}), "ticket", "csat.score")
    assert sorted(found.index) == ["t0", "t1", "t2"]


def test_a_question_is_a_column_of_its_own() -> None:
    asked = [answer(n, "rating", n % 5 + 1, None, customer_id=f"c{n // 2}", question=("Seat", "Food")[n % 2])
             for n in range(8)]  # fmt: skip
    found = beside(derived({"answers": table("answers", asked)}), "customer", "question:Seat", "question:Food")
    assert found.loc["c1", ["question:Seat", "question:Food"]].tolist() == [3, 4]


def test_a_team_s_week_is_a_row() -> None:
    tables = desk(*(
        story(f"t{n}", said("agent", 60), became("solved", 90), created=after(n * 7 * 24 * HOUR), team="north")
        for n in range(3)
    ))  # fmt: skip
    found = beside(derived(tables), "team_week", "ticket_volume", "first_reply_time")
    assert [key[1][:10] for key in found.index] == ["2024-03-04", "2024-03-11", "2024-03-18"]
    assert found["first_reply_time"].tolist() == [1, 1, 1]


def test_days_and_filters_hold_for_all_columns() -> None:
    days = Period(MONDAY.date(), after(30 * 24 * HOUR).date())
    found = beside(
        two_tickets(), "ticket", "first_reply_time", span=days, where=(Condition("channel", "=", ("email",)),)
    )
    assert len(found) == 0


def test_all_rows_of_a_customer_are_in_one_block() -> None:
    tickets = [story(f"t{n}", said("agent", 5), customer_id=f"c{n // 3}", created=after(n)) for n in range(60)]
    tables = derived(desk(*tickets))
    level = grain("ticket")
    found = units(tables, SETTINGS, run, level, [variable("first_reply_time", level)])
    frame = run(found.rows)
    frame["customer"] = frame.ticket_id.str.removeprefix("t").astype(int) // 3
    assert frame.groupby("customer").block.nunique().max() == 1
    assert frame.block.nunique() > 10


def test_what_single_people_said_of_their_work_is_refused() -> None:
    with pytest.raises(UsageError, match="single people"):
        variable("enps")


def test_what_says_nothing_of_single_rows_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError) as raised:
        variable("backlog")
    assert "first_reply_time" in str(raised.value.hint)


@pytest.mark.parametrize("text", ["nsp", "nps.hours", "nps@blnd"])
def test_wrong_names_say_the_nearest(text: str) -> None:
    with pytest.raises(UnknownNameError):
        variable(text)


def test_a_metric_that_does_not_know_the_grain_is_named() -> None:
    level = grain("ticket")
    with pytest.raises(UsageError, match="ticket"):
        units(two_tickets(), SETTINGS, run, level, [variable("churn_rate", level)])


@pytest.mark.parametrize("metric", offered(), ids=lambda metric: metric.name)
def test_every_metric_that_is_offered_can_be_put_side_by_side(metric: Any) -> None:
    assert variable(metric.name).unit


def wide(n: int = 500) -> tuple[Units, pd.DataFrame]:
    """Columns in memory, with holes."""
    chance = np.random.default_rng(7)
    frame = pd.DataFrame(chance.normal(50, 3, (n, 3)), columns=["v0", "v1", "v2"])
    frame.loc[chance.random(n) < 0.2, "v2"] = np.nan
    frame["block"], frame["region"] = chance.integers(0, 128, n), chance.choice(["n", "s"], n)
    names = ("ces", "csat", "nps")
    rows = ibis.memtable(frame.astype({"v2": "Float64"}))
    return Units(
        GRAINS["ticket"], tuple(map(variable, names)), rows, dict(zip(names, frame.columns[:3], strict=True))
    ), frame


def test_moments_are_those_of_the_rows() -> None:
    found, frame = wide()
    mine = moments(found, run)[None]
    theirs = of_rows(mine.names, frame[["v0", "v1", "v2"]], blocks=frame.block)
    assert mine.n.tolist()[: len(theirs.n)] == theirs.n.tolist()
    assert mine.total().covariance == pytest.approx(theirs.total().covariance)
    assert mine.total().mean == pytest.approx(theirs.total().mean)


def test_what_is_missing_can_be_set_to_the_mean() -> None:
    found, frame = wide()
    mine = moments(found, run, fill=True)[None].total()
    filled = frame[["v0", "v1", "v2"]].fillna(frame[["v0", "v1", "v2"]].mean())
    assert (mine.n, mine.covariance) == (500, pytest.approx(filled.cov(ddof=0).to_numpy()))


def test_each_segment_has_its_own() -> None:
    found, frame = wide()
    mine = moments(found, run, ["ces", "csat"], by="region")
    assert {name: float(each.n.sum()) for name, each in mine.items()} == frame.region.value_counts().to_dict()


def test_weights_count() -> None:
    found, frame = wide()
    mine = moments(found, run, ["ces", "csat"], weight="v1")[None].total()
    assert mine.mean[0] == pytest.approx(np.average(frame.v0, weights=frame.v1))
