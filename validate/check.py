"""One figure beside what it should be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """Ours beside theirs.

    Attributes:
        what: The figure.
        ours: What latido says.
        expected: What was published, or what a direct computation gives.
        tolerance: Largest difference that rounding explains.
        published: Whether somebody else published `expected`; else it is computed here, with pandas.
    """

    what: str
    ours: float
    expected: float
    tolerance: float = 1e-9
    published: bool = True

    @property
    def ok(self) -> bool:
        """Whether they agree."""
        return abs(self.ours - self.expected) <= self.tolerance
