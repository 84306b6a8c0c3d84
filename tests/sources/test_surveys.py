from __future__ import annotations

import pytest

from latido.sources.mapping import Rule
from latido.sources.reading import read_sheet
from latido.sources.source import Delivery
from latido.sources.surveys import Carried, extra, language, measured, normalised, points


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Tipo de contrato", "x_tipo_de_contrato"),
        ("¿Edad?", "x_edad"),
        ("日本", "x_field"),
        ("a" * 60, "x_" + "a" * 40),
    ],
)
def test_an_extra_column_is_called_after_its_field(name, column):
    assert extra(name) == column


@pytest.mark.parametrize(("text", "code"), [("ES-ES", "es"), ("pt_BR", "pt"), ("en", "en"), ("", None), (None, None)])
def test_a_language_is_its_two_letters(text, code):
    assert language(text) == code


def test_fields_are_sorted_by_what_they_are_called():
    carried = Carried.among(["Correo electrónico", "ID cliente", "Número ticket", "Idioma", "wave", "Plan"])
    assert (carried.customers, carried.language) == (("ID cliente", "Correo electrónico"), "Idioma")
    assert (carried.subject, carried.subject_id) == ("ticket", "Número ticket")
    assert carried.others == {"wave": "wave", "x_plan": "Plan"}


def test_the_first_filled_of_several_customers_counts():
    assert Carried.among(["email", "customer_id"]).rules() == {"customer_id": Rule(first=("customer_id", "email"))}


def test_a_scale_in_words_is_measured_by_all_its_points():
    found = measured("¿Está satisfecho?", ["Muy satisfecho", "Insatisfecho"])
    assert (found.kind, found.low, found.high) == ("csat", 1, 5)


def test_points_are_every_answer_of_a_scale():
    assert points(0, 3) == ["0", "1", "2", "3"]


def test_addresses_and_languages_are_made_comparable_and_nothing_else(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("mail,lang,said\nANA@Example.com,ES-MX,HOLA\nnobody,,\n")
    sheet = normalised(read_sheet(Delivery(path, "answers.csv", "d")), ["mail"], ["lang"])
    frame = next(iter(sheet.frames()))
    assert frame.rows.to_pylist() == [
        {"mail": "ana@example.com", "lang": "es", "said": "HOLA"},
        {"mail": "nobody", "lang": None, "said": ""},
    ]
