"""The Spanish half of the demo company as tables, and what can be counted from it by plain arithmetic."""

from __future__ import annotations

from functools import cache
from typing import Any

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from latido.config import parse
from latido.demo.company import Company, simulate
from latido.demo.customers import NEVER
from latido.demo.effects import PLANTED
from latido.demo.experience import doublings
from latido.demo.settings import HEAD
from latido.demo.surveys import CES, CSAT, KINDS, RELATIONSHIP, SCALES, TICKET, TRANSACTIONAL, Asks
from latido.demo.world import DAY, END, ES
from latido.facts.catalog import Derived
from latido.insights.chain import Source
from latido.insights.chain.occasions import HALF_YEAR
from latido.metrics.settings import Settings
from latido.model.calendar_settings import from_settings

Floats = NDArray[np.float64]
SCALE, CALENDAR = 0.2, "lumbre-es"


@cache
def company() -> Company:
    """The company with everything planted."""
    return simulate(seed=7, scale=SCALE, effects=PLANTED)


@cache
def source() -> Source:
    """Its tables, with the opening hours of Spain."""
    tables = {"tickets": _tickets(), "ticket_events": _events(), "answers": _answers(), "subscriptions": _contracts()}
    config = parse(HEAD)
    calendar = from_settings(CALENDAR, config.calendars[CALENDAR])
    run = ibis.get_backend().execute
    settings = Settings(
        time_zone="Europe/Madrid", calendars={CALENDAR: calendar}, data_end=_stamps(END).to_pydatetime()
    )
    return Source(Derived(tables.get), settings, run, calendar=CALENDAR)


def _stamps(seconds: Any) -> Any:
    return pd.to_datetime(seconds, unit="s")


def _spanish() -> NDArray[np.bool_]:
    return np.asarray(company().people.country == ES)


def _mine() -> NDArray[np.int64]:
    """Positions of the tickets that can have answers."""
    tickets = company().tickets
    return np.flatnonzero(_spanish()[tickets.asked.customer] & (tickets.outcome.solved < END))


def _tickets() -> Any:
    rows, asked, outcome = _mine(), company().tickets.asked, company().tickets.outcome
    return ibis.memtable(pd.DataFrame({
        "ticket_id": rows.astype(str), "customer_id": asked.customer[rows].astype(str),
        "created": _stamps(asked.created[rows]), "solved": _stamps(outcome.solved[rows]), "status": "solved",
        "reassignments": outcome.transfers[rows], "reopens": outcome.reopens[rows],
    }))  # fmt: skip


def _events() -> Any:
    """As many messages of agents as there were, the first of them at the first reply."""
    rows, outcome = _mine(), company().tickets.outcome
    ticket = np.repeat(rows, outcome.touches[rows])
    nth = np.concatenate([np.arange(n) for n in outcome.touches[rows]])
    return ibis.memtable(pd.DataFrame({
        "ticket_id": ticket.astype(str), "event_id": nth.astype(str),
        "occurred": _stamps(outcome.first_reply[ticket] + nth), "kind": "message", "author_role": "agent",
        "public": True,
    }))  # fmt: skip


def _replies(*surveys: int) -> Asks:
    asks = company().asks
    return asks.take(asks.replied & np.isin(asks.survey, surveys) & _spanish()[asks.customer])


def _answers() -> Any:
    asks = _replies(CSAT, CES, TRANSACTIONAL, RELATIONSHIP)
    about = asks.subject == TICKET
    low, high = np.array(SCALES, dtype=float)[asks.survey].T
    return ibis.memtable(pd.DataFrame({
        "answer_id": np.arange(len(asks)).astype(str), "customer_id": asks.customer.astype(str),
        "kind": np.array(KINDS)[asks.survey], "score": asks.score.astype(float), "scale_low": low, "scale_high": high,
        "answered": _stamps(asks.answered),
        "subject": np.where(about, "ticket", np.where(asks.survey == RELATIONSHIP, "relationship", "order")),
        "subject_id": np.where(about, asks.about.astype(str), None),
    }))  # fmt: skip


def _contracts() -> Any:
    people = company().people
    rows = np.flatnonzero(_spanish())
    ended = np.where(people.lost[rows] < NEVER, people.lost[rows], 0)
    return ibis.memtable(pd.DataFrame({
        "subscription_id": rows.astype(str), "customer_id": rows.astype(str), "started": _stamps(people.joined[rows]),
        "ended": _stamps(pd.Series(ended).where((ended > 0) & (ended < END))),
    }))  # fmt: skip


@cache
def truths() -> dict[tuple[str, str], float]:
    """Least squares on what was ticked, link by link: the planted slopes, flattened by rounding and silence."""
    return {
        **_felt(), ("satisfaction", "recommendation"): _recommending(), ("satisfaction", "loyalty"): _loyal(),
        ("loyalty", "churn"): _leaving(),
    }  # fmt: skip


def _felt() -> dict[tuple[str, str], float]:
    felt, outcome = company().felt, company().tickets.outcome
    ces, csat = _scores(CES), _scores(CSAT)
    waiting = (doublings(felt.first_reply) + doublings(felt.resolution)) / 2
    handled = np.column_stack([outcome.transfers, outcome.reopens, outcome.touches]).astype(float)
    rated = ~np.isnan(ces) & (felt.first_reply > 0)
    both = rated & ~np.isnan(csat)
    hard, glad = (
        np.column_stack([waiting, (handled / handled[r].std(axis=0)).mean(axis=1), ces])[r] for r in (rated, both)
    )
    wait, passed = slopes(hard[:, :2], ces[rated])
    glad_wait, _passed, ease = slopes(glad, csat[both])
    return {
        ("waiting", "effort"): wait, ("handling", "effort"): passed, ("effort", "satisfaction"): ease,
        ("waiting", "satisfaction"): glad_wait,
    }  # fmt: skip


def _scores(survey: int) -> Floats:
    """The answer about each ticket, NaN where there is none."""
    asks, found = _replies(survey), np.full(len(company().tickets), np.nan)
    found[asks.about] = asks.score
    return found


def _recommending() -> float:
    asks, csat = _replies(TRANSACTIONAL), _scores(CSAT)
    asks = asks.take(asks.subject == TICKET)
    asks = asks.take(~np.isnan(csat[asks.about]))
    return slopes(csat[asks.about][:, None], asks.score)[0]


def _loyal() -> float:
    """Scores of the relationship on the mean satisfaction with the tickets of the half-year before."""
    said, rated = (pd.DataFrame({"who": a.customer, "day": a.answered // DAY, "score": a.score})
                   for a in (_replies(RELATIONSHIP), _replies(CSAT)))  # fmt: skip
    pairs = said.reset_index().merge(rated, on="who", suffixes=("", "_then"))
    before = pairs[(pairs.day_then < pairs.day) & (pairs.day_then >= pairs.day - HALF_YEAR)]
    means = before.groupby("index").agg(score=("score", "first"), then=("score_then", "mean"))
    return slopes(means[["then"]].to_numpy(float), means.score.to_numpy(float))[0]


def _leaving() -> float:
    """Leaving within half a year, in per cent, on the score."""
    asks, lost = _replies(RELATIONSHIP), company().people.lost
    later = asks.answered + HALF_YEAR * DAY
    early = later < END
    left = (lost[asks.customer] < later)[early]
    return slopes(asks.score[early][:, None].astype(float), 100.0 * left)[0]


def slopes(causes: Floats, effect: Any) -> list[float]:
    """Coefficients of ordinary least squares, without the intercept."""
    design = np.column_stack([np.ones(len(causes)), causes])
    return [float(b) for b in np.linalg.lstsq(design, np.asarray(effect, dtype=float), rcond=None)[0][1:]]
