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
    own = [
        (found.survey == survey, flag(found.better >= least)) for survey, least in scope.settings.positive_from.items()
    ]
    usual = found.positive.cast("int64")
    value = ibis.cases(*own, else_=usual) if own else usual
    return found.mutate(value=found.score.notnull().ifelse(value, None))


def net_points(answers: Any, scope: Scope, kind: str) -> Any:
    """+100 for 9–10, −100 for 0–6, 0 between: the net promoter score is their mean."""
    found = of_kind(answers, scope, kind)
    points = ibis.cases((found.score >= 9, 100), (found.score <= 6, -100), else_=0)
    return found.mutate(value=points.cast("int64"))
