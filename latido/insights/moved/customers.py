"""Customers who answer more than once: the sums of a segment from which its design effect comes.

A customer's answers hang together wherever they lie within one segment, so these sums do not simply
add up over cells. Those of customers with a single row do; only the others are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from latido.insights.moved.sums import Codes, Floats, added, by_segment


@dataclass(frozen=True, eq=False)
class Customers:
    """Who answered, by cell and side; see `metrics.methods.clusters` for the sums.

    Attributes:
        once: Sum → its value by cell and side, without the customers below.
        cell: Cell of each row of customers with several rows in a period.
        who: Twice the customer, plus the side, of each of them.
        m: How many answers.
        s: Their sum.
    """

    once: Mapping[str, Floats]
    cell: Codes
    who: Codes
    m: Floats
    s: Floats

    def sums(self, place: Codes, segments: int) -> dict[str, Floats]:
        """The sums by segment and side, each segment's customers taken together.

        Args:
            place: Segment of each cell, −1 for none.
            segments: How many there are.
        """
        found = {name: by_segment(values, place, segments) for name, values in self.once.items()}
        segment = place[self.cell]
        known = segment >= 0
        pairs, inverse = np.unique(self.who[known] * max(segments, 1) + segment[known], return_inverse=True)
        m, s = (np.asarray(np.bincount(inverse, x[known], len(pairs)), dtype=float) for x in (self.m, self.s))
        at = (pairs % max(segments, 1)) * 2 + pairs // max(segments, 1) % 2
        theirs = {"c_clusters": np.ones(len(pairs)), "c_totals": s**2, "c_cross": s * m, "c_sizes": m**2}
        return found | {name: found[name] + added(at, values, segments) for name, values in theirs.items()}


def customers(cell: Codes, side: Codes, who: Codes, m: Floats, s: Floats, q: Floats, cells: int) -> Customers:  # noqa: PLR0917 - the columns of one table, in its order
    """The customers of a metric's rows.

    Args:
        cell: Cell of each row.
        side: Its side.
        who: Its customer, −1 where it is not known: then each answer is of somebody else.
        m: How many answers.
        s: Their sum.
        q: Their sum of squares.
        cells: How many cells there are.
    """
    at, named = cell * 2 + side, who >= 0
    person = np.where(named, who * 2 + side, 0)
    rows_of = np.bincount(person[named], minlength=int(person.max(initial=0)) + 1)
    several = named & (rows_of[person] > 1)
    single, nobody = named & ~several, ~named
    once = {
        "c_n": m, "c_total": s, "c_squares": q,
        "c_clusters": single + nobody * m, "c_totals": single * s**2 + nobody * q,
        "c_cross": single * s * m + nobody * s, "c_sizes": single * m**2 + nobody * m,
    }  # fmt: skip
    return Customers(
        {name: added(at, values, cells) for name, values in once.items()},
        cell[several], person[several], m[several], s[several],
    )  # fmt: skip
