"""What a study is to decide, how surely, and among whom.

Source: Kish (1965), Survey Sampling, for finite populations and design effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

from scipy.special import ndtri

# A whole number that was found by halving stays itself.
_HALVED = 1e-6


@dataclass(frozen=True)
class Design:
    """What is to be decided, and how surely.

    Attributes:
        alpha: Chance of seeing a difference where there is none. Where m segments are looked at
            together, α / m is what the clearest of them has to pass.
        power: Chance of seeing it where it is.
        sides: 2 where both directions count, 1 where only one does.
        groups: 2 to compare two periods or segments of the same size, 1 to compare with a fixed target.
        deff: Design effect where the same customers answer more than once.
        population: How many there are in all of each group; None where that is many more than are
            asked. It matters when the question is about these customers, not about the service.
        response: Share of those asked who answer.
    """

    alpha: float = 0.05
    power: float = 0.8
    sides: int = 2
    groups: int = 2
    deff: float = 1.0
    population: int | None = None
    response: float = 1.0

    @property
    def z_alpha(self) -> float:
        """1.96 for 5 % on two sides."""
        return float(ndtri(1 - self.alpha / self.sides))

    @property
    def z_power(self) -> float:
        """0.84 for 80 %."""
        return float(ndtri(self.power))

    def independent(self, n: float) -> float:
        """How many independent answers of an endless population `n` are worth: n / deff · (N − 1) / (N − n)."""
        if self.population is None:
            return n / self.deff
        left = self.population - n
        return n / self.deff * (self.population - 1) / left if left > 0 else inf

    def answers(self, independent: float) -> float:
        """How many answers are worth so many independent ones, the other way round."""
        n = independent * self.deff
        return n if self.population is None else n * self.population / (self.population - 1 + n)

    def asking(self, independent: float) -> SampleSize:
        """Whole answers worth at least so many independent ones, and the invitations for them."""
        n = max(ceil(self.answers(independent) - _HALVED), 1)
        return SampleSize(n, ceil(n / self.response - _HALVED), self)


@dataclass(frozen=True)
class SampleSize:
    """How many it takes.

    Attributes:
        n: Answers, in each group.
        invitations: How many have to be asked for them, in each group.
        design: What they are enough for.
    """

    n: int
    invitations: int
    design: Design

    @property
    def feasible(self) -> bool:
        """Whether there are so many to ask."""
        return self.design.population is None or self.invitations <= self.design.population


USUAL = Design()
