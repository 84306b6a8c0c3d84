"""How figures read: in both languages, with their interval, and never surer than they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest

from latido.i18n import _, use
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Change, Figure, Measurement, Period
from latido.metrics.present import (
    change_cell,
    grid,
    html_table,
    interval_cell,
    notes,
    period_label,
    quantity,
    span_label,
    subtitle,
    text_table,
)
from latido.metrics.query import Condition, Query
from latido.stats.estimate import Estimate, unknown

NPS = METRICS["nps"]
FRT = METRICS["first_reply_time"]
MARCH = Period(date(2025, 3, 1), date(2025, 4, 1))


def figure(value: float = 30.0, low: float = 14.1, high: float = 44.2, n: float = 1204, **more: object) -> Figure:
    """A figure of one part."""
    given = {"keys": {}, "period": None, "parts": {"value": Estimate(value, low, high, n)}, **more}
    return Figure(**given)  # type: ignore[arg-type]


def measured(*figures: Figure, query: Query | None = None, metric: object = NPS) -> Measurement:
    """A measurement of these figures."""
    return Measurement(metric, query or Query("nps"), figures, "Europe/Madrid")  # type: ignore[arg-type]


def texts(measurement: Measurement) -> list[list[str]]:
    """The cells' texts, row by row."""
    return [[cell.text for cell in row] for row in grid(measurement).rows]


@pytest.mark.parametrize(
    ("value", "unit", "english", "spanish"),
    [
        (85.34, "%", "85.3%", "85,3\u00a0%"),
        (85, "%", "85.0%", "85,0\u00a0%"),
        (-35.9, "points", "−35.9", "−35,9"),
        (1204, "tickets", "1,204", "1.204"),
        (1.5, "touches", "1.50", "1,50"),
        (123.456, "touches", "123.5", "123,5"),
        (12345.6, "EUR", "12,346\u00a0EUR", "12.346\u00a0EUR"),
        (20.5, "EUR", "20.50\u00a0EUR", "20,50\u00a0EUR"),
        (4980, "s", "1 h 23 min", "1 h 23 min"),
        (nan, "%", "—", "—"),
        (inf, "s", "∞", "∞"),
    ],
)
def test_a_quantity_is_written_as_its_reader_writes_it(value: float, unit: str, english: str, spanish: str) -> None:
    with use("en"):
        assert quantity(value, unit) == english
    with use("es"):
        assert quantity(value, unit) == spanish


@pytest.mark.parametrize(
    ("estimate", "unit", "shown"),
    [
        (Estimate(85.3, 83.1, 87.4, 900), "%", "83.1 to 87.4"),
        (Estimate(-35.9, -60.1, -7.2, 39), "points", "−60.1 to −7.2"),
        (Estimate(4980, 4800, inf, 39), "s", "1 h 20 min to ∞"),
        (Estimate(85.3, nan, nan, 900), "%", "—"),
    ],
)
def test_an_interval_shows_both_ends(estimate: Estimate, unit: str, shown: str) -> None:
    assert interval_cell(estimate, unit).text == shown


def test_one_figure_is_one_line() -> None:
    assert texts(measured(figure())) == [["30.0", "14.1 to 44.2", "1,204"]]


def test_groups_and_periods_lead_the_line() -> None:
    query = Query("nps", by=("channel",), period="month")
    found = measured(
        figure(keys={"channel": "email"}, period=MARCH), figure(keys={"channel": None}, period=MARCH), query=query
    )
    assert [row[:2] for row in texts(found)] == [["Mar 2025", "email"], ["Mar 2025", "—"]]


def test_a_duration_shows_median_and_p90_before_the_mean() -> None:
    parts = {
        "median": Estimate(3600, 3500, 3700, 90),
        "p90": Estimate(7200, 7000, 7400, 90),
        "mean_finished": Estimate(4000, nan, nan, 90),
    }
    headings = [c.heading for c in grid(measured(figure(parts=parts), metric=FRT)).columns]
    assert headings == ["median", "95% interval", "90th percentile", "mean of the finished", "n"]


def test_a_withheld_value_is_not_shown_but_its_n_is() -> None:
    found = measured(figure(nan, nan, nan, 3, withheld=_("not enough answers")))
    assert texts(found) == [["—", "—", "3"]]
    assert notes(found) == ("— not enough answers",)


def test_what_was_left_out_is_said_by_reason() -> None:
    found = measured(figure(left_out={"merged": 300, "spam": 1203}), figure(left_out={"merged": 1}), metric=FRT)
    assert notes(found) == ("Left out: spam or deleted 1,203, merged into another ticket 301",)


def test_no_rows_are_called_that() -> None:
    assert notes(measured()) == ("There are no rows to measure.",)


@pytest.mark.parametrize(
    ("difference", "metric", "text", "tone"),
    [
        (Estimate(3.1, 1.0, 5.2, 900), NPS, "▲ +3.1", "good"),
        (Estimate(-3.1, -5.2, -1.0, 900), NPS, "▼ −3.1", "bad"),
        (Estimate(600, 300, 900, 900), FRT, "▲ +10 min", "bad"),
        (Estimate(-600, -900, -300, 900), FRT, "▼ −10 min", "good"),
        (Estimate(0.4, -1.0, 1.8, 900), NPS, "+0.4 noise", "muted"),
        (unknown(), NPS, "—", "muted"),
    ],
)
def test_a_change_is_coloured_by_what_it_means(difference: Estimate, metric: object, text: str, tone: str) -> None:
    cell = change_cell(Change(difference, Estimate(30, 20, 40, 900), None), metric)  # type: ignore[arg-type]
    assert (cell.text, cell.tone) == (text, tone)


def test_no_change_is_claimed_without_a_comparison() -> None:
    assert change_cell(None, NPS).tone == "muted"


@pytest.mark.parametrize(
    ("grain", "english", "spanish"),
    [
        ("day", "31 Mar 2025", "31 mar 2025"),
        ("week", "2025-W09", "2025-S09"),
        ("month", "Mar 2025", "mar 2025"),
        ("quarter", "2025-Q1", "2025-T1"),
        ("year", "2025", "2025"),
        ("28d", "31 Mar 2025", "31 mar 2025"),
    ],
)
def test_a_period_has_the_name_that_people_give_it(grain: str, english: str, spanish: str) -> None:
    with use("en"):
        assert period_label(MARCH, grain) == english
    with use("es"):
        assert period_label(MARCH, grain) == spanish


def test_a_span_is_told_by_its_first_and_last_day() -> None:
    assert span_label(MARCH.start, MARCH.end) == "1 Mar 2025 – 31 Mar 2025"


def test_a_span_of_one_day_is_that_day() -> None:
    assert span_label(date(2025, 3, 1), date(2025, 3, 2)) == "1 Mar 2025"


def test_the_subtitle_says_what_the_figures_are_figures_of() -> None:
    query = Query(
        "first_reply_time", calendar="support", preset="strict", where=(Condition("country", "=", ("ES", "MX")),)
    )
    told = subtitle(measured(figure(period=MARCH), query=query, metric=FRT))
    assert (
        told == "time · lower is better · 1 Mar 2025 – 31 Mar 2025 · Europe/Madrid · support · strict · country=ES,MX"
    )


def test_the_calendar_is_named_only_where_time_is_measured() -> None:
    assert "24x7" not in subtitle(measured(figure()))


def test_the_confidence_is_the_one_that_was_asked_for() -> None:
    found = measured(figure(), query=Query("nps", confidence=0.9))
    assert grid(found).columns[1].heading == "90% interval"


def test_a_plain_table_lines_up() -> None:
    found = measured(figure(keys={"channel": "email"}), figure(-5, -20.4, 9, keys={"channel": "social"}))
    lines = text_table(found).splitlines()
    assert lines[3:] == [
        "channel  value  95% interval      n",
        "───────  ─────  ────────────  ─────",
        "email     30.0  14.1 to 44.2  1,204",
        "social    −5.0  −20.4 to 9.0  1,204",
    ]


def test_a_measurement_prints_as_its_table() -> None:
    found = measured(figure())
    assert str(found) == text_table(found)


def test_html_escapes_what_customers_wrote() -> None:
    html = html_table(measured(figure(keys={"topic": "<script>"})))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_notebook_shows_the_interval() -> None:
    assert "14.1 to 44.2" in measured(figure())._repr_html_()


def test_a_table_speaks_spanish() -> None:
    query = replace(Query("nps"), compare="previous")
    change = Change(Estimate(0.4, -1.0, 1.8, 900), Estimate(30, 20, 40, 900), None)
    with use("es"):
        shown = text_table(measured(figure(change=change), query=query))
    assert "más es mejor" in shown
    assert "14,1 a 44,2" in shown
    assert "+0,4 ruido" in shown
