from datetime import UTC, datetime

import pyarrow as pa
import pytest

from latido.model import TABLES
from latido.model.validate import Invalid, validate

TICKET = {"ticket_id": "1", "created": datetime(2024, 3, 4, tzinfo=UTC)}
ANSWER = {"answer_id": "1", "kind": "rating"}


def checked(name: str, *rows: dict[str, object]) -> tuple[pa.Table, list[Invalid]]:
    table = TABLES[name]
    extras = [column for row in rows for column in row if column.startswith("x_")]
    names = list(dict.fromkeys(column for row in rows for column in row))
    schema = pa.schema([field for field in table.schema(extras) if field.name in names])
    return validate(table, pa.Table.from_pylist(list(rows), schema))


def told(name: str, row: dict[str, object]) -> list[tuple[str, bool]]:
    return [(str(found.reason), found.kept) for found in checked(name, row)[1]]


def test_good_rows_get_the_whole_schema_with_defaults_and_extras():
    rows, invalid = checked("tickets", {**TICKET, "x_site": "a"})
    assert (rows.schema, invalid) == (TABLES["tickets"].schema(["x_site"]), [])
    assert rows.select(["opened_by", "spam", "x_site", "status"]).to_pylist() == [
        {"opened_by": "customer", "spam": False, "x_site": "a", "status": None}
    ]


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("tickets", {**TICKET, "ticket_id": None}, "“ticket_id” is missing."),
        ("tickets", {**TICKET, "ticket_id": ""}, "“ticket_id” is missing."),
        ("answers", {**ANSWER, "kind": "joke"},
         "“joke” is not one of: nps, csat, ces, esat, enps, rating, recommend, text."),
        ("tickets", {**TICKET, "created": datetime(1969, 12, 31, tzinfo=UTC)},
         "1969-12-31 00:00:00 lies outside the years 1970 to 2099."),
        ("tickets", {**TICKET, "solved": datetime(2024, 3, 3, tzinfo=UTC)},
         "“solved” (2024-03-03 00:00:00) is before “created” (2024-03-04 00:00:00)."),
        ("answers", {**ANSWER, "score": 7.0, "scale_low": 1.0, "scale_high": 5.0},
         "7 is not on the scale from 1 to 5."),
        ("answers", {**ANSWER, "kind": "nps", "score": 11.0}, "11 is not on the scale from 0 to 10."),
    ],
)  # fmt: skip
def test_a_row_that_lacks_or_contradicts_is_left_out(table, row, reason):
    assert (told(table, row), checked(table, row)[0].num_rows) == ([(reason, False)], 0)


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("tickets", {**TICKET, "channel": "fax"},
         "“fax” is not one of: email, chat, phone, web, social, messaging, store, app, forum, api, other."),
        ("tickets", {**TICKET, "reopens": -1}, "-1 is below 0."),
        ("tickets", {**TICKET, "first_reply_target": float("inf")}, "“inf” is not a number."),
        ("tickets", {**TICKET, "solved": datetime(2100, 1, 1, tzinfo=UTC)},
         "2100-01-01 00:00:00 lies outside the years 1970 to 2099."),
    ],
)  # fmt: skip
def test_a_wrong_value_that_the_row_can_do_without_is_emptied(table, row, reason):
    rows, invalid = checked(table, row)
    assert told(table, row) == [(f"{reason} The value was left empty and the row kept.", True)]
    assert rows[invalid[0].column].to_pylist() == [None]


def test_a_key_is_never_emptied():
    late = {"agent_id": "a", "valid_from": datetime(2300, 1, 1, tzinfo=UTC)}
    assert (told("agents", late)[0][1], checked("agents", late)[0].num_rows) == (False, 0)


def test_only_recommendations_have_a_scale_by_themselves():
    rows, _invalid = checked("answers", {**ANSWER, "kind": "enps", "score": 3.0}, {**ANSWER, "score": 3.0})
    assert rows.select(["scale_low", "scale_high"]).to_pylist() == [
        {"scale_low": 0, "scale_high": 10},
        {"scale_low": None, "scale_high": None},
    ]


def test_an_unanswered_question_is_on_every_scale():
    assert told("answers", {**ANSWER, "kind": "nps", "score": None}) == []


def test_each_row_is_told_by_its_number_in_the_file():
    _rows, invalid = checked("tickets", {**TICKET, "row": 41}, {**TICKET, "ticket_id": None, "row": 42})
    assert [found.row for found in invalid] == [42]


def test_without_numbers_by_its_position():
    assert checked("tickets", TICKET, {**TICKET, "ticket_id": None})[1][0].row == 2


def test_validating_again_changes_nothing():
    rows, _invalid = checked("tickets", TICKET, {**TICKET, "channel": "fax", "ticket_id": "2"})
    assert validate(TABLES["tickets"], rows) == (rows, [])


def test_no_rows_are_good_rows():
    rows, invalid = validate(TABLES["asks"], pa.table({}))
    assert (rows.num_rows, rows.schema, invalid) == (0, TABLES["asks"].schema(), [])


def test_a_column_that_the_table_does_not_have_is_a_mistake():
    with pytest.raises(KeyError, match="tickets has no column colour"):
        validate(TABLES["tickets"], pa.table({"colour": ["red"]}))
