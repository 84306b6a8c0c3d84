"""What was accepted once is proposed again for files like it, and for no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from latido.sources.mapping import Mapping, Rule
from latido.workspace import mappings
from latido.workspace.remembered import remembered
from latido.workspace.wizard import groups, look
from latido.workspace.wizard_said import Said
from tests.sources.tables import CHURN, HELP_DESK, LOG, SURVEY, file

MADRID = ZoneInfo("Europe/Madrid")


def again(root: Path, text: str) -> tuple[str, Said] | None:
    ((source, files),) = groups([file(root, text, "later.csv")], by_hand=True)
    return remembered(root, source, files, MADRID)


def accepted(root: Path, text: str, name: str = "first", **changed: str) -> Mapping:
    """Look at a file, say otherwise what some columns become, and accept it."""
    ((source, files),) = groups([file(root, text)], by_hand=True)
    guess = look(source, files, Said(), MADRID).said
    found = look(source, files, replace(guess, becomes={**guess.becomes, **changed}), MADRID).mapping
    mappings.keep(found, mappings.place(root, f"{name}.csv"))
    return found


@pytest.mark.parametrize("text", [CHURN, HELP_DESK, LOG, SURVEY], ids=["churn", "desk", "log", "survey"])
def test_what_was_accepted_is_said_again(tmp_path: Path, text: str) -> None:
    mapping = accepted(tmp_path, text)
    name, said = again(tmp_path, text)
    ((source, files),) = groups([file(tmp_path, text)], by_hand=True)
    assert (name, look(source, files, said, MADRID).mapping) == ("first", mapping)


def test_so_is_what_was_corrected(tmp_path: Path) -> None:
    accepted(tmp_path, HELP_DESK, Zona="product", Asunto="")
    _name, said = again(tmp_path, HELP_DESK)
    assert (said.becomes["Zona"], said.becomes["Asunto"]) == ("product", "")


def test_the_one_that_was_accepted_last_counts(tmp_path: Path) -> None:
    accepted(tmp_path, HELP_DESK, "old", Zona="product")
    accepted(tmp_path, HELP_DESK, "new", Zona="brand")
    name, said = again(tmp_path, HELP_DESK)
    assert (name, said.becomes["Zona"]) == ("new", "brand")


def test_a_file_of_other_columns_is_another(tmp_path: Path) -> None:
    accepted(tmp_path, HELP_DESK)
    assert again(tmp_path, CHURN) is None


def test_a_mapping_of_a_few_columns_is_of_another_file(tmp_path: Path) -> None:
    few = {"tables": [{"table": "customers", "columns": {"customer_id": "Agente"}}]}
    mappings.keep(Mapping.model_validate(few), mappings.place(tmp_path, "few.csv"))
    assert again(tmp_path, HELP_DESK) is None


def test_what_the_wizard_cannot_say_is_left_to_the_command_line(tmp_path: Path) -> None:
    mapping = accepted(tmp_path, HELP_DESK)
    (part,) = mapping.tables
    cut = part.model_copy(update={"columns": {**part.columns, "topic": Rule(column="Asunto", split=" ")}})
    mappings.keep(mapping.model_copy(update={"tables": (cut,)}), mappings.place(tmp_path, "first.csv"))
    assert again(tmp_path, HELP_DESK) is None


def test_a_mapping_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    accepted(tmp_path, HELP_DESK)
    (tmp_path / "mappings" / "broken.toml").write_text("tables = 1")
    assert again(tmp_path, HELP_DESK)[0] == "first"
