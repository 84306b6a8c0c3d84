"""Waiting times of which some have not ended yet: Kaplan–Meier from aggregated counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latido.stats.critical import normal
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import mean

# Products of a million factors are off by less than this; two steps of a curve differ by more.
_TOLERANCE = 1e-11

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """The share still waiting after each time, with its band.

    Attributes:
        times: Distinct times, ascending.
        survival: S(t), the share whose event comes later than t; right-continuous steps.
        low: Lower bound of the band at each time.
        high: Upper bound.
        at_risk: How many were still waiting and observed just before each time.
        ended: How many had the event at each time.
        confidence: Coverage claimed, at each time by itself.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    ended: Floats
    confidence: float = 0.95

    @property
    def n(self) -> float:
        """How many there are, ended or not."""
        return float(self.at_risk[0]) if len(self.times) else 0

    @property
    def events(self) -> float:
        """How many had the event."""
        return float(self.ended.sum())

    @property
    def censored(self) -> float:
        """How many were still waiting when last seen."""
        return self.n - self.events

    def at(self, t: float) -> Estimate:
        """The share still waiting after `t`: S(t) with the log-log band.

        Unknown beyond the longest time observed, unless everybody had the event: a month of data
        says nothing about the share that waits for two.
        """
        if not self.n or (t > self.times[-1] and self.survival[-1] > 0):
            return unknown(self.n, "kaplan_meier")
        value, low, high = self._step(int(np.searchsorted(self.times, t, side="right")) - 1)
        if value == 1:
            low = _none_yet(self.at_risk[np.searchsorted(self.times, t)], self.confidence)
        return Estimate(value, low, high, self.n, confidence=self.confidence, method="kaplan_meier")

    def quantile(self, p: float) -> Estimate:
        """The time by which a share `p` has had the event.

        The first time at which S(t) ≤ 1 − p; where S equals 1 − p on a whole step, the middle of the
        step, so that without censoring it is the ordinary median. The interval inverts the band
        (Brookmeyer & Crowley 1982): from where the lower bound first comes down to 1 − p to where
        the upper bound does.

        Returns:
            Value `inf`: fewer than `p` had the event within the time observed, so the quantile is
            longer than that; low is then at most the longest time observed. High `inf`: no upper
            bound from these data. Low 0: no lower bound. NaN only for n = 0.
        """
        if not self.n:
            return unknown(0, "kaplan_meier")
        value = self._crossing(1 - p)
        low = 0.0 if _none_yet(self.n, self.confidence) <= 1 - p else _first(self.times, self.low <= 1 - p)
        high = _first(self.times, self.high <= 1 - p)
        low = min(low, value, float(self.times[-1]))
        return Estimate(value, low, max(high, value), self.n, confidence=self.confidence, method="kaplan_meier")

    @property
    def mean_finished(self) -> Estimate:
        """Mean time of those who had the event only: shorter than the truth wherever somebody still waits."""
        total, squares, cubes = (float(self.ended @ self.times**power) for power in (1, 2, 3))
        return mean(self.events, total, squares, self.confidence, cubes=cubes)

    def _step(self, i: int) -> tuple[float, float, float]:
        return (float(self.survival[i]), float(self.low[i]), float(self.high[i])) if i >= 0 else (1.0, nan, 1.0)

    def _crossing(self, share: float) -> float:
        reached = self.survival <= share + _TOLERANCE
        first = _first(self.times, reached)
        if first == inf or self.survival[reached.argmax()] < share - _TOLERANCE:
            return first
        after = _first(self.times, self.survival < share - _TOLERANCE)
        return first if after == inf else (first + after) / 2


def kaplan_meier(times: ArrayLike, events: ArrayLike, censored: ArrayLike, confidence: float = 0.95) -> SurvivalCurve:
    """The curve from how many had the event, and how many were last seen waiting, at each time.

    S(t) = ∏ (1 − dᵢ/rᵢ) over times tᵢ ≤ t, with dᵢ events among rᵢ at risk; who is censored at the
    time of an event is still at risk for it. Band: S^exp(±z √V / |log S|) with Greenwood's
    V = Σ dᵢ / (rᵢ (rᵢ − dᵢ)) (the log-log or exponential Greenwood band), which stays in 0…1. That
    formula is empty at the ends: before the first event the lower bound is Wilson's for nobody among
    those at risk, and once everybody has ended the upper bound stays where it was.

    Args:
        times: Waiting times, in any order; equal ones are added up.
        events: How many had the event at each; may be fractional weights.
        censored: How many were last seen, still waiting, at each.
        confidence: Coverage claimed.

    Source: Kaplan & Meier (1958), Journal of the American Statistical Association 53:457;
    Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data.
    """
    t, d, c = _distinct(*(np.asarray(x, dtype=float) for x in (times, events, censored)))
    # Summed from the end, so that the last ones at risk are exact with fractional weights too.
    risk = np.cumsum((d + c)[::-1])[::-1]
    survival = np.asarray(np.cumprod(1 - d / risk), dtype=np.float64)
    low, high = _band(survival, d, risk, confidence)
    return SurvivalCurve(t, survival, low, high, risk, d, confidence)


def _distinct(t: Floats, d: Floats, c: Floats) -> tuple[Floats, Floats, Floats]:
    some = d + c > 0
    t, d, c = t[some], d[some], c[some]
    if np.all(t[1:] > t[:-1]):
        return t, d, c
    distinct, where = np.unique(t, return_inverse=True)
    return distinct, np.bincount(where, d).astype(float), np.bincount(where, c).astype(float)


def _band(survival: Floats, d: Floats, risk: Floats, confidence: float) -> tuple[Floats, Floats]:
    z = normal(confidence)
    left = np.maximum(risk - d, 0)
    greenwood = np.cumsum(np.divide(d, risk * left, out=np.zeros_like(d), where=left > 0))
    inner = (survival > 0) & (survival < 1)
    log = np.log(survival, out=np.full_like(survival, nan), where=inner)
    width = np.exp(z * np.sqrt(greenwood) / -log)
    low = np.where(inner, survival**width, np.where(survival > 0, risk / (risk + z * z), 0))
    high = np.where(inner, survival ** (1 / width), 1)
    over = survival <= 0
    if over.any():
        before = inner.nonzero()[0]
        high[over] = high[before[-1]] if len(before) else z * z / (risk[0] + z * z)
    return low, high


def _none_yet(n: float, confidence: float) -> float:
    """Wilson's lower bound where all of `n` are still waiting."""
    return n / (n + normal(confidence) ** 2)


def _first(times: Floats, holds: NDArray[np.bool_]) -> float:
    i = int(holds.argmax())
    return float(times[i]) if holds[i] else inf
