"""Rules by which rows are left out, shared by several metrics."""

from __future__ import annotations

from latido.facts.timeline import OPEN
from latido.i18n import _
from latido.metrics.metric import LeftOut

MERGED = LeftOut("merged", _("merged into another ticket"), lambda t, _s: t.merged)
SPAM = LeftOut("spam", _("spam or deleted"), lambda t, _s: t.spam | (t.status == "deleted"))
TICKETS = (MERGED, SPAM)
DATELESS = LeftOut(
    "dateless",
    _("finished, but nothing says when"),
    lambda t, _s: t.status.isin(("solved", "closed")) & t.status_now.isin(OPEN),
)
UNRESOLVED = LeftOut("unresolved", _("not resolved"), lambda t, s: s.seen(t.solved).isnull())
NO_SCORE = LeftOut("no_score", _("no answer to this question"), lambda t, _s: t.score.isnull())
BOUNCED = LeftOut("bounced", _("the invitation never arrived"), lambda t, _s: t.bounced)
