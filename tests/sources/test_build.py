import pytest

from latido.errors import UnsureError
from latido.sources.build import Draft, draft, extra_name
from latido.sources.choose import choose
from latido.sources.mapping import Rule
from latido.sources.questions import questions
from tests.sources.tables import CHURN, CLICKS, HELP_DESK, LOG, ORDERS, ROSTER, SURVEY, columns


def drawn(folder, text: str, name: str | None = None) -> Draft:
    found = columns(folder, text)
    asked = questions(found)
    return draft(choose(found, asked, name, "file.csv"), found, asked, "file.csv")


def rules(folder, text: str, name: str | None = None) -> dict[str, Rule]:
    return drawn(folder, text, name).parts[0].columns


def test_a_contract_without_customer_is_its_own_customer(tmp_path):
    assert rules(tmp_path, CHURN)["customer_id"] == Rule(column="customerID")


def test_a_spell_begins_with_hiring_and_ends_with_leaving(tmp_path):
    found = rules(tmp_path, "employee_id,team,hire_date,leave_date\nE1,A,2024-03-04,\nE2,B,2024-03-05,2024-04-01\n")
    assert (found["valid_from"], found["valid_to"]) == (Rule(column="hire_date"), Rule(column="leave_date"))


def test_rows_with_a_time_and_no_identifier_are_known_by_their_contents(tmp_path):
    assert rules(tmp_path, CLICKS)["touchpoint_id"] == Rule(fingerprint=True)


def test_rows_with_neither_are_known_by_their_number(tmp_path):
    assert rules(tmp_path, "How satisfied are you?,Team\n5,A\n4,B\n")["answer_id"] == Rule(row_number=True)


def test_changes_of_status_are_such_events(tmp_path):
    assert rules(tmp_path, LOG)["kind"] == Rule(constant="status")


def test_columns_worth_splitting_by_are_carried_along(tmp_path):
    extras = {name: rule.column for name, rule in rules(tmp_path, ROSTER).items() if name.startswith("x_")}
    assert extras == {"x_over_time": "OverTime"}


def test_the_time_of_the_last_change_is_known_by_its_name(tmp_path):
    assert rules(tmp_path, HELP_DESK)["updated"] == Rule(column="Última actualización")


def test_two_columns_never_share_a_name_of_ours(tmp_path):
    first, second = columns(tmp_path, "Over Time,overTime\na,b\n")
    assert (extra_name(first), extra_name(second, {"x_over_time"})) == ("x_over_time", "x_over_time_2")


def test_a_name_without_letters_of_ours_is_its_place(tmp_path):
    assert extra_name(columns(tmp_path, "a,年\nx,y\n")[1]) == "x_column_2"


def test_each_question_is_a_part_of_its_own(tmp_path):
    parts = drawn(tmp_path, SURVEY).parts
    assert [(p.columns["kind"].constant, p.columns["answer_id"].suffix) for p in parts] == [
        ("nps", "-1"),
        ("csat", "-2"),
        ("ces", "-3"),
        ("recommend", "-4"),
    ]


def test_the_open_comment_goes_with_the_first_question(tmp_path):
    parts = drawn(tmp_path, SURVEY).parts
    assert [p.columns.get("comment") for p in parts] == [Rule(column="¿Por qué?"), None, None, None]


def test_other_questions_count_only_where_they_were_answered(tmp_path):
    parts = drawn(tmp_path, SURVEY).parts
    assert [[c.column for c in p.where] for p in parts[:2]] == [[], ["¿Está satisfecho con la atención?"]]


def test_a_question_keeps_its_wording_its_scale_and_its_words(tmp_path):
    part = drawn(tmp_path, SURVEY).parts[1].columns
    assert (
        part["question"].constant,
        part["scale_low"].constant,
        part["scale_high"].constant,
        part["score"].values,
    ) == (
        "¿Está satisfecho con la atención?",
        1,
        5,
        {"Muy satisfecho": "5", "Insatisfecho": "2", "Satisfecho": "4"},
    )


def test_answers_that_say_what_they_are_stay_one_part(tmp_path):
    text = "response id,question type,pregunta,score\nA,nps,How?,9\nB,csat,How?,4\n"
    assert [sorted(p.columns) for p in drawn(tmp_path, text).parts] == [["answer_id", "kind", "question", "score"]]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (ORDERS.replace("O2", "O1"), "Several rows have the same “order_id”; of each only the last would count."),
        (
            ORDERS.replace("Order ID", "Ref"),
            "No column identifies the rows of “orders”; an identifier would be made up.",
        ),
        (
            "comfort_rating,date\n0,2024-03-04\n5,2024-03-04\n",
            "In “comfort_rating” a 0 may mean that nothing was answered.",
        ),
    ],
)
def test_a_doubt_says_what_to_look_at(tmp_path, text, doubt):
    found = [guess for guess in drawn(tmp_path, text).guesses if guess.doubt is not None]
    assert doubt in [str(guess.doubt) for guess in found if guess.confidence < 0.8]


def test_a_table_without_what_it_cannot_do_without_is_not_proposed(tmp_path):
    with pytest.raises(UnsureError, match="looks like “tickets”, but none of its columns looks like: created"):
        drawn(tmp_path, "ticket,status\nT1,open\nT2,closed\n", "tickets")
