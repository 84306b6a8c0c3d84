"""A workspace's chain, and changes as people write them."""

from __future__ import annotations

import pytest

import latido
from latido.errors import LatidoError, UnknownNameError, UsageError
from latido.workspace.chains import change
from tests import chained
from tests.company import company


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("first_reply_time=-1h", ("first_reply_time.hours", -1)),
        ("first_reply_time = −30min", ("first_reply_time.hours", -0.5)),
        ("resolution_time=1h 30min", ("resolution_time.hours", 1.5)),
        ("first_reply_time.hours=-2h", ("first_reply_time.hours", -2)),
        ("first_reply_time=-0.5", ("first_reply_time", -0.5)),
        ("transfer_rate.times=-0,05", ("transfer_rate.times", -0.05)),
        ("ces=+0.2", ("ces", 0.2)),
    ],
)
def test_a_change_is_read_as_people_write_it(text: str, read: tuple[str, float]) -> None:
    assert change(text) == read


@pytest.mark.parametrize("text", ["ces", "ces=", "ces=1h", "first_reply_time=soon", "first_reply_time=-"])
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        change(text)


def test_an_unknown_metric_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="first_reply_time"):
        change("first_reply=-1h")


def test_links_are_weighted_alike_or_by_partial_least_squares() -> None:
    with pytest.raises(LatidoError, match="“unit” or “pls”"):
        latido.open(company()).chain("both")  # type: ignore[arg-type]


def test_days_may_be_open_at_either_end() -> None:
    acme = latido.open(company())
    assert [acme.chain(**days).found for days in ({"start": "2025-02"}, {"end": "2025-02"})] == [None, None]


def test_who_wrote_is_counted_to_the_end_of_the_data() -> None:
    whole = latido.open(chained.company()).chain()
    later = latido.open(chained.company()).chain(start="2024-01-01", end="2030-01-01")
    assert whole.wrote == later.wrote > 0
