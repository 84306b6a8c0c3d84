"""What a figure is: never a bare number."""

from __future__ import annotations

import math
from dataclasses import dataclass

NAN = math.nan


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval and the evidence under it.

    Attributes:
        value: The figure; NaN where nothing can be said.
        low: Lower bound of the interval at `confidence`; NaN where there is none.
        high: Upper bound; `inf` where a censored curve never came down far enough.
        n: How many units (answers, tickets, customers) it rests on.
        numerator: The counted part, where the figure is a share.
        denominator: What it is a share of, where the figure is a share.
        confidence: Coverage that the interval claims (0.95).
        method: The interval's name, as the literature calls it (`wilson`, `adjusted_wald`, …).
    """

    value: float
    low: float
    high: float
    n: float
    numerator: float | None = None
    denominator: float | None = None
    confidence: float = 0.95
    method: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return not math.isnan(self.value)

    def scaled(self, by: float) -> Estimate:
        """The same evidence in another unit: `share.scaled(100)` is in per cent."""
        low, high = sorted((self.low * by, self.high * by)) if by < 0 else (self.low * by, self.high * by)
        return Estimate(
            self.value * by, low, high, self.n, self.numerator, self.denominator, self.confidence, self.method
        )


def unknown(n: float = 0, method: str = "") -> Estimate:
    """Nothing can be said: NaN with the `n` that was not enough."""
    return Estimate(NAN, NAN, NAN, n, method=method)
