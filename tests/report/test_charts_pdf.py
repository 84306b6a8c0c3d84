"""A metric on paper."""

from __future__ import annotations

from latido.i18n import use
from latido.metrics.present import grid
from latido.report.charts import trend
from latido.report.charts.pdf import Drawing, Page, pdf
from tests.report.measured import figure, measured, month

MEASURED = measured("csat", [figure(70 + i, 65, 90, period=month(i)) for i in range(1, 7)], "month")


def page() -> Page:
    """A page with everything on it; its texts look like markup and are none."""
    return Page(
        title="Satisfaction #1 $x$ *bold*",
        scope="%, higher is better",
        figure="76.0%",
        evidence="65 to 90 · n = 100",
        state="On target",
        tone="good",
        drawings=(Drawing("#panic() <label> @nobody", trend(MEASURED, 80)),),
        grid=grid(MEASURED),
        about=(("Definition", ("share of 4 and 5",)),),
        made="latido",
    )


def test_a_page_is_a_tagged_pdf_in_the_readers_language() -> None:
    with use("es"):
        made = pdf(page())
    assert made.startswith(b"%PDF-")
    assert b"/Lang(es)" in made
    assert b"/MarkInfo" in made


def test_a_page_needs_neither_chart_nor_table() -> None:
    assert pdf(Page("CSAT", "", "—", "")).startswith(b"%PDF-")
