import pytest

from latido.errors import UnknownNameError, UnsureError
from latido.sources.choose import Choice, choose, repeats
from latido.sources.questions import questions
from tests.sources.tables import CHURN, CLICKS, HELP_DESK, LOG, ORDERS, ROSTER, SURVEY, columns


def chosen(folder, text: str, name: str | None = None) -> Choice:
    found = columns(folder, text)
    return choose(found, questions(found), name, "file.csv")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (CHURN, "subscriptions"),
        (ROSTER, "agents"),
        (LOG, "ticket_events"),
        (SURVEY, "answers"),
        (HELP_DESK, "tickets"),
        (ORDERS, "orders"),
        (CLICKS, "touchpoints"),
    ],
    ids=lambda text: text[:20],
)
def test_a_file_is_what_its_columns_speak_for(tmp_path, text, table):
    choice = chosen(tmp_path, text)
    assert (choice.match.table.name, choice.confidence >= 0.8) == (table, True)


def test_a_person_knows_better(tmp_path):
    assert chosen(tmp_path, ORDERS, "customers").match.table.name == "customers"


def test_a_person_can_be_mistaken(tmp_path):
    with pytest.raises(UnknownNameError, match="Did you mean orders"):
        chosen(tmp_path, ORDERS, "order")


def test_what_is_like_nothing_is_asked(tmp_path):
    with pytest.raises(UnsureError, match=r"Nothing in file.csv looks like a table that latido knows"):
        chosen(tmp_path, "species,petals\niris,3\n")


def test_two_tables_of_like_weight_leave_a_doubt(tmp_path):
    text = "Order ID,Customer ID,Customer Name,Segment,Order Date\n"
    choice = chosen(tmp_path, text + "O1,C1,Ann,A,2024-03-04\nO2,C1,Ann,B,2024-03-05\nO3,C2,Bob,B,2024-03-06\n")
    assert (choice.match.table.name, choice.rival, choice.confidence < 0.8) == ("orders", "customers", True)


def test_rows_that_repeat_their_key_are_noticed(tmp_path):
    assert repeats(chosen(tmp_path, ORDERS.replace("O2", "O1")).match)
    assert not repeats(chosen(tmp_path, ORDERS).match)
