"""What charts are given to draw."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from latido.i18n import _, use
from latido.report.charts import Chart, bars, composition, distribution, heat, survival, table, trend, waits
from latido.report.charts.spread import promoter_tone
from latido.stats.estimate import Estimate
from latido.stats.survival import kaplan_meier
from tests.report.measured import figure, measured, month

DAY = 86400.0


def data(chart: Chart) -> Any:
    """The chart's data, as a browser reads them."""
    return json.loads(json.dumps(chart.data, allow_nan=False))


def points(chart: Chart, line: int = 0) -> list[Any]:
    """The points of one line."""
    found: list[Any] = data(chart)["series"][line]["points"]
    return found


def test_a_month_that_nobody_measured_is_a_gap_and_not_left_away() -> None:
    chart = trend(measured("nps", [figure(30, period=month(1)), figure(40, period=month(4))], "month"))
    assert [p["short"] for p in data(chart)["periods"]] == ["Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025"]
    assert points(chart)[1:3] == [None, None]


def test_an_interval_without_upper_end_stays_open() -> None:
    chart = trend(measured("first_reply_time", [figure(60, 10, inf, period=month(1))], "month"))
    assert points(chart) == [{"v": 60, "lo": 10, "hi": None, "n": 100, "href": None}]


def test_a_median_that_was_never_reached_has_no_value() -> None:
    chart = trend(measured("first_reply_time", [figure(inf, 10, inf, period=month(1))], "month"))
    assert points(chart)[0]["v"] is None


def test_a_withheld_value_is_not_drawn_but_its_n_is_known() -> None:
    kept = replace(figure(30, 20, 40, n=3, period=month(1)), withheld=_("Too few."))
    assert points(trend(measured("esat", [kept], "month"))) == [
        {"v": None, "lo": None, "hi": None, "n": 3, "href": None}
    ]


def test_each_group_is_a_line_with_its_name() -> None:
    figures = [figure(30, period=month(1), channel="chat"), figure(20, period=month(1), channel=None)]
    assert [line["name"] for line in data(trend(measured("nps", figures, "month")))["series"]] == ["Chat", "—"]


def test_of_many_groups_those_with_most_evidence_are_drawn_and_a_note_says_so() -> None:
    figures = [figure(30, n=i, period=month(1), team=f"team {i}") for i in range(9)]
    chart = trend(measured("csat", figures, "month"))
    assert [line["name"] for line in data(chart)["series"]] == [f"team {i}" for i in range(3, 9)]
    assert "6 of 9" in chart.note


def test_a_week_is_named_by_its_first_day_and_told_in_full() -> None:
    period = replace(month(1), start=month(1).start.replace(day=6), end=month(1).start.replace(day=13))
    with use("es"):
        told = data(trend(measured("nps", [figure(30, period=period)], "week")))["periods"][0]
    assert told == {"short": "6 ene", "long": "2025-S02 · 6 ene 2025 – 12 ene 2025"}


def test_the_target_is_written_as_its_unit_is() -> None:
    chart = trend(measured("first_reply_time", [figure(60, period=month(1))], "month"), 14400)
    assert (data(chart)["target"], data(chart)["words"]["target"]) == (14400, "Target 4 h")


def test_a_point_leads_to_its_rows() -> None:
    chart = trend(
        measured("nps", [figure(30, period=month(1))], "month"), link=lambda f: f"/rows?from={f.period.start}"
    )
    assert points(chart)[0]["href"] == "/rows?from=2025-01-01"


def test_a_trend_is_told_in_words() -> None:
    chart = trend(measured("nps", [figure(30, period=month(1)), figure(40, period=month(2))], "month"))
    assert chart.label == "Net promoter score (NPS). 30.0 in Jan 2025, 40.0 in Feb 2025"


def test_two_currencies_share_no_axis() -> None:
    figures = [figure(200, n=50, currency="EUR", plan="a"), figure(9000, n=20, currency="MXN", plan="a")]
    chart = bars(measured("clv", figures))
    assert [row["label"] for row in data(chart)["rows"]] == ["a"]
    assert (data(chart)["unit"], chart.note) == ("EUR", "Drawn in EUR; the table has MXN too.")


@pytest.mark.parametrize(
    ("metric", "low", "high", "tone"),
    [
        ("csat", 81, 90, "good"),
        ("csat", 70, 79, "bad"),
        ("csat", 75, 85, "neutral"),
        ("transfer_rate", 81, 90, "bad"),
        ("churn_reasons", 81, 90, "plain"),
    ],
)
def test_a_bar_has_a_colour_where_its_interval_excludes_all_together(
    metric: str, low: float, high: float, tone: str
) -> None:
    chart = bars(measured(metric, [figure((low + high) / 2, low, high, team="a")]), Estimate(80, 79, 81, 1000))
    assert data(chart)["rows"][0]["tone"] == tone


def test_without_all_together_no_bar_is_said_to_differ() -> None:
    assert data(bars(measured("csat", [figure(80, 70, 90, team="a")])))["rows"][0]["tone"] == "plain"


@pytest.mark.parametrize(("order", "labels"), [("size", ["b", "a"]), ("evidence", ["a", "b"]), ("given", ["a", "b"])])
def test_bars_come_by_size_or_by_evidence(order: Any, labels: list[str]) -> None:
    chart = bars(measured("csat", [figure(10, n=90, team="a"), figure(20, n=9, team="b")]), order=order)
    assert [row["label"] for row in data(chart)["rows"]] == labels


def test_counts_are_bars_from_zero_and_shares_are_points() -> None:
    assert data(bars(measured("ticket_volume", [figure(10, team="a")])))["style"] == "bars"
    assert data(bars(measured("csat", [figure(10, team="a")])))["style"] == "points"


def test_minutes_beside_days_need_a_logarithmic_axis() -> None:
    wide = bars(measured("first_reply_time", [figure(60, team="a"), figure(DAY, team="b")]))
    near = bars(measured("first_reply_time", [figure(60, team="a"), figure(120, team="b")]))
    assert (data(wide)["scale"], data(near)["scale"]) == ("log", "linear")


def test_the_parts_of_a_whole_are_bars() -> None:
    parts = {"price": Estimate(60, 50, 70, 10), "moved": Estimate(40, 30, 50, 10)}
    chart = composition(measured("churn_reasons", [replace(figure(1), parts=parts)]))
    assert [(row["label"], row["v"]) for row in data(chart)["rows"]] == [("price", 60), ("moved", 40)]
    assert data(chart)["style"] == "bars"


def test_a_curve_says_what_is_left_after_agreed_times() -> None:
    curve = kaplan_meier([3600, DAY, 2 * DAY, 9 * DAY], [5, 3, 1, 1], [0, 0, 0, 0])
    chart = survival(curve, "Resolution time")
    assert [(mark["label"], mark["s"]) for mark in data(chart)["marks"]] == [
        ("4 h", 50),
        ("1 d", pytest.approx(20)),
        ("3 d", pytest.approx(10)),
        ("7 d", pytest.approx(10)),
    ]
    assert chart.label == "Resolution time. 50.0% after 4 h; 20.0% after 1 d; 10.0% after 3 d; 10.0% after 7 d"


def test_times_beyond_the_data_are_not_told() -> None:
    assert [m["label"] for m in data(survival(kaplan_meier([5 * 3600], [5], [1])))["marks"]] == ["4 h"]


def test_years_are_counted_in_months() -> None:
    curve = kaplan_meier([30 * DAY, 365 * DAY, 800 * DAY], [5, 3, 1], [0, 0, 5])
    assert [t["label"] for t in data(survival(curve))["ticks"]] == [
        "0",
        "6 months",
        "12 months",
        "18 months",
        "24 months",
    ]


def test_a_long_curve_has_no_more_steps_than_can_be_seen() -> None:
    chart = survival(kaplan_meier(range(1, 5001), [1] * 5000, [0] * 5000))
    assert len(data(chart)["steps"]) == 300
    assert data(chart)["steps"][-1]["t"] == 5000


def test_nobody_waiting_is_an_empty_curve() -> None:
    assert survival(kaplan_meier([], [], [])).empty
    assert waits(kaplan_meier([], [], [])).empty


def test_scores_that_nobody_gave_have_a_place() -> None:
    chart = distribution({9: 4, 6: 1}, "NPS", tone=promoter_tone, least=0, most=10)
    assert [bar["label"] for bar in data(chart)["bins"]] == [str(i) for i in range(11)]
    assert [bar["tone"] for bar in data(chart)["bins"]][5:] == ["bad", "bad", "neutral", "neutral", "good", "good"]


def test_means_of_several_answers_are_put_into_bars() -> None:
    bins = data(distribution({1.0: 1, 2.25: 1, 2.26: 3, 4.8: 5}))["bins"]
    assert sum(bar["n"] for bar in bins) == 10
    assert len(bins) <= 21


def test_waits_fall_into_spans_that_double() -> None:
    chart = waits(kaplan_meier([20, 45, 50, 90], [1, 1, 1, 1], [0, 0, 0, 9]), target=60)
    assert [(bar["label"], bar["n"]) for bar in data(chart)["bins"]] == [
        ("15 s – 30 s", 1),
        ("30 s – 1 min", 2),
        ("1 min – 2 min", 1),
    ]
    assert data(chart)["edges"] == ["15 s", "30 s", "1 min", "2 min"]
    assert data(chart)["marks"] == [{"x": 2, "label": "target 1 min"}]


def test_hours_and_weekdays_are_places_on_a_map() -> None:
    chart = heat(
        measured("ticket_volume", [figure(7, n=7, weekday="1", hour="9"), figure(nan, weekday=None, hour="3")])
    )
    assert data(chart)["cells"] == [{"day": 0, "hour": 9, "v": 7, "n": 7, "href": None}]
    assert chart.label == "Ticket volume: highest on Mon at 09:00, 7"


def test_the_week_begins_on_monday_in_both_languages() -> None:
    with use("es"):
        assert data(heat(measured("ticket_volume", [])))["days"] == ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"]


def test_each_line_of_the_table_leads_where_its_point_does() -> None:
    found = table(measured("nps", [figure(30, team="a"), figure(40, team="b")]), lambda f: f"/rows/{f.keys['team']}")
    assert found.links == ("/rows/a", "/rows/b")
    assert len(found.grid.rows) == 2


def test_nothing_measured_is_an_empty_chart() -> None:
    assert trend(measured("nps", [], "month")).empty
    assert bars(measured("nps", [])).empty
    assert heat(measured("ticket_volume", [])).empty
    assert distribution({}).empty
