"""What of a table somebody may read."""

from __future__ import annotations

from typing import Any

import ibis
import pytest

from latido.api.within import within
from latido.errors import ForbiddenError
from tests.api.conftest import Api

ASKS = [
    {"ask_id": "1", "survey": "Spring", "kind": "nps", "subject": None, "customer_id": "c02"},
    {"ask_id": "2", "survey": "Spring", "kind": "csat", "subject": "ticket", "customer_id": "c03"},
    {"ask_id": "3", "survey": "Mood", "kind": "enps", "subject": None, "customer_id": None},
    {"ask_id": "4", "survey": "Mood", "kind": "text", "subject": None, "customer_id": None},
    {"ask_id": "5", "survey": "Climate", "kind": "text", "subject": None, "customer_id": None},
    {"ask_id": "6", "survey": None, "kind": "text", "subject": "employment", "customer_id": None},
    {"ask_id": "7", "survey": None, "kind": "ces", "subject": None, "customer_id": "c05"},
]
ORDERS = [{"order_id": f"o{i}", "customer_id": f"c{i:02}"} for i in range(6)]


def found(api: Api, name: str, key: str, teams: tuple[str, ...] = ()) -> list[str]:
    """The keys of the rows that may be read."""
    made: dict[str, Any] = {"asks": ibis.memtable(ASKS), "orders": ibis.memtable(ORDERS)}
    rows = within(name, {**api.workspace.tables(), **made}, teams)
    return sorted(api.workspace.engine.arrow(rows.select(key))[key].to_pylist())


def test_whom_of_the_employees_was_asked_is_nobodys(api: Api) -> None:
    assert found(api, "asks", "ask_id") == ["1", "2", "7"]


def test_a_lead_reads_of_invitations_those_of_their_customers(api: Api) -> None:
    assert found(api, "asks", "ask_id", ("Ventas",)) == ["1"]


def test_a_lead_reads_what_their_customers_bought(api: Api) -> None:
    assert found(api, "orders", "order_id", ("Ventas",)) == ["o0", "o2", "o4"]


def test_several_teams_are_read_together(api: Api) -> None:
    assert len(found(api, "tickets", "ticket_id", ("Ventas", "Soporte"))) == 60


def test_a_team_that_there_is_not_reads_nothing(api: Api) -> None:
    assert found(api, "answers", "answer_id", ("Nobody",)) == []


def test_without_a_limit_everything_else_is_read(api: Api) -> None:
    assert found(api, "observations", "observation_id") == ["o1"]


def test_what_is_no_teams_is_not_a_leads(api: Api) -> None:
    with pytest.raises(ForbiddenError):
        found(api, "observations", "observation_id", ("Ventas",))
