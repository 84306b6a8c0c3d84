"""Least squares from moments: what goes with an outcome, by how much a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from latido.stats.critical import student
from latido.stats.estimate import Estimate
from latido.stats.moments import Floats, Moments

# Directions in which the standardised predictors vary less than this are none of their own.
_COLLINEAR = 1e-10


@dataclass(frozen=True, eq=False)
class Regression:
    """An outcome as a linear function of its predictors.

    Attributes:
        outcome: What is explained.
        names: The predictors.
        intercept: The outcome where every predictor is 0.
        coefficients: Change of the outcome for one unit more of each, the others held; 0 for a
            predictor that does not vary.
        errors: Standard errors of the coefficients, for independent rows; inf for a predictor that
            does not vary or that the others say exactly.
        standardized: The coefficients in standard deviations.
        vif: Variance inflation: how many times the others' presence multiplies the variance of each
            coefficient; 1 where unrelated, above 5 to 10 they can hardly be told apart, inf where
            one repeats the others.
        r2: Share of the outcome's variance that goes with the predictors, 0…1.
        adjusted: R² less what so many predictors would explain by chance.
        n: Rows.
        degrees: Residual degrees of freedom, effective n − p − 1.
    """

    outcome: str
    names: tuple[str, ...]
    intercept: float
    coefficients: Floats
    errors: Floats
    standardized: Floats
    vif: Floats
    r2: float
    adjusted: float
    n: float
    degrees: float

    def coefficient(self, name: str, confidence: float = 0.95) -> Estimate:
        """One coefficient with its t-interval, for independent rows."""
        at = self.names.index(name)
        value, error = float(self.coefficients[at]), float(self.errors[at])
        reach = student(confidence, self.degrees) * error if self.degrees > 0 else inf
        return Estimate(value, value - reach, value + reach, self.n, confidence=confidence, method="t")


def least_squares(moments: Moments, outcome: str, names: Sequence[str]) -> Regression:
    """Ordinary (or weighted) least squares of `outcome` on `names`, from their moments.

    β = S⁻¹ s with S the predictors' covariances and s theirs with the outcome;
    SE² = σ² VIF / (n s²), σ² = s_y² (1 − R²) n / (n − p − 1). With weights n is Kish's effective one.
    Where predictors repeat one another the shortest solution is taken.

    Source: Draper & Smith (1998), Applied Regression Analysis; Marquardt (1970), Technometrics 12:591
    (VIF); Kish (1965), Survey Sampling.
    """
    m = moments.of([outcome, *names])
    scale, mean, correlation = m.deviation, m.mean, m.correlation
    beta = standardized(correlation)
    r2 = float(np.clip(beta @ correlation[1:, 0], 0, 1))
    by_unit = slopes(m)
    inflation = vif(correlation[1:, 1:])
    n, p = float(m.effective), len(names)
    degrees = n - p - 1
    noise = scale[0] * sqrt((1 - r2) / degrees) if degrees > 0 else inf
    errors = np.divide(noise * np.sqrt(inflation), scale[1:], out=np.full(p, inf), where=scale[1:] > 0)
    return Regression(
        outcome=outcome,
        names=tuple(names),
        intercept=float(mean[0] - by_unit @ mean[1:]),
        coefficients=by_unit,
        errors=errors,
        standardized=beta,
        vif=inflation,
        r2=r2,
        adjusted=1 - (1 - r2) * (n - 1) / degrees if degrees > 0 else float("nan"),
        n=float(m.n),
        degrees=degrees,
    )


def standardized(correlation: Floats) -> Floats:
    """Standardised coefficients from correlations, (…, p + 1, p + 1) with the outcome first, → (…, p)."""
    inverse = np.linalg.pinv(correlation[..., 1:, 1:], rcond=_COLLINEAR, hermitian=True)
    return np.asarray((inverse @ correlation[..., 1:, :1])[..., 0], dtype=np.float64)


def slopes(moments: Moments) -> Floats:
    """Coefficients per unit of all variables but the first, which is the outcome; (…, p), for stacks too."""
    scale, beta = moments.deviation, standardized(moments.correlation)
    return np.divide(beta * scale[..., :1], scale[..., 1:], out=np.zeros_like(beta), where=scale[..., 1:] > 0)


def vif(correlation: Floats) -> Floats:
    """Variance inflation factors from the predictors' correlations, (p, p) → (p,): the inverse's diagonal."""
    values, vectors = np.linalg.eigh(correlation)
    inflation = vectors**2 @ (1 / np.maximum(values, _COLLINEAR / 10))
    return np.where(inflation < 0.1 / _COLLINEAR, np.maximum(inflation, 1), inf)
