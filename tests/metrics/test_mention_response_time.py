"""How soon we answer in public, those whom we have not answered waiting."""

from __future__ import annotations

from math import inf
from typing import Any

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import HOUR, at, mentions, traced

PUBLIC: dict[str, Any] = {"mentions": mentions(
    {"occurred": "2024-02-05 10:00", "replied": "2024-02-05 11:00"},
    {"occurred": "2024-02-06 10:00", "replied": "2024-02-06 13:00"},
    {"occurred": "2024-02-06 12:00"},
    {"occurred": "2024-02-07 10:00"},
)}  # fmt: skip


def test_unanswered_mentions_are_still_waiting() -> None:
    parts = measure("mention_response_time", PUBLIC, Settings(data_end=at("2024-02-10"))).figure.parts
    assert (parts["median"].n, parts["mean_finished"].value, parts["p90"].value) == (4, 2 * HOUR, inf)


def test_an_answer_after_the_data_s_end_has_not_been_given() -> None:
    rows = traced("mention_response_time", PUBLIC, Settings(data_end=at("2024-02-06 12:30")))
    assert (rows.value.loc[["m0", "m1", "m2"]].tolist(), rows.ended["m1"]) == ([3600, 9000, 1800], 0)


def test_what_is_said_after_the_data_s_end_is_not_there_yet() -> None:
    assert measure("mention_response_time", PUBLIC, Settings(data_end=at("2024-02-06"))).figure.estimate.n == 1
