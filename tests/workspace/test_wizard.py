"""The wizard: a guess, what a person says otherwise, and the mapping that comes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from latido.errors import FieldError
from latido.sources.propose import propose
from latido.sources.source import Options
from latido.workspace.wizard import groups, look
from latido.workspace.wizard_said import Look, Said, check_becomes
from tests.sources.tables import CHURN, HELP_DESK, LOG, ORDERS, SURVEY, file

MADRID = ZoneInfo("Europe/Madrid")
EITHER = 'id,when,promised\n1,01/02/2024,"1,234"\n2,01/03/2024,"2,345"\n'
AS_TICKETS = {"id": "ticket_id", "when": "created", "promised": "resolution_target"}


def seen(folder: Path, text: str, said: Said | None = None) -> Look:
    """How a file looks that a person maps."""
    (source, files), *_others = groups([file(folder, text)], by_hand=True)
    return look(source, files, said or Said(), MADRID)


def line(found: Look, name: str):
    return next(one for one in found.lines if one.name == name)


@pytest.mark.parametrize(
    "text", [CHURN, HELP_DESK, LOG, ORDERS, SURVEY], ids=["churn", "desk", "log", "orders", "survey"]
)
def test_a_guess_is_what_the_command_line_proposes(tmp_path: Path, text: str) -> None:
    proposed = propose([file(tmp_path, text)], Options(time_zone=MADRID))
    found = seen(tmp_path, text)
    assert (found.mapping, found.confidence) == (proposed.mapping, proposed.confidence)


@pytest.mark.parametrize("text", [CHURN, HELP_DESK, LOG, ORDERS], ids=["churn", "desk", "log", "orders"])
def test_to_agree_with_a_guess_changes_nothing(tmp_path: Path, text: str) -> None:
    guess = seen(tmp_path, text)
    agreed = seen(tmp_path, text, guess.said)
    assert (agreed.mapping, agreed.problems) == (guess.mapping, ())


def test_each_column_shows_its_cells_and_what_becomes_of_them(tmp_path: Path) -> None:
    canal = line(seen(tmp_path, HELP_DESK), "Canal")
    assert (canal.becomes, canal.sure, canal.raw, canal.mapped) == (
        "channel",
        1.0,
        ("Correo", "Teléfono", "Chat"),
        ("email", "phone", "chat"),
    )


def test_questions_of_a_survey_are_columns_too(tmp_path: Path) -> None:
    found = [(one.becomes, one.scale) for one in seen(tmp_path, SURVEY).lines]
    assert found[1:6] == [
        ("?nps", (0, 10)),
        ("comment", None),
        ("?csat", (1, 5)),
        ("?ces", (1, 5)),
        ("?recommend", (0, 1)),
    ]


def test_another_table_can_be_said(tmp_path: Path) -> None:
    found = seen(tmp_path, ORDERS, Said(table="touchpoints"))
    assert found.said.table == "touchpoints"


def test_a_column_becomes_what_was_said(tmp_path: Path) -> None:
    guess = seen(tmp_path, HELP_DESK)
    becomes = {**guess.said.becomes, "Asunto": "topic", "Zona": "", "Estado": "+"}
    columns = seen(tmp_path, HELP_DESK, replace(guess.said, becomes=becomes)).mapping.tables[0].columns
    assert (columns["topic"].column, columns["x_estado"].column) == ("Asunto", "Estado")
    assert not {"subject", "status", "x_zona"} & {*columns}


def test_a_question_may_be_of_another_kind_and_scale(tmp_path: Path) -> None:
    guess = seen(tmp_path, SURVEY)
    asked = "¿Cuánto esfuerzo le costó? (1-5)"
    said = replace(guess.said, becomes={**guess.said.becomes, asked: "?rating"}, scales={asked: (1, 10)})
    part = next(p for p in seen(tmp_path, SURVEY, said).mapping.tables if p.columns["question"].constant == asked)
    assert (part.columns["kind"].constant, part.columns["scale_high"].constant) == ("rating", 10)


def test_what_looks_like_nothing_asks_for_its_table(tmp_path: Path) -> None:
    found = seen(tmp_path, EITHER)
    assert ([p.field for p in found.problems], found.mapping) == (["table"], None)


def test_columns_that_a_table_cannot_do_without_are_asked_for(tmp_path: Path) -> None:
    (problem,) = seen(tmp_path, EITHER, Said(table="tickets")).problems
    assert (problem.field, "ticket_id, created" in str(problem)) == ("becomes", True)


def test_what_can_be_read_in_two_ways_has_to_be_said(tmp_path: Path) -> None:
    found = seen(tmp_path, EITHER, Said(table="tickets", becomes=AS_TICKETS))
    assert ([p.field for p in found.problems], found.mapping) == (["dates", "decimal"], None)
    assert ["when" in str(found.problem("dates")), "promised" in str(found.problem("decimal"))] == [True, True]


def test_rows_are_shown_while_it_has_not_been_said(tmp_path: Path) -> None:
    found = seen(tmp_path, EITHER, Said(table="tickets", becomes=AS_TICKETS))
    assert line(found, "promised").mapped == (1234.0, 2345.0)


def test_what_was_said_stands_in_the_mapping(tmp_path: Path) -> None:
    said = Said("tickets", "mdy", ",", "America/Mexico_City", AS_TICKETS)
    found = seen(tmp_path, EITHER, said)
    assert (found.mapping.dates, found.mapping.decimal, found.mapping.time_zone) == ("mdy", ",", "America/Mexico_City")
    assert line(found, "when").mapped[0].isoformat() == "2024-01-02T06:00:00+00:00"


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    found = seen(tmp_path, ORDERS, Said(time_zone="Europe/Madird"))
    assert "Did you mean Europe/Madrid" in str(found.problem("time_zone"))


def test_one_column_cannot_come_from_two(tmp_path: Path) -> None:
    said = Said("tickets", "mdy", ".", becomes={**AS_TICKETS, "promised": "created"})
    assert [p.field for p in seen(tmp_path, EITHER, said).problems] == ["becomes:promised"]


def test_a_column_of_kinds_and_columns_of_questions_exclude_each_other(tmp_path: Path) -> None:
    guess = seen(tmp_path, SURVEY)
    said = replace(guess.said, becomes={**guess.said.becomes, "Canal": "kind"})
    assert "becomes" in {p.field for p in seen(tmp_path, SURVEY, said).problems}


def test_a_named_format_is_left_alone(tmp_path: Path) -> None:
    ((source, files),) = groups([file(tmp_path, SURVEY)])
    found = look(source, files, Said(), MADRID)
    assert (found.named, found.source.name, found.lines) == (True, "google_forms", ())


def test_a_format_that_is_only_suspected_is_mapped_by_a_person(tmp_path: Path) -> None:
    ((source, _files),) = groups([file(tmp_path, LOG)])
    assert source.name == "generic"


def test_files_of_the_same_columns_are_read_together(tmp_path: Path) -> None:
    found = groups([file(tmp_path, t, f"{i}.csv") for i, t in enumerate((ORDERS, CHURN, ORDERS))])
    assert [[f.name for f in files] for _source, files in found] == [["0.csv", "2.csv"], ["1.csv"]]


@pytest.mark.parametrize("target", ["nothing_like_it", "?nps"])
def test_a_column_cannot_become_what_there_is_not(target: str) -> None:
    with pytest.raises(FieldError) as wrong:
        check_becomes("tickets", {"a": target})
    assert wrong.value.field == "becomes:a"
