"""Amounts that state no currency take the workspace's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import latido
from latido.sources.priced import priced
from latido.sources.source import Chunk

HEAD = "order_id,customer_id,ordered,amount,currency"
SALES = ("o1,c1,2025-03-01,10,USD", "o2,c2,2025-03-02,20,", "o3,c3,2025-03-03,,")


def currencies(table: str, ours: str, **columns: Any) -> Any:
    """The currencies of a chunk's rows; None where it has none."""
    (chunk,) = priced([Chunk(table, pa.table(columns))], ours)
    return chunk.rows["currency"].to_pylist() if "currency" in chunk.rows.column_names else None


@pytest.mark.parametrize("table", ["orders", "subscriptions"])
def test_only_amounts_that_state_none_take_it(table: str) -> None:
    stated = pa.array(["USD", None, None], pa.string())
    assert currencies(table, "MXN", amount=[1.0, 2.0, None], currency=stated) == ["USD", "MXN", None]


def test_a_file_without_such_a_column_has_one_currency() -> None:
    assert currencies("orders", "MXN", amount=[1.0, None]) == ["MXN", None]


def test_what_has_no_amounts_stays_as_it_is() -> None:
    assert currencies("orders", "MXN", order_id=["o1"]) is None
    assert currencies("tickets", "MXN", x_amount=["1"]) is None


def test_without_a_currency_it_stays_open() -> None:
    assert currencies("orders", "", amount=[1.0]) is None


def test_an_import_takes_the_workspaces(tmp_path: Path) -> None:
    workspace = latido.create(tmp_path / "acme", currency="MXN")
    (tmp_path / "sales.csv").write_text("\n".join((HEAD, *SALES)), encoding="utf-8")
    workspace.import_files(tmp_path / "sales.csv", as_table="orders", yes=True)
    rows = workspace.execute(workspace.table("orders").order_by("order_id"))
    workspace.close()
    assert rows["currency"].fillna("").tolist() == ["USD", "MXN", ""]
