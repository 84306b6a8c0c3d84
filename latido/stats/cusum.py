"""CUSUM: small shifts that last, found by adding up how much each value exceeds what is normal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from latido.stats.roots import reaches

_STATES = 50

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cusum:
    """The two sums, in standard deviations of one value.

    Attributes:
        above: Cᵢ⁺ = max(0, Cᵢ₋₁⁺ + zᵢ − k), z the standardised value.
        below: Cᵢ⁻ = max(0, Cᵢ₋₁⁻ − zᵢ − k).
        alarm: Position (from 0) of the first value at which a sum exceeds h; None while neither does.
        since: Position of the first value after that sum was last 0: where the shift seems to start.
        rising: Whether it is the sum above that exceeds h.
    """

    above: Floats
    below: Floats
    alarm: int | None
    since: int | None
    rising: bool


def cusum(values: ArrayLike, target: float, sigma: float, k: float = 0.5, h: float = 5.0) -> Cusum:
    """The two-sided CUSUM of a series.

    Args:
        values: In the order of time; a missing one (NaN) moves nothing.
        target: What is normal: the mean of a calm stretch.
        sigma: Standard deviation of one value (moving ranges: `xmr(...).mean_range / 1.128`).
        k: Allowance in standard deviations: half the shift worth finding.
        h: Decision interval in standard deviations (`decision_interval`).

    Source: Page (1954), Biometrika 41:100; Hawkins & Olwell (1998), Cumulative Sum Charts.
    """
    z = (np.asarray(values, dtype=float) - target) / sigma
    above, below = _sums(z, k), _sums(-z, k)
    over = np.flatnonzero((above > h) | (below > h))
    if not len(over):
        return Cusum(above, below, None, None, rising=False)
    alarm, rising = int(over[0]), bool(above[over[0]] > h)
    calm = np.flatnonzero((above if rising else below)[:alarm] == 0)
    return Cusum(above, below, alarm, int(calm[-1]) + 1 if len(calm) else 0, rising)


def run_length(k: float = 0.5, h: float = 5.0, shift: float = 0.0, sides: int = 2) -> float:
    """How many values pass, on average, before an alarm: of a normal series, its mean off by `shift`.

    The sum is a Markov chain on 0…h; with Q the transitions that raise no alarm the run lengths are
    (I − Q)⁻¹ 1. Two sides: 1/L = 1/L⁺ + 1/L⁻ (Kemp 1961).

    Args:
        k: Allowance in standard deviations.
        h: Decision interval in standard deviations.
        shift: In standard deviations; 0 gives the run length to a false alarm.
        sides: 2 for both sums, 1 for the one that the shift raises.

    Source: Brook & Evans (1972), Biometrika 59:539.

    >>> round(run_length(0.5, 4)), round(run_length(0.5, 5)), round(run_length(0.5, 4, shift=1), 2)
    (168, 465, 8.38)
    """
    towards = _one_sided(k, h, shift)
    away = towards if shift == 0 else _one_sided(k, h, -shift)
    return towards if sides == 1 else 1 / (1 / towards + 1 / away)


def decision_interval(length: float, k: float = 0.5, sides: int = 2) -> float:
    """The h at which a false alarm comes once in `length` values, on average.

    >>> round(decision_interval(370), 2)
    4.77
    """
    high = 1.0
    while run_length(k, high, sides=sides) < length:
        high *= 2
    return reaches(lambda h: run_length(k, h, sides=sides), length, 0.01, high, precision=1e-5)


def _sums(z: Floats, k: float) -> Floats:
    sums, level = np.zeros(len(z)), 0.0
    for i, step in enumerate(np.where(np.isnan(z), k, z) - k):
        level = sums[i] = max(0.0, level + step)
    return sums


def _one_sided(k: float, h: float, shift: float) -> float:
    # The chain's error falls with the square of its states: twice as many leave a quarter of it (Richardson).
    coarse, fine = _chain(k, h, shift, _STATES), _chain(k, h, shift, 2 * _STATES)
    return fine + (fine - coarse) / 3


def _chain(k: float, h: float, shift: float, states: int) -> float:
    # States stand for the middles of intervals of this width; the first is half an interval, at 0.
    width = 2 * h / (2 * states - 1)
    state = np.arange(states) * width
    step = state[None, :] - state[:, None] + k - shift
    stay = ndtr(step + width / 2) - ndtr(step - width / 2)
    stay[:, 0] = ndtr(step[:, 0] + width / 2)
    return float(np.linalg.solve(np.eye(states) - stay, np.ones(states))[0])
