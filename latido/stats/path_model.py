"""A path model: which constructs there are, what measures each, and which goes with which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latido.stats.moments import Floats
from latido.stats.regression import standardized


@dataclass(frozen=True)
class Construct:
    """Something measured by one or several indicators: first replies, effort, loyalty.

    Attributes:
        name: Which.
        indicators: The metrics that measure it.
        signs: +1 or −1 each, where some of them run the other way; +1 unless given.
    """

    name: str
    indicators: tuple[str, ...]
    signs: tuple[int, ...] = ()


@dataclass(frozen=True)
class PathModel:
    """Touchpoints → journeys → relationship, or any other such order.

    Attributes:
        constructs: In the order of the flow: whatever comes before stands before.
        paths: Pairs (from, to), each to a construct that stands later.

    Raises:
        ValueError: A path names an unknown construct, runs back or is there twice, a construct has no indicator,
            or an indicator measures two.
    """

    constructs: tuple[Construct, ...]
    paths: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        names, indicators = self.names, self.indicators
        backward = [path for path in self.paths if not _forward(names, path)]
        if backward:
            raise ValueError(f"no path of constructs in the order {', '.join(names)}: {backward}")
        if len(set(self.paths)) < len(self.paths) or len(set(names)) < len(names):
            raise ValueError("a construct or a path is there twice")
        if len(set(indicators)) < len(indicators) or not all(c.indicators for c in self.constructs):
            raise ValueError("every construct needs indicators, and an indicator measures one construct")

    @property
    def names(self) -> tuple[str, ...]:
        """The constructs."""
        return tuple(construct.name for construct in self.constructs)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of all constructs, in order."""
        return tuple(name for construct in self.constructs for name in construct.indicators)

    @property
    def membership(self) -> Floats:
        """±1 where an indicator (row) measures a construct (column), else 0."""
        rows = [
            [float(sign) * (construct is other) for other in self.constructs]
            for construct in self.constructs
            for sign in construct.signs or (1,) * len(construct.indicators)
        ]
        return np.array(rows)

    @property
    def arrows(self) -> NDArray[np.bool_]:
        """Whether a path leads from a construct (row) to another (column)."""
        names = self.names
        return np.array([[(source, target) in self.paths for target in names] for source in names])

    def reaches(self) -> tuple[tuple[str, str], ...]:
        """Every pair that some chain of paths connects, in the order of the flow."""
        ways = total_effects(self.arrows.astype(float))
        return tuple((self.names[source], self.names[target]) for source, target in np.argwhere(ways > 0.5))


def direct_effects(arrows: NDArray[np.bool_], correlation: Floats) -> Floats:
    """Path coefficients in standard deviations: least squares of each construct on those that lead to it.

    Args:
        arrows: (m, m), from row to column.
        correlation: Of the constructs, (…, m, m).

    Returns:
        (…, m, m), from row to column; 0 where there is no path.
    """
    paths = np.zeros_like(correlation)
    for target in np.flatnonzero(arrows.any(axis=0)):
        among = [target, *np.flatnonzero(arrows[:, target])]
        paths[..., among[1:], target] = standardized(correlation[..., among, :][..., among])
    return paths


def total_effects(direct: Floats) -> Floats:
    """All ways from a construct to another, each the product along it: (I − B)⁻¹ − I for direct effects B.

    Source: Bollen (1987), Sociological Methodology 17:37.
    """
    eye = np.eye(direct.shape[-1])
    return np.asarray(np.linalg.inv(eye - direct) - eye, dtype=np.float64)


def explained_by_paths(direct: Floats, correlation: Floats) -> Floats:
    """R² of each construct by those that lead to it, (…, m); 0 where none does."""
    return np.asarray((direct * correlation).sum(axis=-2), dtype=np.float64)


def _forward(names: Sequence[str], path: tuple[str, str]) -> bool:
    source, target = path
    return source in names and target in names and names.index(source) < names.index(target)
