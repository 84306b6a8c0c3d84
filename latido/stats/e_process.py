"""Did something change in some week: evidence that may be looked at every week.

A `confidence_sequence` averages over everything since the watch began, so a change late in the year
drowns in the quiet months before it. Here every week may be the one in which it began. Against "no
change" stands, for each week k, "since week k the mean is another, by an amount that is normal with
variance τ²". Their likelihood ratio depends on nothing but the difference d between the mean since k
and that of all before (the baseline included), and its squared standard error v:
√(v / (v + τ²)) · exp(d² τ² / (2 v (v + τ²))), times 2 Φ(±d τ / √(v (v + τ²))) where only one
direction counts. Each is a martingale that begins at 1, and so is their mean, e, over the weeks of the
watch. By Ville's inequality e reaches 1/α in a quiet watch with a chance of at most α, however often
it is looked at. Mean and variance are estimated, so this holds for large numbers; simulated in the tests.

Watches multiply chances as much as looks do: m of them together keep α when each keeps α / m.

Source: Robbins & Siegmund (1970), Proceedings of the 6th Berkeley Symposium 4:235; Lai & Xing (2010),
Sequential Analysis 29:162; Ramdas, Grünwald, Vovk & Shafer (2023), Statistical Science 38:576.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from latido.stats.sums import Sums

Direction = Literal["rise", "fall", "both"]
Floats = NDArray[np.float64]

_LARGEST = 700.0  # exp of more is no number


@dataclass(frozen=True, eq=False)
class Evidence:
    """The evidence for a change after each week of a watch.

    Attributes:
        e: e-value after each week: 1 says nothing, 20 is as rare as 5 % without a change.
        since: The week (from 0) in which the change most likely began, as it looks after each week.
        alpha: Chance of a false alarm over the whole watch.
    """

    e: Floats
    since: NDArray[np.int64]
    alpha: float

    @property
    def alarm(self) -> int | None:
        """The first week (from 0) after which the evidence was enough; None while it is not."""
        enough = np.flatnonzero(self.e >= 1 / self.alpha)
        return int(enough[0]) if len(enough) else None

    @property
    def p(self) -> float:
        """p-value that is valid at any time: 1 over the largest e so far."""
        return float(min(1, 1 / self.e.max())) if len(self.e) else 1.0


def e_process(
    weeks: Sequence[Sums],
    baseline: Sums,
    effect: float,
    *,
    alpha: float = 0.05,
    direction: Direction = "both",
    horizon: int = 52,
    deff: float = 1.0,
) -> Evidence:
    """Evidence that the mean changed, after each week.

    Args:
        weeks: Sums over each week's values since the watch began; weeks without any say nothing.
        baseline: Sums over the values from before the watch.
        effect: τ, the size of change worth an alarm, in the values' unit. It decides which changes are
            found soonest, never how often a quiet watch alarms.
        alpha: Chance of a false alarm over the whole watch.
        direction: Which changes count; one direction finds sooner than both.
        horizon: How many weeks the watch lasts before it is begun anew with a later baseline. Changes
            that begin after it are not looked for.
        deff: Design effect where the values are not independent.
    """
    n, total, squares = (np.array([getattr(part, name) for part in (baseline, *weeks)], dtype=float).cumsum()
                         for name in ("n", "total", "squares"))  # fmt: skip
    e, since = np.ones(len(weeks)), np.zeros(len(weeks), dtype=np.int64)
    for week in range(1, len(weeks) + 1):
        variance = deff * _variance(n[week], total[week], squares[week])
        d, information = _differences(n[: week + 1], total[: week + 1], variance)
        ratios = _ratios(d[:horizon], information[:horizon], effect, direction)
        e[week - 1] = (ratios.sum() + max(horizon - week, 0)) / horizon
        since[week - 1] = ratios.argmax()
    return Evidence(e, since, alpha)


def _variance(n: float, total: float, squares: float) -> float:
    # Of all values around one mean: without a change the right one for every hypothesis.
    return (squares - total**2 / n) / (n - 1) if n > 1 else 0.0


def _differences(n: Floats, total: Floats, variance: float) -> tuple[Floats, Floats]:
    """Mean since each week less mean before it, and 1 / v; no information where a side is empty.

    Args:
        n: How many values there were before each week, and in the end.
        total: Their sums.
        variance: Of one value.
    """
    before, after = n[:-1], n[-1] - n[:-1]
    told = (before > 0) & (after > 0) & (variance > 0)
    before, after = np.where(told, before, 1), np.where(told, after, 1)
    d = (total[-1] - total[:-1]) / after - total[:-1] / before
    return d, np.where(told, 1 / (1 / before + 1 / after) / (variance or 1), 0)


def _ratios(d: Floats, information: Floats, effect: float, direction: Direction) -> Floats:
    """Likelihood ratio of each start, in 1 / v."""
    tau = effect**2
    pull = d * information * np.sqrt(tau / (1 + tau * information))
    ratios = np.exp(np.minimum(pull**2 / 2, _LARGEST)) / np.sqrt(1 + tau * information)
    if direction == "both":
        return ratios
    return ratios * 2 * ndtr(pull if direction == "rise" else -pull)
