"""Net promoter score."""

from __future__ import annotations

from typing import Any

from latido.i18n import _
from latido.metrics.answer_rows import ENDS, net_points
from latido.metrics.methods import Points
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope

OTHER_SCALE = LeftOut("other_scale", _("not on a scale from 0 to 10"), lambda t, _s: t.scale != "0-10")


def rows(answers: Any, scope: Scope) -> Any:
    """+100, 0 or −100 an answer."""
    return net_points(answers, scope, "nps")


def only(kind: str) -> Any:
    """Rows of one kind of survey."""
    return lambda answers, scope: rows(answers.filter(answers.survey_kind == kind), scope)


NPS = Metric(
    name="nps",
    family="experience",
    label=_("Net promoter score (NPS)"),
    formula=_("% scoring 9–10 − % scoring 0–6, of those who answered."),
    unit="points",
    better="higher",
    range=(-100, 100),
    interval=_("adjusted Wald; score interval below 30 answers; repeated respondents by their design effect"),
    source=_(
        "Reichheld (2003), Harvard Business Review 81(12); Rocks (2016); Tango (1998), Statistics in Medicine 17:891"
    ),
    traps=(
        _("One promoter and two who skipped are 100, not 33.3."),
        _(
            "Relationship, transactional and blind surveys are never merged: figures are split by kind, blind ones by "
            "brand."
        ),
        _("A scale from 1 to 10 is not NPS."),
    ),
    table="answer_facts",
    rows=rows,
    method=Points(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE, OTHER_SCALE),
    splits=("survey_kind", "rated_brand"),
    presets=(
        Preset("relationship", _("Relationship surveys only."), {"rows": only("relationship")}),
        Preset(
            "transactional", _("Surveys after a ticket, an order or a stage only."), {"rows": only("transactional")}
        ),
        Preset("blind", _("Blind surveys only, by brand."), {"rows": only("blind")}),
    ),
    ends=ENDS,
)
