"""Sums of cells, in both periods: arrays of one row a segment, one column a side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
_SIDES = np.arange(2)


def added(at: Codes, weights: Floats, segments: int) -> Floats:
    """Weights of rows, added up by segment and side.

    Args:
        at: Of each row twice its segment, plus its side.
        weights: What is added.
        segments: How many there are.
    """
    return np.asarray(np.bincount(at, weights, 2 * segments), dtype=float).reshape(-1, 2)


def by_segment(cells: Floats, place: Codes, segments: int) -> Floats:
    """Sums of cells, added up by segment.

    Args:
        cells: One row a cell, one column a side.
        place: Segment of each cell, −1 for none.
        segments: How many there are.
    """
    known = place >= 0
    return added((place[known, None] * 2 + _SIDES).ravel(), cells[known].ravel(), segments)
