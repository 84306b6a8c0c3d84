import tomllib

import pytest

from latido.errors import UnknownNameError, UnsureError
from latido.sources.generic import Generic
from latido.sources.propose import propose
from latido.sources.source import Options
from tests.sources.tables import CHURN, HELP_DESK, ORDERS, SURVEY, file

SOURCE = Generic()


def rows(deliveries, options: Options) -> list[dict[str, object]]:
    return [row for chunk in SOURCE.read(deliveries, options) for row in chunk.rows.to_pylist()]


@pytest.mark.parametrize("text", [CHURN, HELP_DESK, SURVEY], ids=lambda text: text[:20])
def test_an_accepted_mapping_replays_to_the_same_rows(tmp_path, text):
    deliveries = [file(tmp_path, text)]
    written = tomllib.loads(propose(deliveries).mapping.text())
    assert rows(deliveries, Options(mapping=written)) == rows(deliveries, Options()) != []


def test_nothing_is_read_on_a_doubtful_guess(tmp_path):
    with pytest.raises(UnsureError, match="latido is only 60% sure"):
        rows([file(tmp_path, ORDERS.replace("O2", "O1"))], Options())


def test_several_files_are_read_one_after_another(tmp_path):
    deliveries = [
        file(tmp_path, ORDERS, "a.csv"),
        file(tmp_path, ORDERS.replace("O", "P").replace("Prder", "Order"), "b.csv"),
    ]
    assert [row["order_id"] for row in rows(deliveries, Options())] == ["O1", "O2", "O3", "P1", "P2", "P3"]


def test_a_mapping_for_another_file_is_noticed(tmp_path):
    mapping = propose([file(tmp_path, ORDERS)]).mapping.said()
    with pytest.raises(UnknownNameError, match=r"There is no column in churn.csv called “Order ID”"):
        rows([file(tmp_path, CHURN, "churn.csv")], Options(mapping=mapping))


def test_records_may_lack_what_is_empty(tmp_path):
    mapping = {"tables": [{"table": "tickets", "columns": {"ticket_id": "id", "created": "at", "subject": "title"}}]}
    found = rows([file(tmp_path, '{"id": 1, "at": "2024-03-04"}', "a.json")], Options(mapping=mapping))
    assert [(row["ticket_id"], row["subject"]) for row in found] == [("1", None)]


def test_it_reads_what_no_named_format_claims(tmp_path):
    assert 0 < SOURCE.recognise([file(tmp_path, CHURN)]) < 0.1
    assert SOURCE.recognise([]) == 0
