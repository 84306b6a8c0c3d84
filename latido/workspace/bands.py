"""How an answer is meant: promoter, passive or detractor, a good rating or none, as the metrics count it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import ibis

from latido.facts.expr import flag
from latido.metrics.answer_rows import positive
from latido.metrics.measure import scope_of
from latido.metrics.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latido.metrics.settings import Settings

Band = Literal["promoter", "passive", "detractor", "good", "bad"]
BANDS: tuple[Band, ...] = get_args(Band)


def banded(answers: Any, tables: Mapping[str, Any], settings: Settings) -> Any:
    """Answers with their `band`; null where there is no score.

    Args:
        answers: Facts of answers.
        tables: Where they are from.
        settings: Says from which score on an answer to a survey is a positive one.
    """
    scope = scope_of(Query("csat"), tables, settings, None)
    nps, ces = (answers.kind == "nps") & (answers.scale == "0-10"), answers.kind == "ces"
    good = ibis.ifelse(ces, flag(answers.better >= _easy_from(answers)), positive(answers, scope))
    return answers.mutate(
        band=ibis.cases(
            (answers.score.isnull(), ibis.null("string")),
            (nps & (answers.score >= 9), "promoter"),
            (nps & (answers.score <= 6), "detractor"),
            (nps, "passive"),
            (good == 1, "good"),
            (good == 0, "bad"),
            else_=ibis.null("string"),
        )
    )


def _easy_from(answers: Any) -> Any:
    """The least score that means easy, as the customer effort score has it: top three of 7, top two of 5."""
    points = answers.scale_high - answers.scale_low + 1
    return answers.scale_high - ibis.ifelse(points >= 7, 2, 1)
