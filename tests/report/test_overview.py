"""The overview names what it shows."""

from __future__ import annotations

from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Figure
from latido.report.overview import _name
from latido.stats.shares import wilson


def test_a_part_that_the_metric_s_name_does_not_say_is_named() -> None:
    figure = Figure({"channel": "chat"}, None, {"price": wilson(3, 4), "moved": wilson(1, 4)})
    assert _name(METRICS["churn_reasons"], figure).text == "churn_reasons · chat, price"


def test_a_value_or_a_median_needs_no_name() -> None:
    assert _name(METRICS["csat"], Figure({}, None, {"value": wilson(3, 4)})).text == "csat"
