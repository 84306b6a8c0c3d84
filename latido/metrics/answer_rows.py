"""Answers to one kind of question, and the rules that hold for all of them."""

from __future__ import annotations

from typing import Any

import ibis

from latido.facts.expr import flag
from latido.metrics.scope import Scope

ENDS = (("answer_facts", "answered"),)


def of_kind(answers: Any, scope: Scope, *kinds: str) -> Any:
    """The answers to questions of these kinds that were given within the data."""
    return answers.filter(answers.kind.isin(kinds) & (answers.answered.isnull() | (answers.answered <= scope.end)))


def positives(answers: Any, scope: Scope, *kinds: str) -> Any:
    """1 for a positive of the answer's own scale, or of the threshold that the workspace sets for the survey."""
    found = of_kind(answers, scope, *kinds)
    return found.mutate(value=found.score.notnull().ifelse(positive(found, scope), None))


def positive(rows: Any, scope: Scope) -> Any:
    """1 or 0 by the threshold that the workspace sets for the survey, else by the scale's own."""
    least = scope.settings.positive_from
    own = [(rows.survey == survey, flag(rows.better >= score)) for survey, score in least.items()]
    usual = rows.positive.cast("int64")
    return ibis.cases(*own, else_=usual) if own else usual


def net_points(answers: Any, scope: Scope, kind: str) -> Any:
    """+100 for 9–10, −100 for 0–6, 0 between: the net promoter score is their mean."""
    found = of_kind(answers, scope, kind)
    points = ibis.cases((found.score >= 9, 100), (found.score <= 6, -100), else_=0)
    return found.mutate(value=points.cast("int64"))
