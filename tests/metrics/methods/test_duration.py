"""Waiting times: exact to the second, in buckets of one per cent above a million."""

from __future__ import annotations

import random

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import after, at, derived, mentions

END = Settings(data_end=at("2024-06-01"))


@pytest.fixture(scope="module")
def tables() -> object:
    chance = random.Random(3)
    waits = [10 ** chance.uniform(-1.5, 4) for _ in range(400)]
    return derived({"mentions": mentions(*(
        {"occurred": after(0), "replied": after(w) if i % 4 else None} for i, w in enumerate(waits)
    ))})  # fmt: skip


def parts(tables: object) -> dict[str, float]:
    found = measure("mention_response_time", tables, END).figure.parts  # type: ignore[arg-type]
    return {name: e.value for name, e in found.items()}


def test_buckets_are_right_to_one_per_cent(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = parts(tables)
    monkeypatch.setattr("latido.metrics.methods.duration.MOST_DISTINCT", 399)
    assert parts(tables) == pytest.approx(exact, rel=0.01)
    assert parts(tables) != exact


def test_up_to_a_million_nothing_is_rounded(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = parts(tables)
    monkeypatch.setattr("latido.metrics.methods.duration.MOST_DISTINCT", 400)
    assert parts(tables) == exact


def test_a_wait_of_no_time_at_all_is_one() -> None:
    given = mentions({"occurred": "2024-03-04 09:00", "replied": "2024-03-04 09:00"})
    assert measure("mention_response_time", {"mentions": given}, END).value == 0
