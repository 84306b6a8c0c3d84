"""Whether two engines gave the same figures: counts exactly, everything else to the last digits of a float."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from math import isnan
from typing import Any

from latido.metrics.measurement import Figure, Measurement

TOLERANCE = 1e-12
"""Relative: the order in which an engine adds floats changes the last digits, and nothing else may."""


def difference(ours: Measurement, theirs: Measurement) -> str:
    """Where two answers to one question differ first, in words for an engineer; empty where they do not."""
    one, other = (tuple((f.period, dict(f.keys)) for f in m.figures) for m in (ours, theirs))
    if one != other:
        return f"{len(one)} figures against {len(other)}, or of other groups"
    return next((d for a, b in zip(ours.figures, theirs.figures, strict=True) for d in _differences(a, b)), "")


def _differences(one: Figure, other: Figure) -> Iterator[str]:
    where = " ".join(map(str, (one.period.start if one.period else "", *one.keys.values())))
    if dict(one.left_out) != dict(other.left_out):
        yield f"{where}: left out {dict(one.left_out)} against {dict(other.left_out)}"
    if list(one.parts) != list(other.parts):
        yield f"{where}: parts {list(one.parts)} against {list(other.parts)}"
        return
    for name, estimate in one.parts.items():
        if not all(map(_same, astuple(estimate), astuple(other.parts[name]))):
            yield f"{where}: {name} {estimate} against {other.parts[name]}"


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (isnan(a) and isnan(b)) or abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
    return bool(a == b)
