"""The rows behind a figure: what they are rows of, in which order, and as files."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

import latido
from latido.metrics.present import quantity
from tests.company import company
from tests.web.figures import served
from tests.web.visitors import visitor

CHAT = "/metrics/resolution_time/rows?weeks=all&is.channel=chat"


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def _told(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))


def test_above_the_rows_stands_what_they_are_rows_of(analyst: TestClient) -> None:
    told = _told(analyst.get(CHAT).text)
    measured = latido.open(company()).measure("resolution_time", where="channel=chat").figure.estimate
    assert told["Resolution time"].startswith(quantity(measured.value, "s"))
    assert told["Rows"] == "50 of 50 rows count."
    assert told["Filters"] == "Channel: Chat"
    assert told["Definition"] == "latido&#39;s own"


def test_a_reading_is_told_by_its_name_and_meaning(analyst: TestClient) -> None:
    told = _told(analyst.get("/metrics/resolution_time/rows?weeks=all&preset=finished").text)
    assert "open tickets are dropped" in told["Definition"]


def _values(page: str) -> list[str]:
    return re.findall(r"<tr><th scope=\"row\">.*?</th><td>(.*?)</td>", page)


def test_rows_are_sorted_by_value(analyst: TestClient) -> None:
    frame = latido.open(company()).trace("resolution_time")
    counted = frame[frame["counted"]]["value"]
    rows = "/metrics/resolution_time/rows?weeks=all&show=counted&sort="
    up, down = (analyst.get(rows + order).text for order in ("value", "-value"))
    assert _values(up)[0] == quantity(float(counted.min()), "s")
    assert _values(down)[0] == quantity(float(counted.max()), "s")
    assert 'aria-sort="descending"' in down


def test_the_next_page_is_sorted_as_this_one(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time/rows?weeks=all&sort=-value").text
    assert re.search(r'rel="next" href="[^"]*sort=-value', page)


def test_rows_without_a_value_come_last(analyst: TestClient) -> None:
    rows = "/metrics/resolution_time/rows?weeks=all&preset=finished&sort="
    assert _values(analyst.get(f"{rows}value").text)[0]
    assert _values(analyst.get(f"{rows}-value").text)[0]


def test_the_first_column_names_the_row_and_leads_to_it(analyst: TestClient) -> None:
    assert '<th scope="row"><a href="/tickets/t' in analyst.get(CHAT).text


def test_a_file_is_called_after_what_is_in_it(analyst: TestClient) -> None:
    asked = "start=2025-02-01&end=2025-02-28&is.channel=chat&preset=finished"
    answer = analyst.get(f"/metrics/resolution_time/rows.csv?{asked}")
    name = "resolution_time-rows-2025-02-01-2025-02-28-finished-channel-chat.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_workbook_says_first_what_its_rows_are_rows_of(analyst: TestClient) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(analyst.get(CHAT.replace("rows?", "rows.xlsx?")).content))
    assert book.sheet_names == ["About", "Rows"]
    assert ["Filters", "Channel: Chat"] in book.get_sheet_by_name("About").to_python()


def test_both_files_hold_the_same_rows(analyst: TestClient) -> None:
    plain, book = (analyst.get(CHAT.replace("rows?", f"rows.{kind}?")).content for kind in ("csv", "xlsx"))
    rows = list(csv.DictReader(StringIO(plain.decode("utf-8-sig"))))
    sheet = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Rows").to_python()
    assert [row["ticket_id"] for row in rows] == [line[sheet[0].index("ticket_id")] for line in sheet[1:]]


def test_a_viewer_takes_no_rows_along() -> None:
    app, people = served()
    viewer = visitor(app, people.viewer)
    assert {viewer.get(f"/metrics/nps/rows.{kind}").status_code for kind in ("csv", "xlsx")} == {403}


def test_whether_a_wait_is_over_is_said_in_words(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time/rows?weeks=all").text
    assert {">yes</td>", ">no</td>"} <= set(re.findall(r">\w+</td>", page))
