"""What there is now: each group's level, spread, volume, repeat respondents and response rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import TYPE_CHECKING, Any

import pandas as pd

from latido.facts.customers import customers_at
from latido.metrics.measure import measure, population
from latido.metrics.methods import Curve
from latido.metrics.methods.clusters import by_customer, effect
from latido.metrics.query import Query
from latido.metrics.response_rate import RESPONSE_RATE
from latido.metrics.where import dimensions
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import deviations

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.scope import Scope

SURVEYS = ("nps", "csat", "ces")
_SINGLE = ("ticket", "order", "stage")

Keys = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Present:
    """One group as it is now.

    Attributes:
        keys: The values of the dimensions, and of what figures are never merged over.
        now: The figure with its interval.
        sd: Standard deviation of one value, in the metric's unit; NaN for medians.
        n: Values in the days looked at.
        deff: How much less they say because customers answer more than once; 1 where none does.
        response: Share of the invitations that are answered, 0…1; None where none are kept.
    """

    keys: Mapping[str, str | None]
    now: Estimate
    sd: float
    n: float
    deff: float
    response: float | None = None


def present(scope: Scope) -> list[Present]:
    """Every group of a question without periods, the largest first."""
    rows, groups = population(scope)
    method = scope.metric.method
    keys = method.keys(rows, scope)
    by = [*groups, *keys]
    rows = method.folded(rows.mutate(**keys), by)
    value = rows.value.cast("float64")
    sums = {**method.sums(rows, scope), "v_n": rows.value.count(), "v_t": value.sum(), "v_q": (value * value).sum()}
    if method.cluster is not None:
        frame = scope.execute(by_customer(rows, by, sums, method.cluster))
    else:
        frame = scope.execute(rows.group_by(by).agg(**sums) if by else rows.aggregate(**sums))
    answering = _answering(scope)
    parts = frame.groupby(groups, dropna=False, sort=False) if groups else [((), frame)]
    found = [_present(part, _named(groups, key), scope, answering) for key, part in parts]
    return sorted((one for one in found if one.n), key=lambda one: (-one.n, str(one.keys)))


def _present(frame: pd.DataFrame, keys: Keys, scope: Scope, answering: Mapping[Keys, tuple[float, float]]) -> Present:
    n, total, squares = (float(frame[name].fillna(0).sum()) for name in ("v_n", "v_t", "v_q"))
    enough = n >= max(scope.settings.min_n, scope.metric.min_n)
    estimates = scope.metric.method.estimates(frame, scope) if n and enough else {"value": unknown(n)}
    answered, asked = answering.get(_asked_by(keys, scope), (0.0, 0.0))
    return Present(
        keys=dict(keys),
        now=next(iter(estimates.values())),
        sd=_spread(scope.metric, next(iter(estimates.values())), sqrt(deviations(n, total, squares) / max(n - 1, 1))),
        n=n,
        deff=effect(frame.iloc[0]),
        response=answered / asked if asked else None,
    )


def _spread(metric: Metric, now: Estimate, values: float) -> float:
    """Standard deviation of one value: a share's follows from its level, a median's is not one of seconds."""
    if metric.unit == "%":
        return sqrt(now.value * (100 - now.value)) if now.known else nan
    return nan if isinstance(metric.method, Curve) else values


def _named(groups: Sequence[str], key: Any) -> Keys:
    values = key if isinstance(key, tuple) else (key,)
    return tuple((name, None if pd.isna(value) else str(value)) for name, value in zip(groups, values, strict=True))


def _answering(scope: Scope) -> dict[Keys, tuple[float, float]]:
    """Answers and invitations of the metric's survey, by those of the question's dimensions that invitations have."""
    if scope.metric.name not in SURVEYS:
        return {}
    asks = scope.tables["ask_facts"]
    there = dimensions(asks, RESPONSE_RATE)
    where = tuple(c for c in scope.query.where if c.dimension in there)
    query = Query("response_rate", by=("kind", "subject", *_kept(scope)), where=where, start=scope.query.start,
                  end=scope.query.end)  # fmt: skip
    found: defaultdict[Keys, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for figure in measure(query, scope.tables, scope.settings, execute=scope.execute).figures:
        if figure.keys.get("kind") == scope.metric.name and figure.estimate.denominator:
            sums = found[_by_kind(figure.keys, scope)]
            sums[0] += figure.estimate.numerator or 0.0
            sums[1] += figure.estimate.denominator
    return {keys: (answered, asked) for keys, (answered, asked) in found.items()}


def _by_kind(keys: Mapping[str, str | None], scope: Scope) -> Keys:
    """Kind of survey, where figures are split by it, and the dimensions that invitations have."""
    kind = "transactional" if keys["subject"] in _SINGLE else "relationship"
    split = (("survey_kind", kind),) if "survey_kind" in scope.metric.splits else ()
    return (*split, *((name, keys[name]) for name in _kept(scope)))


def _asked_by(keys: Keys, scope: Scope) -> Keys:
    told = dict(keys)
    split = (("survey_kind", told.get("survey_kind")),) if "survey_kind" in scope.metric.splits else ()
    return (*split, *((name, told.get(name)) for name in _kept(scope)))


def _kept(scope: Scope) -> tuple[str, ...]:
    """The question's dimensions that invitations have too."""
    there = dimensions(scope.tables["ask_facts"], RESPONSE_RATE)
    return tuple(name for name in scope.query.by if name in there and name not in {"survey_kind", "subject", "kind"})


def customers(scope: Scope) -> dict[Keys, int]:
    """How many customers there are, by those of the question's dimensions that customers have."""
    rows = customers_at(scope.end, scope.tables)
    there = dimensions(rows, scope.metric)
    by = [name for name in scope.query.by if name in there and there[name] in rows.columns]
    rows = rows.mutate(**{name: rows[there[name]].cast("string") for name in by})
    if not by:
        return {(): int(scope.execute(rows.aggregate(n=rows.count())).iloc[0, 0])}
    frame = scope.execute(rows.group_by(by).agg(n=rows.count()))
    return {_named(by, tuple(row[name] for name in by)): int(row["n"]) for _i, row in frame.iterrows()}
