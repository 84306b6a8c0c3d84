"""What all metrics share: groups, periods, evidence, and the rows behind a figure."""

from __future__ import annotations

from datetime import date, timedelta
from math import isnan
from typing import Any

import ibis
import pandas as pd
import pytest

from latido.errors import UnknownNameError, UsageError
from latido.metrics import measure, trace
from latido.metrics.query import Condition, Query
from latido.metrics.settings import Settings
from tests.metrics.tables import answers, at, created, mentions


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"query": "npss"}, "There is no metric called “npss”. Did you mean nps"),
        ({"query": "nps", "preset": "blnd"}, "preset of nps called “blnd”. Did you mean blind"),
        ({"query": "nps", "by": "chanel"}, "dimension of nps called “chanel”. Did you mean channel"),
        ({"query": "nps", "period": "mont"}, "period called “mont”. Did you mean month"),
        ({"query": "mention_response_time", "calendar": "ofice"}, "calendar called “ofice”"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(asked: dict[str, Any], hint: str) -> None:
    with pytest.raises(UnknownNameError, match=hint):
        measure(tables={"answers": answers(10), "mentions": mentions({"occurred": "2024-03-04"})}, **asked)


def test_a_question_may_be_an_object() -> None:
    query = Query("nps", where=(Condition("channel", "=", ("email",)),))
    assert measure(query, {"answers": answers(10, 0, channel=["email", "chat"])}).value == 100


def test_an_object_s_fields_can_be_replaced() -> None:
    assert measure(Query("nps"), {"answers": answers(10)}, min_n=2).figure.withheld is not None


def test_groups_add_up_to_the_whole_also_where_the_dimension_is_missing() -> None:
    tables = {"answers": answers(10, 9, 3, 10, None, channel=["email", None, "chat", None, "chat"])}
    whole, groups = measure("nps", tables).figure, measure("nps", tables, by="channel").figures
    assert [(f.keys["channel"], f.estimate.n) for f in groups] == [("chat", 1), ("email", 1), (None, 2)]
    assert sum(f.left_out.get("no_score", 0) for f in groups) == whole.left_out["no_score"]


def test_several_dimensions_split_by_each_of_their_combinations() -> None:
    tables = {"answers": answers(10, 9, 3, channel=["email", "email", "chat"], language=["es", "en", "es"])}
    found = measure("nps", tables, by=["channel", "language", "channel"])
    assert [tuple(f.keys.values()) for f in found.figures] == [("chat", "es"), ("email", "en"), ("email", "es")]


def test_a_workspace_s_own_column_is_a_dimension_without_its_prefix() -> None:
    tables = {"answers": answers(10, 3, x_shop=["north", "south"])}
    assert [f.keys["shop"] for f in measure("nps", tables, by="shop").figures] == ["north", "south"]


def test_a_truth_value_can_be_split_by_and_looked_up() -> None:
    tables = {"answers": answers(10, 3, 3, blind=[True, False, False], brand="Lumbre")}
    found = measure("nps", tables, by="blind")
    assert {f.keys["blind"] for f in found.figures} == {"false", "true"}
    assert len(found.trace(blind="false")) == 2


@pytest.mark.parametrize(("settings", "asked"), [(Settings(min_n=3), {}), (Settings(), {"min_n": 3})])
def test_below_the_least_evidence_the_value_is_withheld(settings: Settings, asked: dict[str, Any]) -> None:
    figure = measure("nps", {"answers": answers(10, 9)}, settings, **asked).figure
    assert (isnan(figure.estimate.value), figure.estimate.n) == (True, 2)
    assert str(figure.withheld) == "not enough answers: 2 of at least 3"


def test_a_count_of_few_is_a_figure() -> None:
    assert measure("ticket_volume", created("2024-03-04 09:00"), min_n=30).value == 1


def test_a_period_is_half_open() -> None:
    found = measure("ticket_volume", created("2024-03-04 23:59:59.9", "2024-03-05 00:00"), period="day")
    assert [f.estimate.value for f in found.figures] == [1, 1]


def test_weeks_begin_on_monday() -> None:
    found = measure("ticket_volume", created("2024-03-03 12:00", "2024-03-04 12:00"), period="week")
    assert [f.period.start for f in found.figures if f.period] == [date(2024, 2, 26), date(2024, 3, 4)]


def test_a_span_leaves_out_what_lies_outside() -> None:
    tables = created("2024-03-03 12:00", "2024-03-04 12:00", "2024-03-05 00:00")
    assert measure("ticket_volume", tables, start=date(2024, 3, 4), end=date(2024, 3, 5)).value == 1


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="5 Mar 2024 is not before 4 Mar 2024"):
        measure("ticket_volume", created("2024-03-04"), start=date(2024, 3, 5), end=date(2024, 3, 4))


def test_a_span_after_the_data_is_empty() -> None:
    assert measure("ticket_volume", created("2024-03-04"), period="month", start=date(2025, 1, 1)).value == 0


def test_a_period_without_rows_has_the_metric_s_own_parts() -> None:
    tables = {"mentions": mentions({"occurred": "2024-01-04"}, {"occurred": "2024-03-04"})}
    found = measure("mention_response_time", tables, period="month")
    assert [list(f.parts) for f in found.figures] == [["median", "p90", "mean_finished"]] * 3


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "Pacific/Chatham"])
def test_windows_of_28_days_are_the_direct_counts(zone: str) -> None:
    stamps = [at("2024-02-01") + timedelta(hours=7 * i) for i in range(250)]
    tables = created(*(f"{s:%Y-%m-%d %H:%M}" for s in stamps))
    found = measure("ticket_volume", tables, Settings(time_zone=zone), period="28d")
    days = pd.Series(stamps).dt.tz_convert(zone).dt.date
    direct = [
        int(days.between(f.period.start, f.period.end - timedelta(days=1)).sum()) for f in found.figures if f.period
    ]
    assert [f.estimate.value for f in found.figures] == direct
    assert len(direct) == (days.max() - days.min()).days + 1 - 27


def test_a_window_is_shown_once_it_is_whole() -> None:
    found = measure("ticket_volume", created("2024-03-04", "2024-03-13"), period="7d")
    assert [f.period.start for f in found.figures if f.period][:1] == [date(2024, 3, 4)]


def test_the_rows_behind_a_figure_say_why_they_are_in_or_out() -> None:
    tables = {"answers": answers(10, None, 3, scale_low=[0, 0, 1], scale_high=10)}
    rows = trace("nps", tables).set_index("answer_id")
    assert rows.counted.tolist() == [True, False, False]
    assert rows.left_out.tolist()[1:] == ["no answer to this question", "not on a scale from 0 to 10"]


def test_the_rows_of_one_group_can_be_asked_for() -> None:
    tables = {"answers": answers(10, 9, 3, channel=["email", None, "chat"])}
    found = measure("nps", tables, by="channel")
    assert [found.trace(channel=c).score.tolist() for c in ("chat", None)] == [[3], [9]]


def test_rows_can_be_asked_for_by_what_the_figure_was_not_split_by() -> None:
    found = measure("nps", {"answers": answers(10, 3, channel=["email", "chat"])})
    assert found.trace(channel="chat").score.tolist() == [3]


def test_rows_of_an_unknown_dimension_are_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean channel"):
        measure("nps", {"answers": answers(10)}).trace(chanel="chat")


def test_anybody_s_table_will_do() -> None:
    frame = pd.DataFrame({"answer_id": [1, 2, 3], "kind": "nps", "score": [10, 9, 2], "answered": date(2024, 3, 4)})
    found = measure("nps", {"answers": ibis.memtable(frame)}, period="month")
    assert (found.value, found.figure.period and found.figure.period.start) == (
        pytest.approx(100 / 3),
        date(2024, 3, 1),
    )


def test_instants_with_a_zone_are_the_same_instants() -> None:
    frame = pd.DataFrame({"answer_id": ["a"], "kind": "nps", "score": [10.0], "answered": [at("2024-03-31 22:30")]})
    frame["answered"] = frame["answered"].dt.tz_convert("America/Mexico_City")
    found = measure("nps", {"answers": ibis.memtable(frame)}, Settings(time_zone="Europe/Madrid"), period="month")
    assert found.figure.period is not None
    assert found.figure.period.start == date(2024, 4, 1)


def test_the_answer_says_up_to_when_the_data_speak_and_in_which_zone() -> None:
    found = measure("ticket_volume", created("2024-03-04 09:00"), Settings(time_zone="Europe/Madrid"))
    assert (found.data_end, found.time_zone) == (at("2024-03-04 09:00").replace(tzinfo=None), "Europe/Madrid")
