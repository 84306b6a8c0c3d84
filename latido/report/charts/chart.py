"""What a chart is: its kind, its data, and what it shows in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal, TypeAlias

from latido.i18n import _, number
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.metric import Metric
from latido.metrics.names import group_name
from latido.stats.estimate import Estimate

Kind = Literal["trend", "bars", "survival", "distribution", "heat"]
Tone = Literal["plain", "good", "bad", "neutral"]
Json: TypeAlias = "str | float | int | bool | list[Json] | dict[str, Json] | None"
Link = Callable[[Figure], str | None]


@dataclass(frozen=True)
class Chart:
    """A chart that nobody has drawn yet.

    Attributes:
        kind: Which of the builders draws it.
        data: What it shows, for JSON; numbers that are none are null.
        label: What it shows in a sentence, for who does not see it.
        note: What of the figures is not drawn, and why; empty where all is.
    """

    kind: Kind
    data: dict[str, Json]
    label: str
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(self.data[name] for name in ("series", "rows", "steps", "bins", "cells") if name in self.data)


@dataclass(frozen=True)
class Point:
    """One figure of a chart.

    Attributes:
        v: Its value; None where there is none. With `lo` known, a curve that was never reached.
        lo: Lower end of the interval; None where there is none.
        hi: Upper end; None beside a known `lo` where it is open.
        n: The evidence.
        href: Address of the rows behind it.
    """

    v: float | None
    lo: float | None
    hi: float | None
    n: float | None
    href: str | None = None


def point(figure: Figure, part: str | None, link: Link | None) -> Point:
    """A figure's part as a point; nothing but its n where the value is withheld."""
    href = link(figure) if link else None
    found = figure.parts.get(part) if part else figure.estimate if figure.parts else None
    if figure.withheld or found is None:
        return Point(None, None, None, found.n if found else None, href)
    return of_estimate(found, href)


def of_estimate(estimate: Estimate, href: str | None = None) -> Point:
    """An estimate as a point."""
    return Point(finite(estimate.value), finite(estimate.low), finite(estimate.high), finite(estimate.n), href)


def finite(value: float | None) -> float | None:
    """The number, if it is one that can be drawn."""
    return None if value is None or not math.isfinite(value) else float(value)


CURRENCY = "currency"


def comparable(measurement: Measurement) -> tuple[Measurement, str, str]:
    """The figures that share a scale, their unit, and a note on those left aside: no axis has two currencies."""
    if measurement.metric.unit != CURRENCY:
        return measurement, measurement.metric.unit, ""
    weight: dict[str, float] = {}
    for figure in measurement.figures:
        code = figure.keys.get(CURRENCY) or ""
        weight[code] = weight.get(code, 0) + (figure.estimate.n if figure.parts else 0)
    if not weight:
        return measurement, CURRENCY, ""
    chosen = max(weight, key=lambda code: weight[code])
    own = (f for f in measurement.figures if (f.keys.get(CURRENCY) or "") == chosen)
    kept = tuple(replace(f, keys={k: v for k, v in f.keys.items() if k != CURRENCY}) for f in own)
    others = ", ".join(sorted(code for code in weight if code != chosen))
    note = str(_("Drawn in {currency}; the table has {others} too.", currency=chosen, others=others)) if others else ""
    return replace(measurement, figures=kept), chosen or CURRENCY, note


def bounds(metric: Metric) -> dict[str, Json]:
    """What no axis of the metric goes beyond."""
    least, most = metric.range
    return {"least": finite(least), "most": finite(most)}


def interval_label(confidence: float) -> str:
    """What the interval is called."""
    return str(_("{confidence}% interval", confidence=number(100 * confidence)))


def group_label(keys: Mapping[str, str | None], nothing: str) -> str:
    """A group's name for people, or what is said where no dimension says anything."""
    return group_name(keys) or nothing


def plain(value: object) -> Json:
    """Frozen dataclasses and tuples as JSON has them; numbers that are none become null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bool | str) or value is None:
        return value
    return finite(value) if isinstance(value, float | int) else str(value)
