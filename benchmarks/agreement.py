"""Whether two answers are the same."""

from __future__ import annotations

Rows = list[list[object]]


def difference(ours: Rows, theirs: Rows, values: int, tolerance: float) -> str | None:
    """What differs first, in words; None where nothing does.

    Args:
        ours: Rows of groups, then values.
        theirs: The same in any order.
        values: How many columns at the end are values.
        tolerance: Relative difference allowed, of at least 1e-9 absolute.
    """
    a, b = _by_group(ours, values), _by_group(theirs, values)
    if a.keys() != b.keys():
        odd = sorted(a.keys() ^ b.keys())
        return f"{len(odd)} groups of only one of them, such as {odd[0]}"
    for group in sorted(a):
        if not all(_same(x, y, tolerance) for x, y in zip(a[group], b[group], strict=True)):
            return f"{' '.join(group)}: {a[group]} against {b[group]}"
    return None


def _by_group(rows: Rows, values: int) -> dict[tuple[str, ...], list[object]]:
    return {tuple(map(str, row[:-values])): row[-values:] for row in rows}


def _same(x: object, y: object, tolerance: float) -> bool:
    if x is None or y is None:
        return x is y
    return abs(float(x) - float(y)) <= tolerance * max(abs(float(x)), abs(float(y))) + 1e-9
