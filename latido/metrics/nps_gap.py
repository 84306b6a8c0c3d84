"""Gap between our net promoter score and the competitors'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.answer_rows import ENDS, net_points
from latido.metrics.methods import Points
from latido.metrics.metric import Metric
from latido.metrics.nps import OTHER_SCALE
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope
from latido.stats.difference import difference
from latido.stats.estimate import Estimate, unknown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Gap(Points):
    """Own score minus each competitor's, in the same blind survey: one part a competitor."""

    def keys(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"_brand": rows.rated_brand.fill_null("")}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        scores = {brand: super(Gap, self).estimates(part, scope)["value"] for brand, part in frame.groupby("_brand")}
        own = _own(scores, scope)
        rivals = sorted(b for b in scores if b not in {own, ""})
        return {b: difference(scores[own], scores[b]) for b in rivals} or {"value": unknown()}


def rows(answers: Any, scope: Scope) -> Any:
    """Points of the blind answers."""
    return net_points(answers.filter(answers.survey_kind == "blind"), scope, "nps")


def _own(scores: Mapping[str, Estimate], scope: Scope) -> str:
    own = scope.settings.brand
    if not scores:
        return ""
    if own is None or own not in scores:
        raise UsageError(
            _("Which of the brands in the blind survey is ours? There are {brands}.", brands=", ".join(sorted(scores))),
            _('Write it into latido.toml: brand = "…".'),
        )
    return own


NPS_GAP = Metric(
    name="nps_gap",
    family="experience",
    label=_("NPS gap to competitors"),
    formula=_("Own NPS − the competitor's, both from the same blind survey."),
    unit="points",
    better="higher",
    range=(-200, 200),
    interval=_("difference of two intervals (MOVER): the variances are added"),
    source=_("Zou & Donner (2008), Statistics in Medicine 27:1693"),
    traps=(_("Never mixed with the NPS of own customers, who know who asks."),),
    table="answer_facts",
    rows=rows,
    method=Gap(),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE, OTHER_SCALE),
    ends=ENDS,
)
