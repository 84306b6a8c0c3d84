import pytest

from latido.errors import StoreError
from latido.store import delta
from tests.store.conftest import ticket


def test_a_table_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="“nothing”"):
        delta.opened(tmp_path / "nothing")


def test_other_engines_read_the_same_rows(lake, put):
    put(ticket("A", status="open"), ticket("B"))
    put(ticket("A", status="solved"))
    rows = delta.opened(lake.tables / "tickets").to_pyarrow_table(columns=["ticket_id", "status", "month"])
    assert sorted(rows.to_pylist(), key=str) == [
        {"ticket_id": "A", "status": "solved", "month": "2024-01"},
        {"ticket_id": "B", "status": None, "month": "2024-01"},
    ]


def test_bringing_back_a_version_that_is_there_writes_nothing(lake, put):
    put(ticket())
    folder = lake.tables / "tickets"
    delta.brought_back(folder, 1)
    assert delta.opened(folder).version() == 1
