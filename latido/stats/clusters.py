"""Customers who answer more than once: how much less their answers say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latido.stats.critical import normal, student
from latido.stats.means import deviations, exact

Floats = NDArray[np.float64]


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
    [G/(G−1) Σ(s_c − m n_c)² / n²] / [Σ(x − m)² / (n − 1) / n]. All of it is sums, by customer and over them.

    Args:
        n: Answers, Σn_c.
        total: Σs_c.
        squares: Σx² over answers.
        clusters: G, how many customers answered.
        cluster_total_squares: Σs_c².
        cluster_cross: Σ s_c n_c.
        cluster_size_squares: Σ n_c².

    Returns:
        1 when every customer answered once. Never below 1, since an estimate below it is chance and
        would claim more evidence than there are answers; never above n, which is one answer's worth.
        With one customer, or answers that are all equal, nothing can be estimated: then as if each
        customer always said the same, Σn_c² / n.

    Source: Cameron & Miller (2015), Journal of Human Resources 50:317, for a mean.
    """
    if n <= 0 or clusters >= n:
        return 1.0
    spread = deviations(n, total, squares)
    if clusters <= 1 or spread == 0:
        return max(cluster_size_squares / n, 1.0)
    m = exact(total) / exact(n)
    between = exact(cluster_total_squares) - 2 * m * exact(cluster_cross) + m**2 * exact(cluster_size_squares)
    robust = clusters / (clusters - 1) * max(float(between), 0) / n**2
    return min(max(robust / (spread / (n - 1) / n), 1.0), n)


def pooled_design_effect(  # noqa: PLR0917 - the sums of one aggregation, in its order
    n: Floats,
    total: Floats,
    squares: Floats,
    clusters: Floats,
    cluster_total_squares: Floats,
    cluster_cross: Floats,
    cluster_size_squares: Floats,
) -> Floats:
    """The design effect of many pairs of samples at once: what hangs together within each sample.

    Variances between clusters about each sample's own mean are added up over the last axis, and so are those
    of independent values; their ratio is the effect. Arguments as for `design_effect`, (…, samples).

    Returns:
        At least 1, (…); 1 where no sample has two clusters.

    Source: Cameron & Miller (2015), Journal of Human Resources 50:317, for means within strata.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        between = np.maximum(cluster_total_squares - 2 * mean * cluster_cross + mean**2 * cluster_size_squares, 0)
        apart = np.where(clusters > 1, between * clusters / (clusters - 1), 0).sum(axis=-1)
        alone = np.where(clusters > 1, np.maximum(squares - n * mean**2, 0) * n / (n - 1), 0).sum(axis=-1)
        return np.asarray(np.where(alone > 0, np.maximum(apart / alone, 1), 1), dtype=float)


def few_clusters(deff: float, clusters: float, confidence: float = 0.95) -> float:
    """The design effect for intervals that use the normal quantile (NPS, Wilson) when customers are few.

    With G customers the robust variance has only G − 1 degrees of freedom, so it is multiplied by
    (t(G − 1) / z)²: a third at 10 customers, nothing from 200 on. A mean takes
    `degrees=clusters - 1` instead.

    Returns:
        `deff` itself where it is 1 (nobody's answers hang together) or there is one customer.
    """
    if deff <= 1 or clusters <= 1:
        return deff
    return deff * (student(confidence, clusters - 1) / normal(confidence)) ** 2
