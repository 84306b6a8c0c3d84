"""What is said in public, and whether we answer."""

from __future__ import annotations

from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, mentions

END = Settings(data_end=at("2024-02-10 09:00"))


def said(occurred: str, **columns: Any) -> dict[str, Any]:
    return {"occurred": occurred, **columns}


PUBLIC = {"mentions": mentions(
    said("2024-02-05 10:00", network="x", sentiment="negative", intent="technical", replied="2024-02-05 11:00"),
    said("2024-02-05 12:00", network="x", sentiment="positive", intent="complaint"),
    said("2024-02-06 10:00", network="fb", sentiment=None, intent="account", replied="2024-02-06 13:00"),
    said("2024-02-07 10:00", network="fb", sentiment="negative", intent=None),
)}  # fmt: skip


def test_each_mention_counts_once() -> None:
    assert measure("social_mentions", PUBLIC, END).value == 4


@pytest.mark.parametrize(
    ("part", "value"),
    [("negative", 200 / 3), ("positive", 100 / 3), ("questions", 200 / 3), ("complaints", 100 / 3), ("answered", 50)],
)
def test_a_mention_that_nobody_judged_is_in_no_share(part: str, value: float) -> None:
    assert measure("social_mentions", PUBLIC, END).figure.parts[part].value == pytest.approx(value)


def test_mentions_are_split_by_network() -> None:
    found = measure("social_mentions", PUBLIC, END, by="network").figures
    assert [(f.keys["network"], f.estimate.value) for f in found] == [("fb", 2), ("x", 2)]


def test_an_answer_after_the_data_s_end_has_not_been_given() -> None:
    early = Settings(data_end=at("2024-02-06 12:00"))
    assert measure("social_mentions", PUBLIC, early).figure.parts["answered"].value == pytest.approx(100 / 3)
