"""Charts drawn without a browser."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import pytest

from latido.i18n import use
from latido.report.charts import Chart, bars, composition, distribution, heat, survival, trend, waits
from latido.report.charts.draw import Heading, png, svg
from latido.stats.estimate import Estimate
from latido.stats.survival import kaplan_meier
from tests.report.measured import figure, measured, month

DAY = 86400.0
CURVE = kaplan_meier([60, 3600, DAY, 9 * DAY], [5, 3, 1, 1], [0, 0, 2, 1])
TREND = trend(measured("csat", [figure(70 + i, 65, 90, period=month(i)) for i in range(1, 7)], "month"), 80)
LINES = trend(
    measured(
        "csat", [figure(50 + i, n=i, period=month(i), channel=c) for c in ("chat", "email") for i in (1, 2)], "month"
    )
)
BARS = bars(measured("csat", [figure(80, 70, 90, team="Soporte <b>"), figure(60, 55, 62, team="Ventas")]))
SIGNED = bars(measured("nps", [figure(5, 2, 8, team="a"), figure(-5, -9, 1, team="b")]), signed=True)
WIDE = bars(measured("first_reply_time", [figure(60, 30, float("inf"), team="a"), figure(DAY, 10, 2 * DAY, team="b")]))
EVERY = {
    "trend": TREND,
    "lines": LINES,
    "single": trend(measured("csat", [figure(70, 60, 80, period=month(1))], "month"), 70),
    "bars": BARS,
    "reference": bars(measured("csat", [figure(80, 70, 90, team="a")]), Estimate(75, 70, 80, 9)),
    "signed": SIGNED,
    "logarithmic": WIDE,
    "composition": composition(measured("churn_reasons", [figure(60, 50, 70)])),
    "survival": survival(CURVE),
    "months": survival(kaplan_meier([30 * DAY, 365 * DAY, 800 * DAY], [5, 3, 1], [0, 0, 5])),
    "waits": waits(CURVE, target=3600),
    "scores": distribution({9: 4, 6: 1}),
    "heat": heat(measured("ticket_volume", [figure(7, weekday="1", hour="9"), figure(1, weekday="2", hour="3")])),
    "no trend": trend(measured("nps", [], "month"), 20),
    "no bars": bars(measured("nps", [])),
    "no curve": survival(kaplan_meier([], [], [])),
    "no waits": waits(kaplan_meier([], [], [])),
    "no scores": distribution({}),
    "no hours": heat(measured("ticket_volume", [])),
}


def texts(drawn: str) -> list[str]:
    """What is written in a drawing."""
    root = ET.fromstring(drawn)
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def size(picture: bytes) -> tuple[int, int]:
    """Width and height that a PNG states."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY.keys())
def test_every_chart_is_drawn_without_a_number_that_is_none(chart: Chart) -> None:
    assert not re.search(r"NaN|Infinity|undefined|null", svg(chart, width=360))


def test_the_last_value_and_the_target_are_written() -> None:
    assert {"76.0%", "Target 80.0%"} <= set(texts(svg(TREND)))


def test_numbers_are_in_the_language_asked_for() -> None:
    assert "76,0\u00a0%" in texts(svg(TREND, code="es"))


def test_numbers_are_in_the_readers_language_by_default() -> None:
    with use("es"):
        assert "76,0\u00a0%" in texts(svg(TREND))


def test_an_axis_ends_at_its_marks() -> None:
    assert {"65%", "90%"} <= set(texts(svg(TREND)))


def test_several_lines_are_named_at_their_ends() -> None:
    assert {"Chat", "E-mail"} <= set(texts(svg(LINES)))


def test_on_a_phone_the_names_stand_above() -> None:
    assert {"Chat", "E-mail"} <= set(texts(svg(LINES, width=340)))


def test_names_are_text_and_never_markup() -> None:
    assert "Soporte <b>" in texts(svg(BARS))


def test_a_difference_says_its_sign() -> None:
    assert {"+5.0", "−5.0"} <= set(texts(svg(SIGNED)))


def test_bars_ask_for_a_row_each() -> None:
    rows = bars(measured("csat", [figure(80, team=str(i)) for i in range(10)]))
    assert ET.fromstring(svg(rows)).attrib["height"] == str(8 + 10 * 32 + 28)


def test_a_heading_stands_around_the_chart() -> None:
    drawn = texts(svg(TREND, heading=Heading("CSAT & more", "By month", "latido, version 3")))
    assert {"CSAT & more", "By month", "latido, version 3"} <= set(drawn)


def test_a_long_heading_takes_several_lines() -> None:
    drawn = svg(TREND, width=360, heading=Heading("Customers who wrote by e-mail are as content as all the others are"))
    assert len([text for text in texts(drawn) if "content" in text or "wrote" in text]) == 2


def test_the_dark_theme_has_a_dark_ground() -> None:
    assert 'fill="#151b23"' in svg(TREND, theme="dark")


@pytest.mark.parametrize(("scale", "expected"), [(1, (500, 260)), (2, (1000, 520))])
def test_a_picture_has_the_size_asked_for(scale: float, expected: tuple[int, int]) -> None:
    assert size(png(TREND, width=500, height=260, scale=scale)) == expected


def test_threads_may_draw_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda _: svg(TREND), range(8)))
    assert len({re.sub(r"zr\d+|cls-\d+", "", one) for one in drawn}) == 1


def arrows(drawn: str) -> int:
    """How many triangles a drawing has; nothing else of a chart has three corners."""
    return len(re.findall(r'<polygon points="(?:[-\d.]+ [-\d.]+ ?){3}"', drawn))


def test_an_interval_that_goes_on_beyond_the_axis_ends_in_an_arrow() -> None:
    assert [arrows(svg(chart)) for chart in (BARS, WIDE)] == [0, 1]


def test_a_band_that_goes_on_beyond_the_plot_has_an_arrow_at_each_such_point() -> None:
    ends = ((1, float("inf")), (2, 90), (3, float("inf")))
    waits = [figure(60 + i, 50, high, period=month(i)) for i, high in ends]
    beyond = trend(measured("first_reply_time", waits, "month"))
    assert [arrows(svg(chart)) for chart in (TREND, beyond)] == [0, 2]
