"""Share of tickets not resolved so long after their creation."""

from __future__ import annotations

from latido.i18n import _
from latido.metrics.methods import Curve
from latido.metrics.metric import Metric
from latido.metrics.resolution_time import rows
from latido.metrics.rules import DATELESS, TICKETS

UNRESOLVED_AFTER = Metric(
    name="unresolved_after",
    family="service",
    label=_("Unresolved after"),
    formula=_("Share of tickets not resolved X hours after creation, from the Kaplan–Meier curve of resolution time."),
    unit="%",
    better="lower",
    range=(0, 100),
    interval=_("Greenwood, log-log"),
    source=_("Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data"),
    traps=(_("A first-contact resolution of 90 % hides the tenth that may wait for months; this shows it."),),
    table="ticket_facts",
    rows=rows,
    method=Curve(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
)
