"""The truths that the demo company is made with are found in it, and not in the same company without them."""

from __future__ import annotations

from functools import cache
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest

from latido.demo.company import simulate
from latido.demo.demand import ORDINARY
from latido.demo.effects import NONE, PLANTED, Effects
from latido.demo.surveys import KINDS, SCALES, TICKET
from latido.facts.catalog import Derived
from latido.insights.correlation import Correlations
from tests.insights.correlation.companies import found

LAST = pd.Timestamp("2026-07-01").timestamp()
ASKED = ("first_reply_time", "resolution_time", "ces", "csat.score", "nps.score")
CHAIN = {
    ("first_reply_time", "ces"): -1, ("resolution_time", "ces"): -1, ("ces", "csat.score"): 1,
    ("csat.score", "nps.score"): 1,
}  # fmt: skip


def instants(seconds: np.ndarray) -> pd.Series:
    """Instants; none for what never came."""
    known = pd.Series(seconds).where(seconds < LAST)
    return pd.to_datetime(known, unit="s", utc=True)


@cache
def told(effects: Effects) -> Correlations:
    """What goes together in the company with these effects."""
    lived = simulate(seed=7, scale=0.15, effects=effects)
    asked, outcome, asks = lived.tickets.asked, lived.tickets.outcome, lived.asks
    number = pd.Series(np.arange(len(asked))).astype(str)
    tickets = pd.DataFrame({
        "ticket_id": "t" + number, "customer_id": "c" + pd.Series(asked.customer).astype(str),
        "created": instants(asked.created), "first_replied": instants(outcome.first_reply),
        "solved": instants(outcome.solved),
    })[asked.kind == ORDINARY]  # fmt: skip
    about = (asks.subject == TICKET) & (asks.answered < LAST)
    survey = asks.survey[about]
    answers = pd.DataFrame({
        "answer_id": "a" + pd.Series(np.flatnonzero(about)).astype(str), "kind": np.array(KINDS)[survey],
        "score": asks.score[about].astype(float), "scale_low": np.array(SCALES, float)[survey, 0],
        "scale_high": np.array(SCALES, float)[survey, 1], "answered": instants(asks.answered[about]),
        "subject": "ticket", "subject_id": "t" + pd.Series(asks.about[about]).astype(str),
        "customer_id": "c" + pd.Series(asks.customer[about]).astype(str), "survey_kind": "transactional",
    })  # fmt: skip
    tables: dict[str, Any] = {"tickets": ibis.memtable(tickets), "answers": ibis.memtable(answers)}
    return found(Derived(tables.get), names=ASKED)


@pytest.mark.parametrize("names", CHAIN)
def test_what_was_planted_holds_with_its_sign(names: tuple[str, str]) -> None:
    pair = told(PLANTED).pair(*names)
    assert pair is not None
    assert (pair.holds, np.sign(pair.estimate.value)) == (True, CHAIN[names])


@pytest.mark.parametrize("names", CHAIN)
def test_what_was_not_planted_does_not(names: tuple[str, str]) -> None:
    pair = told(NONE).pair(*names)
    assert pair is not None
    assert not pair.holds
