"""Two groups that are not of the same size: how many each needs, and what they are worth."""

from __future__ import annotations

from math import ceil


def shared(n: float, share: float) -> tuple[int, int]:
    """Sizes of two groups that are worth two of `n` each: 1/n₁ + 1/n₂ = 2/n with n₁ = share · (n₁ + n₂).

    Exact for scores and means with the same spread in both groups; for shares, that of the difference's
    variance under no difference.

    Args:
        n: Size of each of two equal groups.
        share: Share of all that are in the first group, between 0 and 1.

    Raises:
        ValueError: A group would be empty.

    Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 4.3.

    >>> shared(655, 0.5), shared(655, 0.2)
    ((655, 655), (410, 1638))
    """
    if not 0 < share < 1:
        raise ValueError("Both groups need somebody.")
    return ceil(n / 2 / (1 - share) - 1e-9), ceil(n / 2 / share - 1e-9)


def worth(total: float, share: float) -> float:
    """The other way round: of how many each, two equal groups would say as much as `total` divided so.

    >>> worth(2048, 0.2)
    655.36
    """
    return round(2 * total * share * (1 - share), 9)
