"""A metric's page: course, groups, meaning, readings, the rows behind it, and files to take along."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

import latido
from latido.metrics.names import value_name
from latido.metrics.query import Query
from tests.company import company
from tests.web.figures import served
from tests.web.visitors import visitor


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


@pytest.fixture
def reader() -> TestClient:
    app, people = served()
    return visitor(app, people.viewer)


def payload(page: str, name: str) -> dict:
    """The data of a chart."""
    return json.loads(re.search(rf'<script type="application/json" id="d-{name}">(.*?)</script>', page, re.DOTALL)[1])


def test_the_trend_shows_what_the_library_measures(analyst: TestClient) -> None:
    drawn = payload(analyst.get("/metrics/nps?weeks=all").text, "trend")
    shown = [point["v"] for point in drawn["series"][0]["points"] if point and point["v"] is not None]
    measured = latido.open(company()).measure("nps", period="month", end="2025-04")  # April is not over
    assert shown == pytest.approx([f.estimate.value for f in measured.figures])


def test_a_group_has_the_figure_of_the_library(analyst: TestClient) -> None:
    drawn = payload(analyst.get("/metrics/nps?weeks=all&by=channel").text, "by-channel")
    measured = latido.open(company()).measure("nps", by="channel")
    assert {row["label"]: row["v"] for row in drawn["rows"]} == pytest.approx(
        {value_name("channel", f.keys["channel"]): f.estimate.value for f in measured.figures}
    )


def test_a_point_leads_to_the_rows_behind_it(analyst: TestClient) -> None:
    drawn = payload(analyst.get("/metrics/nps?weeks=all").text, "trend")
    first = next(point for point in drawn["series"][0]["points"] if point)
    page = analyst.get(first["href"]).text
    assert f"{first['n']:.0f} of {first['n']:.0f} rows count." in page


def test_a_viewer_gets_no_links_to_rows(reader: TestClient) -> None:
    page = reader.get("/metrics/nps?weeks=all").text
    assert "/rows" not in page
    assert all(not point["href"] for point in payload(page, "trend")["series"][0]["points"] if point)


def test_the_definition_and_its_traps_stand_beside_the_figure(analyst: TestClient) -> None:
    page = analyst.get("/metrics/nps").text
    assert "Reichheld" in page
    assert "What is easily counted wrongly" in page


def test_a_duration_has_a_curve_of_who_still_waits(analyst: TestClient) -> None:
    drawn = payload(analyst.get("/metrics/resolution_time/shape?weeks=all").text, "shape-survival")
    curve = latido.open(company()).shape(Query("resolution_time")).curve
    assert drawn["steps"][-1]["s"] == pytest.approx(100 * curve.survival[-1])


def test_a_score_has_a_histogram(analyst: TestClient) -> None:
    drawn = payload(analyst.get("/metrics/nps/shape?weeks=all").text, "shape-distribution")
    assert sum(bar["n"] for bar in drawn["bins"]) == 200


def test_readings_stand_beside_each_other(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time/readings?weeks=all").text
    assert "first_solve" in page
    assert "Rows that it counts otherwise" in page


def test_rows_that_another_reading_counts_otherwise_are_the_open_ones(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time/differ?weeks=all&against=finished").text
    unresolved = latido.open(company()).measure("resolution_time")
    finished = latido.open(company()).measure("resolution_time", preset="finished")
    assert f"{unresolved.figure.estimate.n - finished.figure.estimate.n:.0f} rows" in page


def test_left_out_rows_say_why(analyst: TestClient) -> None:
    rows = analyst.get("/metrics/resolution_time/rows?weeks=all&show=counted").text
    assert "50 of" not in rows
    assert "100 of 100 rows count." in rows


def test_rows_are_paged(analyst: TestClient) -> None:
    first, second = (analyst.get(f"/metrics/nps/rows?weeks=all&page={n}").text for n in (1, 2))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_a_page_number_that_is_none_is_refused(analyst: TestClient) -> None:
    assert analyst.get("/metrics/nps/rows?page=x").status_code == 400


def test_an_unknown_metric_is_answered_with_the_nearest(analyst: TestClient) -> None:
    answer = analyst.get("/metrics/npss")
    assert answer.status_code == 404
    assert "nps" in answer.text


def test_csv_holds_the_course(analyst: TestClient) -> None:
    rows = list(csv.DictReader(StringIO(analyst.get("/metrics/nps/export.csv?weeks=all").content.decode("utf-8-sig"))))
    measured = latido.open(company()).measure("nps", period="month", end="2025-04")  # April is not over
    main = [row for row in rows if row["part"] == rows[0]["part"]]
    assert [float(row["value"]) for row in main] == pytest.approx([f.estimate.value for f in measured.figures])


def test_a_workbook_holds_figures_and_course(analyst: TestClient) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(analyst.get("/metrics/nps/export.xlsx?weeks=all").content))
    assert book.sheet_names == ["About", "Figures", "Course"]
    assert book.get_sheet_by_name("Figures").to_python()[1][0] == "nps"


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_pictures_are_what_they_claim(analyst: TestClient, kind: str, begins: bytes) -> None:
    answer = analyst.get(f"/metrics/nps/export.{kind}?weeks=all")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="nps.{kind}"'


def test_a_file_of_an_unknown_kind_is_answered_with_the_known_ones(analyst: TestClient) -> None:
    assert "xlsx" in analyst.get("/metrics/nps/export.docx").text


def test_rows_come_as_csv_with_their_reasons(analyst: TestClient) -> None:
    answer = analyst.get("/metrics/resolution_time/rows.csv?weeks=all")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 100
    assert {"counted", "left_out", "value"} <= set(rows[0])


def test_rows_as_csv_are_those_that_the_page_shows_at_the_times_that_it_shows(analyst: TestClient) -> None:
    answer = analyst.get("/metrics/resolution_time/rows.csv?weeks=all&show=counted")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["counted"] for row in rows} == {"True"}
    assert rows[0]["created"].endswith(("+01:00", "+02:00"))  # of Madrid


def test_an_export_stands_in_the_audit_trail(analyst: TestClient) -> None:
    app, _people = served()
    analyst.get("/metrics/csat/export.csv?weeks=all")
    analyst.get("/metrics/nps/export.csv?weeks=all")
    latest = app.state.state.audit.page()[0]
    assert (latest.action, latest.target) == ("metric.exported", "nps.csv")


def test_the_same_question_is_given_for_programs(analyst: TestClient) -> None:
    page = analyst.get("/metrics/nps?weeks=all&is.channel=chat").text
    code = re.search(r"<code[^>]*>(import latido.*?)</code>", page, re.DOTALL)[1]
    assert "measure(&#39;nps&#39;, period=&#39;month&#39;, where=[&#39;channel=chat&#39;])" in code
