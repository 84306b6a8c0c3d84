"""Gap between our net promoter score and the competitors'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.answer_rows import ENDS, net_points
from latido.metrics.methods import Points
from latido.metrics.metric import LeftOut, Metric
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
        named = {str(brand): part for brand, part in frame.groupby("_brand") if brand}
        scores = {brand: super(Gap, self).estimates(part, scope)["value"] for brand, part in named.items()}
        own = scores.pop(scope.settings.brand or "", unknown())
        return {b: difference(own, scores[b]) for b in sorted(scores)} or {"value": unknown()}


def rows(answers: Any, scope: Scope) -> Any:
    """Points of the blind answers."""
    found = net_points(answers.filter(answers.survey_kind == "blind"), scope, "nps")
    _check_brand(found, scope)
    return found


def _check_brand(answers: Any, scope: Scope) -> None:
    """Ask which brand is ours, where none of those in the survey is said to be."""
    named = answers.filter(answers.rated_brand.notnull()).select("rated_brand").distinct()
    brands = sorted(scope.execute(named)["rated_brand"])
    if brands and scope.settings.brand not in brands:
        raise UsageError(
            _("Which of the brands in the blind survey is ours? There are {brands}.", brands=", ".join(brands)),
            _('Write it into latido.toml: brand = "…".'),
        )


def _nameless(answers: Any, _scope: Scope) -> Any:
    return answers.rated_brand.isnull()


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
    left_out=(NO_SCORE, OTHER_SCALE, LeftOut("nameless", _("no brand is named"), _nameless)),
    ends=ENDS,
)
