"""What an engine adds up of many values, and all that a mean's statistics need of them."""

from __future__ import annotations

from dataclasses import dataclass

from latido.stats.estimate import NAN
from latido.stats.means import deviations


@dataclass(frozen=True, slots=True)
class Sums:
    """Count, sum and sum of squares of values.

    Attributes:
        n: How many values.
        total: Σx.
        squares: Σx².
    """

    n: float
    total: float
    squares: float

    @classmethod
    def share(cls, k: float, n: float) -> Sums:
        """Of `n` answers worth 1 (the `k`) or 0: their mean is the share, 0…1."""
        return cls(n, k, k)

    @classmethod
    def scores(cls, promoters: float, passives: float, detractors: float) -> Sums:
        """Of answers worth +100, 0 and −100: their mean is the NPS in points.

        >>> Sums.scores(50, 30, 20).mean
        30.0
        """
        return cls(promoters + passives + detractors, 100 * (promoters - detractors), 10_000 * (promoters + detractors))

    @property
    def mean(self) -> float:
        """Σx / n; NaN of nothing."""
        return self.total / self.n if self.n else NAN

    @property
    def variance(self) -> float:
        """Variance of one value, with n − 1; NaN of fewer than two."""
        return self.spread / (self.n - 1) if self.n > 1 else NAN

    @property
    def spread(self) -> float:
        """Σ(x − x̄)²."""
        return deviations(self.n, self.total, self.squares) if self.n else 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)
