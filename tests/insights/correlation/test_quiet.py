"""Where nothing goes together, nothing is told in 95 of 100 companies, whatever else hangs together in them."""

from __future__ import annotations

import numpy as np

from latido.insights.correlation.judged import over_units, over_weeks
from latido.insights.correlation.rows import Rows
from latido.insights.correlation.weeks import Panel, _ranks, _usual
from latido.metrics.units import grain, variable

TICKET, WEEK = grain("ticket"), grain("team_week")
NAMES = ("agent_touches", "transfer_rate", "on_hold_time", "first_contact_resolution", "ces", "csat.score", "nps.score")
RUNS = 100
MOST = 0.05 + 1.645 * (0.05 * 0.95 / RUNS) ** 0.5  # what one in twenty may look like in so many runs


def tickets(seed: int, customers: int = 300) -> Rows:
    """Metrics that have nothing to do with each other, of customers who come again and stay as they are."""
    chance = np.random.default_rng(seed)
    who = np.repeat(np.arange(customers), chance.geometric(0.35, customers))
    columns = [0.8 * chance.normal(size=customers)[who] + chance.normal(size=len(who)) for _name in NAMES]
    columns[1] = (columns[1] > 1.2).astype(float)  # a share
    columns[2] = np.exp(1.5 * columns[2])  # a few very long waits
    columns[5] = np.clip(np.round(columns[5] + 4), 1, 5)  # a scale where most agree
    values = np.stack(columns, axis=1)
    values[:, 4:][chance.random((len(who), 3)) > 0.4] = np.nan  # most do not answer
    known = (~np.isnan(values)).astype(float)
    block = chance.integers(0, 128, customers)[who]
    return Rows(values, block, chance.random(len(who)), {}, np.ones((7, 7)), known.T @ known)


def weeks(seed: int, teams: int = 5, count: int = 104) -> Panel:
    """Teams that differ, drift and share seasons, each week like the one before."""
    chance = np.random.default_rng(seed)
    season = 1.5 * np.cos(np.arange(count) / 52 * 2 * np.pi)
    usual = {}
    for name in NAMES:
        series = chance.normal(size=(teams, count))
        memory = chance.uniform(0, 0.7)
        for week in range(1, count):
            series[:, week] += memory * series[:, week - 1]
        drift = np.linspace(0, 1, count) * chance.normal(size=(teams, 1))
        usual[name] = _usual(series + season + 2 * drift + 2 * chance.normal(size=(teams, 1)))
    return Panel(usual, {name: _ranks(values) for name, values in usual.items()}, tuple("abcde"[:teams]), count)


def test_unrelated_metrics_of_tickets_are_not_told_as_going_together() -> None:
    asked = [variable(name, TICKET) for name in NAMES]
    told = [any(p.holds for p in over_units(tickets(seed), TICKET, asked, 30)) for seed in range(RUNS)]
    assert np.mean(told) <= MOST


def test_unrelated_metrics_of_teams_are_not_told_as_going_together() -> None:
    asked = [variable(name, WEEK) for name in NAMES]
    told = [any(p.holds for p in over_weeks(weeks(seed), WEEK, asked, 30, ())) for seed in range(RUNS // 4)]
    assert np.mean(told) <= MOST
