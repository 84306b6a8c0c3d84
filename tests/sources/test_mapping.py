import tomllib
from pathlib import Path

import pytest

from latido.errors import LatidoError
from latido.sources.mapping import Condition, Mapping, Rule, TableMap, load, parse

GOOD = """
time_zone = "Europe/Madrid"
dates = "dmy"
delimiter = ";"

[[tables]]
table = "tickets"
where = { column = "Status No.", equals = "1" }

[tables.columns]
ticket_id = { column = "Ticket", split = " / ", part = 1 }
created = "Timestamp"
priority = { column = "Severity", values = { 1 = "urgent", "2 or 3" = "high" }, otherwise = "normal" }
spam = { constant = false }
x_site = { first = ["Site", "Office"], default = "none" }
updated = { columns = ["Day", "Hour"], join = " " }
"""
MAPPINGS = sorted((Path(__file__).parents[2] / "validate" / "mappings").glob("*.toml"))


def read(text: str) -> Mapping:
    return parse(tomllib.loads(text), "map.toml")


def test_a_bare_name_is_a_foreign_column():
    assert read(GOOD).tables[0].columns["created"] == Rule(column="Timestamp")


def test_the_foreign_columns_are_each_named_once():
    assert read(GOOD).foreign == ("Status No.", "Ticket", "Timestamp", "Severity", "Site", "Office", "Day", "Hour")


def test_what_is_written_is_read_back():
    assert read(read(GOOD).text()) == read(GOOD)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_so_is_what_people_wrote(path):
    assert read(load(path).text()) == load(path)


def test_the_plain_form_is_read_back_too():
    assert parse(read(GOOD).said()) == read(GOOD)


def test_a_rule_takes_a_line():
    assert 'ticket_id = { column = "Ticket", split = " / " }\ncreated = "Timestamp"\n' in read(GOOD).text()


def test_a_mapping_without_tables_is_hints_for_the_wizard():
    assert read('sheet = "March"').layout.sheet == "March"


ORIGINS = "needs exactly one of column, columns, first, constant, row_number, fingerprint."
MISTAKES = {
    ("dates", "date"): "There is no setting in map.toml called “date”. Did you mean dates?",
    ("dmy", "dym"): "map.toml: “dates” cannot be 'dym'. It can be 'dmy', 'mdy', 'ymd'.",
    ("Europe/Madrid", "Europe/Madri"): "There is no time zone called “Europe/Madri”. "
    "Did you mean Europe/Madrid, Europe/Paris, Europe/Samara?",
    ('"tickets"', '"tikets"'): "There is no table called “tikets”. Did you mean tickets, ticket_events, identities?",
    ("created =", "creatd ="): "There is no column in “tickets” called “creatd”. Did you mean created, brand?",
    ("created =", "x_c ="): 'map.toml: “tickets” cannot do without “created”. Say where it comes from: created = "…"',
    ("x_site", "x_Site"): "“x_Site” cannot be the name of a column of your own. "
    "Such names begin with x_, followed by small letters, digits and _.",
    ("where", "when"): "There is no setting in map.toml called “when”. Did you mean where?",
    ("equals", "equal"): "There is no setting in map.toml called “equal”. Did you mean equals?",
    ("split", "splitt"): "There is no setting in map.toml called “splitt”. Did you mean split?",
    ("part = 1", 'part = "one"'): "map.toml: “tables.0.columns.ticket_id.part” cannot be 'one'.",
    ('column = "Ticket", ', ""): f"map.toml: “tickets.ticket_id” {ORIGINS}",
    ("constant = false", "constant = false, row_number = true"): f"map.toml: “tickets.spam” {ORIGINS}",
    ('table = "tickets"\n', ""): "map.toml: “tables.0.table” is missing.",
    ('";"', '";;"'): "map.toml: “delimiter” cannot be ';;'.",
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.items(), ids=lambda value: "".join(value)[:30])
def test_a_mistake_is_answered_with_what_was_meant(change, message):
    with pytest.raises(LatidoError) as caught:
        read(GOOD.replace(*change, 1))
    assert str(caught.value) == message


def test_a_missing_file_and_broken_toml_are_told(tmp_path):
    with pytest.raises(LatidoError, match="There is no file"):
        load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("a = ")
    with pytest.raises(LatidoError, match=r"bad.toml is not valid TOML: Invalid value"):
        load(tmp_path / "bad.toml")


@pytest.mark.parametrize("page", ["reading-files.md", "es/reading-files.md"])
def test_every_setting_of_a_mapping_is_explained(page):
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    settings = {f.alias or key for part in (Mapping, TableMap, Condition, Rule) for key, f in part.model_fields.items()}
    assert {name for name in settings if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", ["reading-files.md", "es/reading-files.md"])
def test_the_example_in_the_documentation_is_a_mapping(page):
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    assert read(text.split("```toml\n")[1].split("```")[0]).tables[0].table == "tickets"
