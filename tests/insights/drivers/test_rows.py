"""A sample of the rows: the same every time, no more than fit, nothing to do with the blocks."""

from __future__ import annotations

import numpy as np
import pytest

from latido.insights.drivers import rows as of_rows
from latido.insights.drivers.rows import Sample, sampled
from tests.insights.drivers import forms
from tests.insights.drivers.forms import execute

NAMES = ("nps.score", "ces", "csat.score")


def drawn(monkeypatch: pytest.MonkeyPatch, most: int) -> Sample:
    monkeypatch.setattr(of_rows, "MOST", most)
    return sampled(forms.plain(), execute, NAMES, 6_000)


def test_few_rows_are_all_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(drawn(monkeypatch, 50_000).values) == 6_000


def test_of_many_rows_about_as_many_as_fit_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(drawn(monkeypatch, 1_000).values) == pytest.approx(1_000, rel=0.15)


def test_they_are_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = drawn(monkeypatch, 1_000), drawn(monkeypatch, 1_000)
    assert np.sort(one.column("ces")).tolist() == np.sort(other.column("ces")).tolist()


def test_they_come_from_all_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(set(drawn(monkeypatch, 1_000).blocks.tolist())) == pytest.approx(128, abs=5)


def test_what_is_missing_is_filled_where_that_is_the_rule() -> None:
    rows = forms.units(forms.holes(forms.frame()))
    filled = sampled(rows, execute, NAMES, 6_000, fill={"nps.score": 0.0, "ces": 0.0, "csat.score": -1.0})
    assert (len(filled.values), (filled.column("csat.score") == -1).sum()) == (
        6_000,
        forms.holes(forms.frame()).v2.isna().sum(),
    )


def test_whole_blocks_hold_as_many_rows_where_they_need_not_be_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_rows, "MOST", 1_000)
    drawn_so = sampled(forms.plain(), execute, NAMES, 6_000, spread=False)
    assert (len(drawn_so.values), drawn_so.blocks.max() < 22) == (pytest.approx(1_000, rel=0.15), True)
