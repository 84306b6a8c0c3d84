"""Everybody who was asked, as cells of people alike: how many were asked, how many answered, and what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from latido.facts.expr import flag, join_columns, when
from latido.insights.nonresponse.behaviour import TRAITS, Before, with_behaviour
from latido.metrics.answer_rows import positive
from latido.metrics.measure import population
from latido.metrics.methods.clusters import by_customer, effect
from latido.metrics.where import dimensions

if TYPE_CHECKING:
    from latido.metrics.scope import Scope

OWN_SCALE = {"nps": "0-10"}
SPLITS = ("survey_kind", "scale")
_SINGLE = ("ticket", "order", "stage")


def _points(asks: Any, _scope: Scope) -> Any:
    return ibis.cases((asks.better >= 9, 100), (asks.better <= 6, -100), else_=0)


VALUES: Mapping[str, Callable[[Any, Scope], Any]] = {
    "nps": _points,
    "csat": positive,
    "ces": lambda asks, _scope: asks.better,
}
"""What an answer counts, by metric; it is the metric's own rule."""


@dataclass(frozen=True, eq=False)
class Cells:
    """All invitations of a survey metric, added up.

    Attributes:
        frame: One row a cell: splits, traits and dimensions; `asked`, `n` (answers), `total` and `squares` of
            their values, `up` and `down` (values above and below 0).
        splits: What figures are never merged over.
        dimensions: Columns of the dimensions, by their names.
        effects: Design effect of the answers, and of answering at all, by split.
        bounced: Invitations that never arrived.
    """

    frame: pd.DataFrame
    splits: tuple[str, ...]
    dimensions: tuple[str, ...]
    effects: Mapping[tuple[Any, ...], tuple[float, float]]
    bounced: int


def cells(scope: Scope, before: Before, by: Sequence[str]) -> Cells:
    """The cells of one question.

    Args:
        scope: A question about `asked_metric` of a survey metric.
        before: How far to look back.
        by: Dimensions to tell people apart by, besides what they lived; those that invitations lack are left out.
    """
    found, _groups = population(scope)
    arrived = found.filter(found.left_out.isnull())
    splits = tuple(name for name in SPLITS if name in scope.query.by)
    there = dimensions(found, scope.metric)
    named = tuple(name for name in dict.fromkeys(by) if name in there and there[name] in found.columns)
    named = tuple(name for name in named if name not in splits)
    answered = arrived.mutate(value=arrived.worth)
    added = scope.execute(_added(with_behaviour(answered, scope, before, "ask_id"), splits, named, there))
    return Cells(
        frame=in_order(added, (*splits, *TRAITS, *map(column, named))),
        splits=splits,
        dimensions=named,
        effects=_effects(answered, splits, scope),
        bounced=int(scope.execute(found.aggregate(n=flag(found.left_out.notnull()).sum())).fillna(0).iloc[0, 0]),
    )


def _added(rows: Any, splits: tuple[str, ...], named: tuple[str, ...], there: Mapping[str, str]) -> Any:
    rows = rows.mutate(**{column(name): rows[there[name]].cast("string") for name in named})
    value = rows.value.cast("float64")
    by = [*splits, *TRAITS, *map(column, named)]
    return rows.group_by(by).agg(
        asked=rows.count(), n=value.count(), total=value.sum().fill_null(0), squares=(value * value).sum().fill_null(0),
        up=flag(value > 0).sum(), down=flag(value < 0).sum(),
    )  # fmt: skip


def in_order(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The cells in the order of what they are told apart by: engines give groups in any."""
    return frame.sort_values(list(by), ignore_index=True)


def column(name: str) -> str:
    """The column that holds a dimension among the traits."""
    return f"by_{name}"


def _effects(rows: Any, splits: tuple[str, ...], scope: Scope) -> dict[tuple[Any, ...], tuple[float, float]]:
    """Design effects of what was answered and of whether it was, by split."""
    came = rows.mutate(value=flag(rows.value.notnull()))
    frames = [scope.execute(by_customer(r, list(splits), {}, "customer_id")) for r in (rows, came)]
    told = [{_key(row, splits): effect(row, scope.query.confidence) for _i, row in frame.iterrows()}
            for frame in frames]  # fmt: skip
    return {key: (told[0].get(key, 1.0), deff) for key, deff in told[1].items()}


def _key(row: Any, splits: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(None if pd.isna(row[name]) else row[name] for name in splits)


def asked_metric(scope: Scope, name: str) -> Scope:
    """The question about response rates turned to the invitations of one survey metric, with what they were worth.

    Args:
        scope: A question about `response_rate`.
        name: The survey metric.
    """

    def rows(asks: Any, own: Scope) -> Any:
        found = _with_survey(asks.filter(asks.kind == name), own.tables["answer_facts"], name)
        found = scope.metric.rows(found, own)
        worth = when((found.value == 1) & found.better.notnull(), VALUES[name](found, own).cast("float64"))
        return found.mutate(worth=worth)

    return replace(scope, metric=replace(scope.metric, rows=rows))


def _with_survey(asks: Any, answers: Any, name: str) -> Any:
    """The invitations with scale and kind of their survey, as its answers show them; without blind surveys."""
    given = answers.filter(answers.kind == name)
    surveys = given.group_by(survey=given.survey.fill_null("")).agg(
        _scale=given.scale.min(), _other=given.scale.max(), _kind=given.survey_kind.min()
    )
    found = join_columns(asks.mutate(_survey=asks.survey.fill_null("")), surveys, "_survey",
                         {"scale": "_scale", "_other": "_other", "_kind": "_kind"}, key="survey")  # fmt: skip
    single = ibis.ifelse(found.subject.isin(_SINGLE).fill_null(False), "transactional", "relationship")
    found = found.mutate(survey_kind=single).filter((found["_kind"] != "blind").fill_null(True))
    found = found.filter((found.scale == found["_other"]).fill_null(True))
    if name in OWN_SCALE:
        found = found.filter((found.scale == OWN_SCALE[name]).fill_null(True))
    return found.drop("_survey", "_other", "_kind")
