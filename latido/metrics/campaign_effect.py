"""Effect of a campaign on social mentions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.metric import Method, Metric
from latido.metrics.scope import Scope
from latido.metrics.social_mentions import ENDS
from latido.stats.counts import rate_ratio
from latido.stats.estimate import Estimate, unknown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class BeforeAfter(Method):
    """Mentions while a campaign ran against as long before, over the same ratio of the control series."""

    def keys(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"_campaign": rows.ran}

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {c: rows[c].sum() for c in ("during", "before", "control_during", "control_before")}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        found = {
            str(r["_campaign"]): rate_ratio(r["during"], r["before"], r["control_during"], r["control_before"],
                                            scope.query.confidence)
            for r in frame.to_dict("records")
        }  # fmt: skip
        return found or {"value": unknown()}


def rows(mentions: Any, scope: Scope) -> Any:
    """Every mention near a campaign: in it or as long before, on its networks or on the others.

    The networks on which a campaign ran are its own; mentions on all others, in the same weeks, are
    the control series.
    """
    found = mentions.filter(mentions.occurred <= scope.end)
    own = found.filter(found.campaign.notnull())
    spans = own.group_by(ran=own.campaign).agg(first=own.occurred.min(), last=own.occurred.max())
    networks = own.group_by(_ran=own.campaign, _network=own.network).agg(_own=own.mention_id.count())
    near = found.cross_join(spans)
    length = near["last"].epoch_seconds() - near["first"].epoch_seconds() + 1
    offset = near.occurred.epoch_seconds() - near["first"].epoch_seconds()
    near = near.mutate(
        _during=flag((offset >= 0) & (offset < length)), _before=flag((offset < 0) & (offset >= -length))
    )
    near = near.filter((near["_during"] == 1) | (near["_before"] == 1))
    near = near.left_join(networks, (near.ran == networks["_ran"]) & (near.network == networks["_network"]))
    on, during, before = flag(near["_own"].notnull()), near["_during"], near["_before"]
    return near.mutate(
        value=ibis.literal(1).cast("int64"), during=on * during, before=on * before,
        control_during=(1 - on) * during, control_before=(1 - on) * before,
    ).drop("_ran", "_network", "_own", "_during", "_before")  # fmt: skip


CAMPAIGN_EFFECT = Metric(
    name="campaign_effect",
    family="interaction",
    label=_("Campaign effect"),
    formula=_(
        "Mentions on the campaign's networks while it ran ÷ as long before, divided by the same ratio on the other "
        "networks (the control series). 1 is no effect."
    ),
    unit="ratio",
    better="higher",
    range=(0, float("inf")),
    interval=_("log rate ratio, Wald"),
    source=_("Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46:348 (control series)"),
    traps=(
        _("Before and after alone would call a season a success: without a control series there is no figure."),
        _("It is an association in time, not proof of a cause."),
    ),
    table="mention_facts",
    rows=rows,
    method=BeforeAfter(),
    time="occurred",
    key="mention_id",
    long_run=True,
    ends=ENDS,
)
