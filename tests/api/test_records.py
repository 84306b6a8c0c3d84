"""Values of the lake as JSON and as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pandas as pd
import pytest

from latido.api.records import cell, record, records_of, sheet

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        (pd.NaT, None),
        (datetime(2025, 3, 4, 12), NOON),
        (datetime(2025, 3, 4, 14, tzinfo=timezone(timedelta(hours=2))), NOON),
        (pd.Timestamp("2025-03-04T12:00"), NOON),
        (date(2025, 3, 4), date(2025, 3, 4)),
        (np.int64(7), 7),
        (np.bool_(True), True),
        ("x", "x"),
    ],
)
def test_a_value_is_what_json_can_say(value: Any, told: Any) -> None:
    assert (cell(value), type(cell(value))) == (told, type(told))


def test_the_rows_of_a_frame_are_told_one_by_one() -> None:
    frame = pd.DataFrame({"n": [1, 2], "left_out": [None, "spam"]})
    assert records_of(frame) == [{"n": 1, "left_out": None}, {"n": 2, "left_out": "spam"}]


def test_columns_of_ones_own_stand_apart() -> None:
    assert record({"ticket_id": "t", "x_site": "Madrid"}) == {"ticket_id": "t", "extra": {"site": "Madrid"}}


def test_a_sheet_is_read_by_machines() -> None:
    row = {"a": NOON, "b": True, "c": None, "d": 'x,"y"\n'}
    assert sheet("abcd", [row], "s", {}).body == b'a,b,c,d\n2025-03-04T12:00:00Z,true,,"x,""y""\n"\n'
