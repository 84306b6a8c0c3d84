"""Does an engine give the embedded engine's figures? Every metric is asked on a small company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from latido.errors import LatidoError, UsageError
from latido.metrics.agreement import difference
from latido.metrics.catalog import METRICS
from latido.workspace.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """One metric on both engines.

    Attributes:
        metric: Its name.
        preset: Which reading of it; None for its own.
        figures: How many were compared.
        seconds: Time that the checked engine took.
        embedded: Time that the embedded engine took.
        differs: Where the answers differ, or why there is none; empty where they are the same.
    """

    metric: str
    preset: str | None
    figures: int
    seconds: float
    embedded: float
    differs: str


def check(embedded: Workspace, other: Workspace) -> Iterator[Checked]:
    """Ask every metric and preset, month by month where that can be, of two workspaces on the same lake."""
    for metric in METRICS.values():
        for preset in (None, *(p.name for p in metric.presets)):
            yield _compared(embedded, other, metric.name, preset)


def round_trip(workspace: Workspace) -> float:
    """Seconds that the smallest question takes, once the engine is warm."""
    workspace.engine.warm()
    began = perf_counter()
    workspace.engine.warm()
    return perf_counter() - began


def _compared(embedded: Workspace, other: Workspace, metric: str, preset: str | None) -> Checked:
    first = perf_counter()
    try:
        ours = embedded.measure(metric, preset=preset, period="month")
        period: str | None = "month"
    except UsageError:  # a cohort has no months
        ours, period = embedded.measure(metric, preset=preset), None
    began = perf_counter()
    try:
        differs = difference(ours, other.measure(metric, preset=preset, period=period))
    except LatidoError as error:
        differs = str(error)
    return Checked(metric, preset, len(ours.figures), perf_counter() - began, began - first, differs)
