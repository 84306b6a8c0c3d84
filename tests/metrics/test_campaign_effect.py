"""Before and after a campaign, against networks on which it did not run."""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

import pytest

from latido.metrics import measure
from tests.metrics.tables import after, mentions

DAY = 1440


def spread(count: int, first_day: int, margin: int = 300, **columns: Any) -> list[dict[str, Any]]:
    """So many mentions over ten days from this one on, but for some minutes at either end."""
    step = (10 * DAY - 2 * margin) / (count - 1)
    return [{"occurred": after(first_day * DAY + margin + i * step), **columns} for i in range(count)]


OWN = [*spread(80, 0, margin=1, network="x", campaign="light"), *spread(40, -10, network="x")]
OTHERS = [*spread(55, 0, network="fb"), *spread(50, -10, network="fb")]


def test_growth_is_divided_by_the_growth_of_the_other_networks() -> None:
    effect = measure("campaign_effect", {"mentions": mentions(*OWN, *OTHERS)}).figure.parts["light"]
    assert effect.value == pytest.approx((80 / 40) / (55 / 50))


def test_its_interval_is_that_of_a_log_ratio_of_counts() -> None:
    effect = measure("campaign_effect", {"mentions": mentions(*OWN, *OTHERS)}).figure.parts["light"]
    reach = exp(1.959964 * sqrt(1 / 80 + 1 / 40 + 1 / 55 + 1 / 50))
    assert effect.high / effect.value == pytest.approx(reach)


def test_without_a_control_series_there_is_no_figure() -> None:
    assert not measure("campaign_effect", {"mentions": mentions(*OWN)}).figure.parts["light"].known


def test_each_campaign_has_its_own_figure() -> None:
    more = spread(20, 30, network="ig", campaign="warm")
    parts = measure("campaign_effect", {"mentions": mentions(*OWN, *OTHERS, *more)}).figure.parts
    assert set(parts) == {"light", "warm"}
