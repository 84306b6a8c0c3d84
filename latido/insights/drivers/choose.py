"""What is taken where nothing is named: the grain that knows an outcome, and the drivers that may lie behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from latido.errors import UsageError
from latido.metrics.units import GRAINS, Grain, Variable, units, variable
from latido.metrics.units.variable import QUESTION

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.settings import Settings

_SERVICE = ("first_reply_time", "resolution_time", "transfer_rate.times", "reopen_rate.times", "agent_touches")
# Each stage of what customers go through may lie behind those that come later.
_STAGES = (
    ("ces",),
    ("csat", "csat_of_asked"),
    ("nps", "recommendation_rate"),
    ("churn_rate", "clv", "repurchase_rate"),
)
_FELT = ("ces", "csat.score", "nps.score")
_ENOUGH = 30
_QUESTIONS = 14


def candidates(
    outcome: Variable, at: Grain, tables: Mapping[str, Any], execute: Callable[[Any], pd.DataFrame]
) -> list[Variable]:
    """What may lie behind an outcome: the work on tickets, what customers felt before it, ratings of touchpoints."""
    stage = next((i for i, names in enumerate(_STAGES) if outcome.metric.name in names), 0)
    named = [*_SERVICE, *_FELT[:stage], *(f"{QUESTION}{text}" for text in _ratings(tables, execute))]
    if at.name != "ticket" and outcome.metric.name != "ticket_volume":
        named.append("ticket_volume")
    found = [variable(name, at) for name in named]
    same = outcome.metric.name
    return [each for each in found if each.name != outcome.name and (each.question or each.metric.name != same)]


def fitting_grain(
    outcome: str,
    names: Sequence[str],
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
) -> Grain:
    """The finest of ticket and customer by which the outcome is known often enough.

    Raises:
        UsageError: Neither knows the outcome and all drivers.
    """
    problem: UsageError | None = None
    known: list[Grain] = []
    for at in (GRAINS["ticket"], GRAINS["customer"]):
        try:
            rows = units(tables, settings, execute, at, [variable(text, at) for text in (outcome, *names)])
            known.append(at)
        except UsageError as error:
            problem = problem or error
            continue
        first = rows.rows[rows.columns[outcome]]
        frame: Any = execute(rows.rows.aggregate(n=first.count()))
        if frame.n.iloc[0] >= _ENOUGH:
            return at
    if known:
        return known[-1]
    assert problem is not None  # noqa: S101 - nothing was known, so something was wrong
    raise problem


def _ratings(tables: Mapping[str, Any], execute: Callable[[Any], pd.DataFrame]) -> list[str]:
    """The questions by which customers rate something, those asked most."""
    answers = tables["answer_facts"]
    rated = answers.filter((answers.kind == "rating") & answers.question.notnull() & answers.score.notnull())
    counts = execute(rated.group_by("question").agg(n=rated.count()))
    most = counts.sort_values(["n", "question"], ascending=[False, True]).head(_QUESTIONS)
    return [str(text) for text in most.question]
