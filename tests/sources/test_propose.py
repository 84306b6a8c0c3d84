import pytest

from latido.errors import InputError, UnsureError
from latido.i18n import use
from latido.sources.propose import Proposal, propose
from latido.sources.source import Options
from tests.sources.tables import CHURN, HELP_DESK, LOG, ORDERS, SURVEY, file


def proposed(folder, text: str, table: str | None = None, **options: object) -> Proposal:
    return propose([file(folder, text)], Options(**options), table)  # type: ignore[arg-type]


def test_a_clear_file_is_proposed_without_doubt(tmp_path):
    found = proposed(tmp_path, CHURN)
    assert (found.confidence, found.doubts, found.unused) == (1.0, (), ("TotalCharges",))


def test_dates_are_decided_over_the_whole_file(tmp_path):
    assert proposed(tmp_path, HELP_DESK).mapping.dates == "dmy"


def test_three_mapped_rows_are_shown_for_each_part(tmp_path):
    ((table, rows),) = proposed(tmp_path, LOG).preview
    assert (table, len(rows), rows[0]["ticket_id"], rows[0]["value"]) == ("ticket_events", 3, "T1", "new")


def test_a_survey_shows_each_of_its_questions(tmp_path):
    assert [rows[0]["kind"] for _table, rows in proposed(tmp_path, SURVEY).preview] == [
        "nps",
        "csat",
        "ces",
        "recommend",
    ]


def test_a_doubtful_proposal_is_not_gone_on_with(tmp_path):
    found = proposed(tmp_path, ORDERS.replace("O2", "O1"))
    with pytest.raises(UnsureError) as caught:
        found.insist("orders.csv")
    assert str(caught.value) == (
        "latido is only 60% sure how to read orders.csv. "
        "Several rows have the same “order_id”; of each only the last would count. "
        "Look at the preview and add --yes, say what it is with --as TABLE, or use --map FILE."
    )


def test_it_says_so_in_the_readers_language(tmp_path):
    found = proposed(tmp_path, ORDERS.replace("O2", "O1"))
    with pytest.raises(UnsureError) as caught:
        found.insist("pedidos.csv")
    with use("es"):
        assert str(caught.value).startswith(
            "latido solo está seguro al 60\u00a0% de cómo leer pedidos.csv. Varias filas tienen el mismo «order_id»"
        )


def test_a_sure_proposal_is_gone_on_with(tmp_path):
    proposed(tmp_path, CHURN).insist("churn.csv")


def test_hints_are_heeded_and_kept(tmp_path):
    text = "Order ID;Customer ID;Order Date;Total\nO1;C1;2024-03-04;1.234\nO2;C2;2024-03-05;n.a.\n"
    found = proposed(tmp_path, text, mapping={"decimal": ",", "missing": ["n.a."]})
    assert (found.mapping.decimal, found.mapping.missing, found.preview[0][1][0]["amount"]) == (",", ("n.a.",), 1234)


def test_a_file_without_column_names_says_in_its_mapping_what_they_are(tmp_path):
    found = proposed(tmp_path, "How satisfied?\n5\n4\n")
    assert (found.mapping.header, found.mapping.names) == (None, ())


def test_files_of_different_columns_are_not_one_import(tmp_path):
    with pytest.raises(InputError, match=r"b.csv has other columns than a.csv"):
        propose([file(tmp_path, CHURN, "a.csv"), file(tmp_path, LOG, "b.csv")])


def test_a_file_without_rows_cannot_be_judged(tmp_path):
    with pytest.raises(InputError, match="has column names but no rows"):
        proposed(tmp_path, "id,created\n")
