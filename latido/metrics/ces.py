"""Customer effort score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.facts.expr import flag, when
from latido.i18n import _
from latido.metrics.answer_rows import ENDS, of_kind
from latido.metrics.methods import Mean
from latido.metrics.methods.clusters import degrees, effect
from latido.metrics.methods.shares import known, percent
from latido.metrics.metric import Metric
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope
from latido.stats.estimate import Estimate
from latido.stats.means import mean
from latido.stats.nps import nps
from latido.stats.shares import wilson

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Effort(Mean):
    """The mean, the share that found it easy, and the index (% easy − % hard)."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        x = rows.value.cast("float64")
        counted = rows.value.notnull()
        ends = {
            f"{end}_{f}": getattr(when(counted, rows[f"scale_{end}"]), f)()
            for end in ("low", "high")
            for f in ("min", "max")
        }
        shares = {c: when(counted, rows[c]).sum() for c in ("easy", "top", "bottom")}
        return {"n": x.count(), "t": x.sum(), "q": (x * x).sum(), **ends, **shares}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row, confidence = frame.iloc[0], scope.query.confidence
        deff = effect(row)
        one_scale = row.low_min == row.low_max and row.high_min == row.high_max
        scale = (float(row.low_min), float(row.high_max)) if one_scale else None
        n, top, bottom = row.n, known(row.top), known(row.bottom)
        few = effect(row, confidence)
        return {
            "value": mean(n, known(row.t), known(row.q), confidence, deff, scale=scale, degrees=degrees(row)),
            "easy": percent(wilson(known(row.easy), n, confidence, few)),
            "index": nps(top, n - top - bottom, bottom, confidence, few),
        }


def rows(answers: Any, scope: Scope) -> Any:
    """The answer turned so that higher is easier; easy is the top three of 7, the top two of 5."""
    found = of_kind(answers, scope, "ces")
    points = found.scale_high - found.scale_low + 1
    share = (found.better - found.scale_low) / (found.scale_high - found.scale_low)
    easy = found.better >= found.scale_high - (points >= 7).ifelse(2, 1)
    return found.mutate(
        value=found.better,
        easy=flag(easy),
        top=flag(share >= 5 / 6 - 1e-9),
        bottom=flag(share <= 2 / 6 + 1e-9),
    )


CES = Metric(
    name="ces",
    family="experience",
    label=_("Customer effort score (CES)"),
    formula=_(
        "Mean of the answers, turned so that higher is easier. Beside it the share that found it easy (top three of 7, "
        "top two of 5) and the index: % 6–7 − % 1–3 of 7."
    ),
    unit="scale points",
    better="higher",
    interval=_("t-interval of the mean; Wilson; repeated respondents by their design effect"),
    source=_("Dixon, Freeman & Toman (2010), Harvard Business Review 88(7)"),
    traps=(
        _("Texts disagree on the direction: the question's polarity is stored with it, and the raw answer is kept."),
        _("Different scales are never merged: figures are split by scale."),
    ),
    table="answer_facts",
    rows=rows,
    method=Effort(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE,),
    splits=("scale",),
    ends=ENDS,
)
