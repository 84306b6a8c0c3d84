"""Which rows each link of the chain is estimated from, and which paths have too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from latido.insights.chain.declaration import TICKET, Declaration, Part
from latido.insights.chain.known import Known, known
from latido.insights.chain.occasions import Source, occasions
from latido.metrics.units import Variable
from latido.stats.moments import Moments

LEAST = 50  # rows that know both ends of a path; below, it is left out


@dataclass(frozen=True, eq=False)
class Rows:
    """What tickets know, and what customers know.

    Attributes:
        tickets: One row a ticket; None where nothing of the chain is of tickets.
        customers: One row a customer and day; None where nothing is of customers.
    """

    tickets: Known | None
    customers: Known | None

    def of(self, part: Part) -> Known | None:
        """The rows from which what leads to a construct is estimated."""
        return self.tickets if part.of_tickets else self.customers

    def variables(self, part: Part) -> tuple[Variable, ...]:
        """The metrics of a construct that are known, and not always the same."""
        found = self.of(part)
        return tuple(each for each in part.variables if found is not None and found.varies(part.key(each)))


def sides(source: Source, declared: Declaration) -> tuple[Rows, Declaration]:
    """The rows of both sides, and the chain with only what they know."""
    tickets = _tickets(source, [part for part in declared.parts if part.of_tickets])
    half = Rows(tickets, None)
    here = {part.name: half.variables(part) if part.of_tickets else part.variables for part in declared.parts}
    left = declared.measured_by(here)
    rows, found = _judged(source, tickets, left)
    silent = [part.name for part in left.parts if part.level == "relationship"]
    if silent and not any(part.level == "relationship" for part in found.parts):
        rows, found = _judged(source, tickets, left.without(silent))
    return rows, found


def _judged(source: Source, tickets: Known | None, declared: Declaration) -> tuple[Rows, Declaration]:
    """The rows, and what they know of the chain."""
    rows = Rows(tickets, _customers(source, declared))
    return rows, declared.measured_by({part.name: rows.variables(part) for part in declared.parts})


def fewer(rows: Rows, declared: Declaration) -> tuple[Declaration, tuple[tuple[str, str], ...]]:
    """The chain without the paths that too few rows know together with the others into the same construct."""
    paths: list[tuple[str, str]] = []
    for part in declared.parts:
        sources = list(declared.before(part.name))
        while sources and _count(rows, declared, part, sources) < LEAST:
            sources.remove(_hinders(rows, declared, part, sources))
        paths += [(source, part.name) for source in sources]
    left = tuple(pair for pair in declared.paths if pair not in paths)
    return Declaration(declared.parts, tuple(pair for pair in declared.paths if pair in paths)), left


def stacks(rows: Rows, declared: Declaration) -> dict[str, Moments]:
    """Construct → the moments of it and of what leads to it; its net promoter score, where it has one, by itself."""
    found = {}
    for part in declared.parts:
        side, sources = rows.of(part), declared.before(part.name)
        if side is None or not sources:
            continue
        led = [one.key(each) for one in map(declared.part, sources) for each in one.variables]
        found[part.name] = side.of([*map(part.key, part.variables), *led])
        if (points := part.points) is not None and points not in part.variables:
            found[in_points(part)] = side.of([part.key(points), *led])
    return found


def in_points(part: Part) -> str:
    """The name of a recommendation's net promoter score in the model."""
    return part.key(points) if (points := part.points) is not None else part.name


def _tickets(source: Source, parts: Sequence[Part]) -> Known | None:
    if not parts:
        return None
    asked = _unique([each for part in parts for each in _of(part)])
    rows, names = source.columns(TICKET, asked, "t")
    return known(rows, {part.key(each): names[each.name] for part in parts for each in _of(part)}, source.execute)


def _customers(source: Source, declared: Declaration) -> Known | None:
    """What customers know; where they were not asked about the relationship, what they said of contacts counts."""
    after = [part for part in declared.parts if part.level == "outcome"]
    said = [part for part in declared.parts if part.level == "relationship"]
    led = {name for part in (*said, *after) for name in declared.before(part.name)}
    lived = [part for part in declared.parts if part.of_tickets and part.name in led]
    if not said:
        said, lived = lived, []
    if not said:
        return None
    rows, told, before, came = occasions(
        source, *(_unique([each for part in parts for each in _of(part)]) for parts in (said, lived, after))
    )
    sides_ = ((said, told), (lived, before), (after, came))
    columns = {part.key(each): names[each.name] for parts, names in sides_ for part in parts for each in _of(part)}
    return known(rows, columns, source.execute)


def _of(part: Part) -> tuple[Variable, ...]:
    """A construct's metrics, and its net promoter score where it has one."""
    points = part.points
    return part.variables if points is None or points in part.variables else (*part.variables, points)


def _unique(asked: Sequence[Variable]) -> list[Variable]:
    return list({each.name: each for each in asked}.values())


def _names(declared: Declaration, part: Part, sources: Sequence[str]) -> list[str]:
    parts = (part, *(declared.part(name) for name in sources))
    return [one.key(each) for one in parts for each in one.variables]


def _count(rows: Rows, declared: Declaration, part: Part, sources: Sequence[str]) -> float:
    side = rows.of(part)
    return side.rows(_names(declared, part, sources)) if side is not None else 0.0


def _hinders(rows: Rows, declared: Declaration, part: Part, sources: Sequence[str]) -> str:
    """Of what leads to a construct, that without which most rows know the rest; of equals the earliest."""
    return max(sources, key=lambda name: _count(rows, declared, part, [s for s in sources if s != name]))
