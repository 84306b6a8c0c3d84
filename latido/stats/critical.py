"""How many standard errors an interval reaches: the normal and Student's t."""

from __future__ import annotations

from scipy.special import ndtri, stdtrit


def normal(confidence: float) -> float:
    """Two-sided normal quantile: 1.96 for 0.95."""
    return float(ndtri(0.5 + confidence / 2))


def student(confidence: float, degrees: float) -> float:
    """Two-sided quantile of Student's t; degrees of freedom need not be whole."""
    return float(stdtrit(degrees, 0.5 + confidence / 2))
