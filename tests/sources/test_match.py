import pytest

from latido.model import TABLES
from latido.sources.match import commonness, fitness, likeness, match
from tests.sources.tables import CHURN, HELP_DESK, LOG, ORDERS, ROSTER, columns


@pytest.mark.parametrize(
    ("text", "table", "pairs"),
    [
        (CHURN, "subscriptions", {"subscription_id": "customerID", "months": "tenure", "plan": "Contract",
                                  "amount": "MonthlyCharges", "churned": "Churn"}),
        (ROSTER, "agents", {"agent_id": "EmployeeNumber", "team": "Department", "attrited": "Attrition"}),
        (LOG, "ticket_events", {"ticket_id": "Ticket", "event_id": "Status No.", "occurred": "Timestamp",
                                "value": "Status Name", "agent_id": "Assigned To"}),
        (ORDERS, "orders", {"order_id": "Order ID", "customer_id": "Customer ID", "ordered": "Order Date",
                            "amount": "Total"}),
        (HELP_DESK, "tickets", {"ticket_id": "Caso", "created": "Fecha creación", "solved": "Fecha cierre",
                                "subject": "Asunto", "channel": "Canal", "priority": "Prioridad", "status": "Estado",
                                "agent_id": "Agente"}),
    ],
    ids=["subscriptions", "agents", "ticket_events", "orders", "tickets"],
)  # fmt: skip
def test_columns_are_found_by_name_and_contents(tmp_path, text, table, pairs):
    found = columns(tmp_path, text)
    assert {p.column: p.foreign.name for p in match(TABLES[table], found, commonness(found)).pairs} == pairs


@pytest.mark.parametrize(
    ("name", "table", "column", "like"),
    [
        ("ticket_id", "tickets", "ticket_id", 1.0),
        ("case id", "tickets", "ticket_id", 1.0),
        ("customer name", "customers", "name", 1.0),
        ("order_purchase_timestamp", "orders", "ordered", 1.0),
        ("resource country", "customers", "country", 0.75),
        ("fecha de ingreso", "agents", "hired", 1.0),
        ("catgory", "tickets", "topic", 0.85),
        ("id", "tickets", "ticket_id", 0.0),
        ("lounge name", "answers", "survey", 0.0),
        ("staff service rating", "tickets", "product", 0.0),
        ("colour", "tickets", "topic", 0.0),
    ],
)
def test_a_name_is_like_another_by_its_words(tmp_path, name, table, column, like):
    (profile,) = columns(tmp_path, f"{name},n\n,1\n")[:1]
    assert likeness(TABLES[table], TABLES[table][column], profile) == pytest.approx(
        like * fitness(TABLES[table][column], profile)
    )


@pytest.mark.parametrize(
    ("cells", "table", "column", "fit"),
    [
        (["red", "blue"], "tickets", "reopens", 0.0),
        (["1", "2"], "tickets", "reopens", 1.0),
        (["Correo", "Fax"], "tickets", "channel", 0.5),
        (["1", "2"], "tickets", "product", 0.7),
        (["1", "2"], "tickets", "ticket_id", 1.0),
        (["", ""], "tickets", "created", 0.9),
    ],
)
def test_contents_can_contradict_a_name(tmp_path, cells, table, column, fit):
    profile = columns(tmp_path, "other,n\n" + "\n".join(f"x,{cell}" for cell in cells))[1]
    assert fitness(TABLES[table][column], profile) == fit


def test_a_foreign_column_serves_once(tmp_path):
    found = columns(tmp_path, "date\n2024-03-04\n")
    assert len(match(TABLES["answers"], found, commonness(found)).pairs) == 1


def test_a_name_that_fits_many_tables_says_less(tmp_path):
    date, tenure = columns(tmp_path, "date,tenure\n2024-03-04,3\n")
    assert commonness([date])["date"] > commonness([tenure])["tenure"] == 1
