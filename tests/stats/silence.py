"""A company some of whose customers keep silent: why they do is known, since it is simulated."""

from dataclasses import dataclass

import numpy as np

# How many levels each dimension has: segment, region, tenure, tickets, late deliveries.
SIZES = (3, 4, 5, 4, 2)
DEMOGRAPHICS, BEHAVIOUR = slice(0, 2), slice(0, 5)


@dataclass(frozen=True)
class Company:
    """Customers by level of each dimension, what they would say (−100, 0, 100), and whether they do."""

    levels: np.ndarray
    points: np.ndarray
    answered: np.ndarray

    @property
    def truth(self):
        return self.points.mean()

    def targets(self, which):
        return [np.bincount(side, minlength=size) for side, size in zip(self.levels[which], SIZES[which], strict=True)]


def company(seed, from_answer=0.0, customers=40_000):
    """Who had tickets and late deliveries is less content and answers more; `from_answer` adds that the unhappy do."""
    rng = np.random.default_rng(seed)
    segment, region = rng.choice(3, customers, p=[0.5, 0.3, 0.2]), rng.integers(0, 4, customers)
    months, tickets = rng.exponential(24, customers), rng.poisson(0.8, customers)
    late = (rng.random(customers) < 0.15).astype(int)
    mood = 0.9 - 0.45 * tickets - 1.1 * late + 0.01 * np.minimum(months, 60) + np.array([0, 0.3, -0.5])[segment]
    mood = mood + rng.logistic(size=customers)
    points = 100 * ((mood > 1.2).astype(int) - (mood <= -0.3).astype(int))
    logit = -2.2 + 0.5 * (segment == 2) + 0.35 * tickets + 0.5 * late - 0.01 * np.minimum(months, 60)
    logit = logit + from_answer * np.select([points < 0, points == 0], [0.7, 0.35], 0)
    answered = rng.random(customers) < 1 / (1 + np.exp(-logit))
    tenure = np.digitize(months, [6, 12, 24, 48])
    return Company(np.stack([segment, region, tenure, np.minimum(tickets, 3), late]), points, answered)
