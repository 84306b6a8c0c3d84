"""Customers who answer more than once: how much less their answers say."""

from __future__ import annotations

from fractions import Fraction

from latido.stats.means import deviations


def design_effect(  # noqa: PLR0917 - the sums of one aggregation, in its order
    n: float,
    total: float,
    squares: float,
    clusters: float,
    cluster_total_squares: float,
    cluster_cross: float,
    cluster_size_squares: float,
) -> float:
    """Variance of the mean with customers as clusters, over what it would be if all answers were independent.

    With s_c and n_c the sum and number of customer c's answers, m the mean and G customers:
    [G/(G−1) Σ(s_c − m n_c)² / n²] / [Σ(x − m)² / (n − 1) / n]. Everything is a sum, so an engine can
    aggregate it: once by customer, once over customers.

    Args:
        n: Answers, Σn_c.
        total: Σs_c.
        squares: Σx² over answers.
        clusters: G, how many customers answered.
        cluster_total_squares: Σs_c².
        cluster_cross: Σ s_c n_c.
        cluster_size_squares: Σ n_c².

    Returns:
        1 when every customer answered once; never below 1, since an estimate below it is chance and
        would claim more evidence than there are answers. With one customer, or answers that are all
        equal, nothing can be estimated: then as if each customer always said the same, Σn_c² / n.

    Source: Cameron & Miller (2015), Journal of Human Resources 50:317, for a mean.
    """
    if n <= 0 or clusters >= n:
        return 1.0
    spread = deviations(n, total, squares)
    if clusters <= 1 or spread == 0:
        return max(cluster_size_squares / n, 1.0)
    mean = Fraction(total) / Fraction(n)
    between = float(
        Fraction(cluster_total_squares) - 2 * mean * Fraction(cluster_cross) + mean**2 * Fraction(cluster_size_squares)
    )
    robust = clusters / (clusters - 1) * max(between, 0) / n**2
    return max(robust / (spread / (n - 1) / n), 1.0)
