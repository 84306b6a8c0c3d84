"""Employee turnover rate."""

from __future__ import annotations

from typing import Any

import ibis

from latido.facts.expr import flag, ratio, seconds
from latido.i18n import _
from latido.metrics.methods import Rate, Share
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.scope import Scope

ENDS = (("employment_facts", "began"), ("employment_facts", "ended"))


def rows(spells: Any, scope: Scope) -> Any:
    """Each spell's departure in the period, and the share of the period's days that it covered."""
    found = _spells(spells, scope)
    first, last = ibis.greatest(found.began, found.begins), ibis.least(found.gone, found.ends)
    covered, whole = ibis.greatest(seconds(first, last), 0), seconds(found.begins, found.ends)
    return _counted(found.mutate(exposure=ratio(covered, whole)), scope)


def two_point(spells: Any, scope: Scope) -> Any:
    """Half for being there when the period begins (the day before closes), half for when it ends."""
    found = _spells(spells, scope)
    there = {t: flag((found.began < found[t]) & (found.gone >= found[t])) for t in ("begins", "ends")}
    return _counted(found.mutate(exposure=ratio(there["begins"] + there["ends"], ibis.literal(2))), scope)


def flagged(spells: Any, scope: Scope) -> Any:
    """1 where the file says that the person left."""
    return spells.mutate(value=spells.left_flag)


def _spells(spells: Any, scope: Scope) -> Any:
    found = scope.crossed(spells)
    # The day of leaving is still a day of work; a move to another team ends at its instant.
    leaving = ibis.ifelse(found.left == 1, found.ended + ibis.interval(days=1), found.ended)
    never = ibis.literal("9999-01-01 00:00:00").cast("timestamp(6)")
    return found.mutate(gone=leaving.fill_null(never))


def _counted(found: Any, scope: Scope) -> Any:
    left = (found.left == 1) & (found.ended >= found.begins) & (found.ended < found.ends) & (found.ended <= scope.end)
    found = found.mutate(
        value=flag(left),
        voluntary_left=flag(left & (found.cause == "voluntary")),
        involuntary_left=flag(left & (found.cause == "involuntary")),
    )
    return found.filter((found.exposure > 0) | (found.value == 1) | found.began.isnull()).drop("cause")


TURNOVER_RATE = Metric(
    name="turnover_rate",
    family="employee",
    label=_("Turnover rate"),
    formula=_(
        "Departures ÷ average headcount of the period × 100, the headcount weighted by days; voluntary and involuntary "
        "departures apart."
    ),
    unit="%",
    better="lower",
    range=(0, float("inf")),
    interval=_("Poisson, exact"),
    source=_("ISO 30414 (turnover); Garwood (1936), Biometrika 28:437"),
    traps=(
        _("The mean of the first and the last day's headcount misses whoever came and went between them."),
        _("The day of leaving is still a day of work."),
        _("A move to another team is not a departure."),
    ),
    table="employment_facts",
    rows=rows,
    method=Rate(more={"voluntary": "voluntary_left", "involuntary": "involuntary_left"}),
    time=None,
    key="agent_id",
    left_out=(LeftOut("undated", _("without a start date"), lambda t, _s: t.began.isnull()),),
    presets=(
        Preset(
            "two_point", _("Average headcount as the mean of the period's first and last day."), {"rows": two_point}
        ),
        Preset(
            "flagged", _("As the file flags it, without dates."),
            {"rows": flagged, "method": Share(), "left_out": (
                LeftOut("unflagged", _("the file does not say"), lambda t, _s: t.left_flag.isnull()),
            )},
        ),
    ),
    ends=ENDS,
)  # fmt: skip
