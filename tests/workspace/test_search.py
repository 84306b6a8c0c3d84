"""Words that people look for: the same with and without accents, and never more than text."""

from __future__ import annotations

import ibis
import pytest

from latido.store.engines.duckdb import DuckDB
from latido.workspace.search import MOST, fold, folded, holds, marked, words_of

TEXTS = ("Facturación DOBLE", "100 % \\ 'cita'", "cafe\u0301 con leche", None)


@pytest.fixture(scope="module")
def engine() -> DuckDB:
    return DuckDB(threads=1)


def found(engine: DuckDB, typed: str) -> list[str | None]:
    """The texts that hold what was typed."""
    rows = ibis.memtable({"text": list(TEXTS)}, schema={"text": "string"})
    return [row["text"] for row in engine.arrow(rows.filter(holds(rows.text, words_of(typed)))).to_pylist()]


@pytest.mark.parametrize("typed", ["facturacion", "FACTURACIÓN", "doble factura", "  ación "])
def test_accents_capitals_and_order_do_not_matter(engine: DuckDB, typed: str) -> None:
    assert found(engine, typed) == [TEXTS[0]]


@pytest.mark.parametrize("typed", ["%", "\\", "'", "100 % \\ 'cita'"])
def test_what_looks_like_a_pattern_is_text(engine: DuckDB, typed: str) -> None:
    assert found(engine, typed) == [TEXTS[1]]


def test_an_accent_of_its_own_is_one_too(engine: DuckDB) -> None:
    assert found(engine, "café") == [TEXTS[2]]


@pytest.mark.parametrize("typed", ["nada", "_", "' OR 1=1 --", "\u0301"])
def test_what_is_nowhere_is_not_found(engine: DuckDB, typed: str) -> None:
    assert found(engine, typed) == []


def test_engine_and_program_fold_alike(engine: DuckDB) -> None:
    text = "ÁÉÍÓÚÜÑÇ àèìòù Straße ŁÓDŹ cafe\u0301"
    rows = ibis.memtable({"text": [text]})
    assert engine.arrow(rows.select(text=folded(rows.text))).to_pylist() == [{"text": fold(text)}]


def test_no_search_has_more_words_than_a_person_types() -> None:
    assert len(words_of(" ".join(map(str, range(100))))) == MOST


def test_what_was_found_is_marked_as_it_was_written() -> None:
    pieces = marked("Acción, reacción", ("accion",))
    assert [(p.text, p.found) for p in pieces] == [("Acción", True), (", re", False), ("acción", True)]


def test_marks_that_overlap_are_one() -> None:
    assert [p.text for p in marked("abcde", ("abc", "bcd")) if p.found] == ["abcd"]


def test_nothing_is_marked_where_nothing_was_looked_for() -> None:
    assert marked("Hola", ()) == [("Hola", False)]
