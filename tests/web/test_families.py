"""The pages of families: what somebody looks for is where they look."""

from __future__ import annotations

import pytest

from tests.web.figures import served
from tests.web.visitors import visitor


def page(path: str, role: str = "owner") -> str:
    """A page, as somebody sees it."""
    app, people = served()
    return visitor(app, getattr(people, role)).get(path).text


@pytest.mark.parametrize("path", ["/service", "/experience"])
def test_satisfaction_is_found_under_service_and_under_experience(path: str) -> None:
    assert 'href="/metrics/csat?' in page(f"{path}?weeks=all")


def test_other_metrics_of_service_are_not_under_experience() -> None:
    assert "/metrics/first_reply_time" not in page("/experience?weeks=all")


def test_without_promises_the_figure_says_what_to_do() -> None:
    shown = page("/metrics/sla_attainment?weeks=all")
    assert ("Nothing has been promised for these tickets yet" in shown, 'href="/settings/sla/edit"' in shown) == (
        True, True,
    )  # fmt: skip
    assert "data-chart" not in shown


def test_who_may_not_promise_is_shown_the_promises() -> None:
    shown = page("/metrics/sla_attainment?weeks=all", "viewer")
    assert ('href="/settings/sla/edit"' in shown, 'href="/settings/sla"' in shown) == (False, True)
