"""What figures mean comes out the same on every engine: every stage after measuring, over the same company."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from latido.insights.watch import Watch
from latido.metrics.catalog import METRICS
from latido.metrics.metric import Metric
from latido.workspace import Workspace

STAGES: dict[str, Callable[[Workspace], Any]] = {
    "moved": lambda w: w.moved(),
    "moved a year": lambda w: w.moved(
        ["csat", "first_reply_time", "ticket_volume"], compare="last_year", by="channel,team"
    ),
    "watch of a share": lambda w: w.watched(Watch("c", METRICS["csat"])),
    "watch of waits": lambda w: w.watched(Watch("f", METRICS["first_reply_time"])),
    "watch of a count": lambda w: w.watched(Watch("v", METRICS["ticket_volume"])),
    "correlation of tickets": lambda w: w.correlate(grain="ticket"),
    "correlation of customers": lambda w: w.correlate(grain="customer"),
    "correlation of weeks": lambda w: w.correlate(grain="team_week"),
    "drivers": lambda w: w.drivers("csat.score", "first_reply_time,resolution_time,agent_touches"),
    "drivers with means": lambda w: w.drivers("nps.score", "csat.score,ces", missing="mean"),
    "chain": lambda w: w.chain(),
    "nonresponse": lambda w: w.nonresponse("csat"),
    "plan": lambda w: w.plan("csat", difference=5, by="channel", period="month"),
    "plan of waits": lambda w: w.plan("first_reply_time", difference=0.2),
}


@pytest.mark.parametrize("stage", STAGES)
def test_what_figures_mean_is_what_the_embedded_engine_says(
    embedded: Workspace, elsewhere: Workspace, stage: str
) -> None:
    ours, theirs = (dict(leaves(STAGES[stage](w))) for w in (embedded, elsewhere))
    assert len(ours) > 5
    assert list(ours) == list(theirs)
    assert [(at, ours[at], theirs[at]) for at in ours if not same(ours[at], theirs[at])] == []


def same(one: Any, other: Any) -> bool:
    """Whether two values are one but for the last digits, which the order of adding decides."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9, nan_ok=True)
    return bool(one == other)


def leaves(found: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, text and date of a result, by the way that leads to it."""
    if isinstance(found, Metric):
        yield at, found.name
    elif isinstance(found, pd.DataFrame):
        yield from leaves(found.to_dict("list"), at)
    elif isinstance(found, np.ndarray):
        yield from leaves(found.tolist(), at)
    elif is_dataclass(found) and not isinstance(found, type):
        for field in fields(found):
            yield from leaves(getattr(found, field.name), f"{at}.{field.name}")
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from leaves(value, f"{at}[{key}]")
    elif isinstance(found, list | tuple | set | frozenset):
        for i, value in enumerate(found):
            yield from leaves(value, f"{at}[{i}]")
    else:
        yield at, found if isinstance(found, float | int | str) or found is None else str(found)
