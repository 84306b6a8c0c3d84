"""Everything that people choose from has a name in both languages; what is typed leads back to it."""

from __future__ import annotations

import pytest

from latido.i18n import use
from latido.metrics import value_names
from latido.metrics.catalog import METRICS
from latido.metrics.names import (
    DIMENSIONS,
    PRESETS,
    TABLES,
    dimension_name,
    filter_name,
    group_name,
    part_name,
    preset_name,
    table_name,
    typed_name,
    value_code,
    value_name,
)
from latido.metrics.query import Condition
from latido.metrics.scope import LOCAL
from latido.metrics.value_names import VALUES
from latido.metrics.where import DECLARED, MEASURED
from latido.model import TABLES as DECLARED_TABLES
from latido.model.interactions import SENTIMENTS
from latido.model.surveys import QUESTION_KINDS, SUBJECTS
from latido.model.tickets import CHANNELS, PRIORITIES, ROLES, STATUSES

ALLOWED = [
    (f"{table.name}.{column.name}", column.name, column.allowed)
    for table in DECLARED_TABLES.values()
    for column in table.columns
    if column.dimension and column.allowed
]


@pytest.mark.parametrize(
    ("told", "declared"),
    [
        (value_names.STATUSES, STATUSES),
        (value_names.CHANNELS, CHANNELS),
        (value_names.PRIORITIES, PRIORITIES),
        (value_names.AUTHORS, ROLES),
        (value_names.QUESTIONS, QUESTION_KINDS),
        (value_names.SUBJECTS, SUBJECTS),
        (value_names.SENTIMENTS, SENTIMENTS),
    ],
)
def test_every_value_that_a_column_may_take_has_a_name(told: dict[str, object], declared: tuple[str, ...]) -> None:
    assert set(told) == set(declared)


@pytest.mark.parametrize(("column", "dimension", "allowed"), ALLOWED, ids=[place for place, _d, _a in ALLOWED])
def test_every_declared_value_is_known_by_its_dimension(column: str, dimension: str, allowed: tuple[str, ...]) -> None:
    assert set(allowed) <= set(VALUES[dimension]), column


def test_every_dimension_has_a_name() -> None:
    assert set(DECLARED) | set(LOCAL) | set(MEASURED) <= set(DIMENSIONS)


def test_every_table_has_a_name() -> None:
    assert set(DECLARED_TABLES) | {metric.table for metric in METRICS.values()} <= set(TABLES)


def test_every_reading_has_a_name_and_no_name_outlives_it() -> None:
    assert {preset.name for metric in METRICS.values() for preset in metric.presets} == set(PRESETS)


@pytest.mark.parametrize(
    ("dimension", "value", "spanish"),
    [
        ("channel", "phone", "Teléfono"),
        ("status_now", "open", "Abierto"),
        ("survey_kind", "relationship", "Encuesta de relación"),
        ("kind", "visit", "Visita"),
        ("blind", "true", "Sí"),
        ("country", "DE", "Alemania"),
        ("language", "en", "Inglés"),
        ("weekday", "1", "Lunes"),
        ("hour", "9", "09:00"),
        ("month", "2025-03-01", "mar 2025"),
        ("team", "phone", "phone"),
        ("country", "Spain", "Spain"),
        ("channel", "carrier pigeon", "carrier pigeon"),
        ("channel", None, ""),
    ],
)
def test_a_value_is_called_as_its_reader_calls_it(dimension: str, value: str | None, spanish: str) -> None:
    with use("es"):
        assert value_name(dimension, value) == spanish


@pytest.mark.parametrize(
    ("dimension", "typed", "meant"),
    [
        ("channel", "Teléfono", "phone"),
        ("channel", "teléfono", "phone"),
        ("channel", "phone", "phone"),
        ("country", "Alemania", "DE"),
        ("blind", "sí", "true"),
        ("team", "Teléfono", "Teléfono"),
        ("channel", "pigeon", "pigeon"),
        ("priority", "Baja", "low"),
        ("country", "Europa", "Europa"),
    ],
)
def test_what_is_typed_by_name_is_meant_by_its_value(dimension: str, typed: str, meant: str) -> None:
    with use("es"):
        assert value_code(dimension, typed) == meant


def test_a_field_shows_only_names_that_lead_back() -> None:
    assert (typed_name("channel", "phone"), typed_name("month", "2025-03-01")) == ("Telephone", "2025-03-01")


def test_a_name_is_another_one_for_another_reader() -> None:
    assert value_code("channel", "Telephone") == "phone"
    with use("es"):
        assert value_code("channel", "Telephone") == "Telephone"


@pytest.mark.parametrize(
    ("name", "english", "spanish"),
    [
        ("survey_kind", "Kind of survey", "Tipo de encuesta"),
        ("reply_team", "Team that replied", "Equipo que respondió"),
        ("x_customer_tier", "Customer tier", "Customer tier"),
    ],
)
def test_a_dimension_is_called_by_its_name(name: str, english: str, spanish: str) -> None:
    assert dimension_name(name) == english
    with use("es"):
        assert dimension_name(name) == spanish


@pytest.mark.parametrize(
    ("part", "spanish"),
    [
        ("promoters", "promotores"),
        ("3m", "3 meses"),
        ("unresolved_after_7d", "sin resolver tras 7d"),
        ("view → order", "Página vista → Compra"),
        ("Too expensive", "Too expensive"),
        ("(none)", "(ninguno)"),
    ],
)
def test_a_part_of_a_figure_has_a_name(part: str, spanish: str) -> None:
    with use("es"):
        assert part_name(part) == spanish


def test_tables_groups_readings_and_filters_are_named() -> None:
    with use("es"):
        assert (table_name("ticket_events"), preset_name("finished")) == (
            "Eventos de tickets",
            "Solo tickets resueltos",
        )
        assert group_name({"channel": "chat", "team": None, "survey_kind": "blind"}) == "Chat · Encuesta ciega"
        assert filter_name(Condition("channel", "=", ("phone", None))) == "Canal: Teléfono, nada"
        assert filter_name(Condition("score", ">=", (9.0,))) == "Puntuación ≥ 9"
