"""A survival curve: the share still waiting (or still with us) after each time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from latido.i18n import Message, _, _n, duration, percent
from latido.report.charts.chart import Chart, Json, finite, interval_label, plain
from latido.stats.survival import SurvivalCurve

MOST_STEPS = 300
DAY = 86400
MONTH = 365.25 * DAY / 12
LONG = 120 * DAY  # beyond it people count in months
MARKS = (4 * 3600.0, 24 * 3600.0, 72 * 3600.0, 168 * 3600.0)


class Step(NamedTuple):
    """The curve from one time on."""

    t: float
    s: float
    lo: float | None
    hi: float | None
    n: float


def survival(
    curve: SurvivalCurve,
    label: Message | str = "",
    *,
    marks: Sequence[float] = MARKS,
    waiting: Message | None = None,
) -> Chart:
    """A curve with its band, and the share that is left after times that people agreed upon.

    Args:
        curve: From `latido.stats.survival`, in seconds.
        label: What is waited for: the metric.
        marks: Times, in seconds, at which the share is written; those beyond the data are left out.
        waiting: What those who are left do; “still waiting”.
    """
    last = float(curve.times[-1]) if len(curve.times) else 0.0
    long = last > LONG
    shown = {t: curve.at(t).value for t in marks if t <= last}
    data: dict[str, Json] = {
        "label": str(label),
        "unit": "s",
        "scale": "linear" if long else "log",
        "steps": plain([step._asdict() for step in _steps(curve)]),
        "marks": plain([{"t": t, "s": 100 * s, "label": _time(t)} for t, s in shown.items() if math.isfinite(s)]),
        "ticks": plain(_months(last) if long else []),
        "words": {
            "interval": interval_label(curve.confidence),
            "waiting": str(waiting or _("still waiting")),
            "after": str(_("after {time}", time="{time}")),
            "risk": str(_("observed")),
        },
    }
    return Chart("survival", data, _label(str(label), shown))


def _steps(curve: SurvivalCurve) -> list[Step]:
    """As many steps as can be seen; the last one is always there."""
    count = len(curve.times)
    kept = np.unique(np.linspace(0, max(count - 1, 0), min(count, MOST_STEPS)).round().astype(int))
    return [_step(curve, int(i)) for i in kept]


def _step(curve: SurvivalCurve, i: int) -> Step:
    survived, low, high = (100 * float(x[i]) for x in (curve.survival, curve.low, curve.high))
    return Step(float(curve.times[i]), survived, finite(low), finite(high), float(curve.at_risk[i]))


def _months(last: float) -> list[dict[str, Json]]:
    """Marks of a long axis: every so many months."""
    every = 12 if last > 48 * MONTH else 6 if last > 18 * MONTH else 3
    count = int(last / MONTH) // every
    return [{"t": i * every * MONTH, "label": _time(i * every * MONTH)} for i in range(count + 1)]


def _time(seconds: float) -> str:
    """A time in months where it is long."""
    if seconds and seconds < LONG / 5:
        return duration(seconds)
    months = round(seconds / MONTH)
    return str(_n("{count} month", "{count} months", months)) if months else "0"


def _label(label: str, shown: Mapping[float, float]) -> str:
    told = (str(_("{share} after {time}", share=percent(s), time=_time(t))) for t, s in shown.items())
    return ". ".join(filter(None, (label, "; ".join(told))))
