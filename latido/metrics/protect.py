"""Figures about colleagues: nobody's answer may be read off them, not even by subtraction.

Respondents are divided once, whatever is asked, into blocks of at least five people of the same
scale, survey, month, team, …; a figure counts whole blocks only. Every published figure is then a
sum over blocks, and so is every difference of published figures: none isolates fewer than five.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from latido.metrics.scope import Scope
from latido.stats.protection import PROTECTED, blocks

if TYPE_CHECKING:
    import pandas as pd

DIMENSIONS = ("scale", "survey", "wave", "month", "team", "site", "country", "region", "segment", "language")
LEAST = 5


def in_blocks(rows: Any, scope: Scope) -> Any:
    """Add to each answer that counts its `block` and the number of answers in it, `block_size`."""
    counted = rows.filter(rows.left_out.isnull() & rows.value.notnull())
    known = [d for d in DIMENSIONS if d in counted.columns]
    key, time, person = scope.metric.key, scope.metric.time, scope.metric.method.cluster
    frame = scope.execute(counted.select(_id=key, _time=time, _person=person, **{d: d for d in known}).order_by("_id"))
    frame["month"] = _months(frame["_time"], scope.settings.time_zone)
    frame["block"] = _numbers(frame)
    frame["block_size"] = frame.groupby("block")["block"].transform("size")
    named = ibis.memtable(
        pa.table({
            "_id": pa.array(frame["_id"].tolist(), pa.string()),
            "block": pa.array(frame["block"].tolist(), pa.int64()),
            "block_size": pa.array(frame["block_size"].tolist(), pa.int64()),
        })
    )  # fmt: skip
    return rows.left_join(named, rows[key] == named["_id"]).drop("_id")


def whole_blocks(rows: Any, groups: list[str]) -> Any:
    """Leave out, as `protected`, the answers of every block that the question divides.

    Args:
        rows: The answers that the question asks for, with their blocks.
        groups: Columns that divide them into figures.
    """
    texts = {f"_g{i}": rows[g].cast("string").fill_null("") for i, g in enumerate(groups)}
    keyed = rows.mutate(**texts)
    inside = keyed.filter(keyed.left_out.isnull() & (keyed.block != PROTECTED))
    met = inside.group_by(["block", *texts]).agg(_met=inside.block.count(), _size=inside.block_size.max())
    whole = met.filter(met["_met"] == met["_size"]).select(_whole="block", **{f"{t}w": t for t in texts})
    same = reduce(and_, (keyed[t] == whole[f"{t}w"] for t in texts), keyed.block == whole["_whole"])
    joined = keyed.left_join(whole, same)
    torn = joined["_whole"].isnull() & joined.left_out.isnull()
    return joined.mutate(left_out=torn.ifelse("protected", joined.left_out)).drop(
        "_whole", "block", "block_size", *texts, *(f"{t}w" for t in texts)
    )


def _months(times: pd.Series[Any], zone: str) -> pd.Series[Any]:
    """The local month of each instant."""
    local: pd.Series[Any] = times.dt.tz_localize("UTC").dt.tz_convert(zone).dt.strftime("%Y-%m")
    return local


def _numbers(frame: pd.DataFrame) -> list[int]:
    """The block of each answer; none where it holds the answers of fewer than five people."""
    columns = [frame[d].astype("object").where(frame[d].notna(), None).tolist() for d in DIMENSIONS if d in frame]
    block = blocks(columns, LEAST) if len(frame) else []
    # Whoever is not known is somebody else each time.
    people = frame["_person"].where(frame["_person"].notna(), frame["_id"].map("answer {}".format))
    many = people.groupby(block).nunique() if block else people
    return [b if b != PROTECTED and many[b] >= LEAST else PROTECTED for b in block]
