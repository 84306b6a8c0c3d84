from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from latido.errors import UnsureError
from latido.sources.google_forms import GoogleForms
from latido.sources.source import Delivery, Options

HEADER = "Marca temporal,Dirección de correo electrónico,¿Qué tan fácil le resultó?,¿Por qué?,¿En qué ciudad vive?,Caso"


def deliver(folder, text, name="Esfuerzo.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Delivery(path, name, "d")


@pytest.fixture
def read(tmp_path):
    def reading(*rows, header=HEADER, zone="UTC", **options):
        file = deliver(tmp_path, "\n".join([header, *rows]) + "\n")
        found, rejects = [], []
        for chunk in GoogleForms().read([file], Options(time_zone=ZoneInfo(zone), **options)):
            found += chunk.rows.to_pylist()
            rejects += chunk.rejects
        return found, rejects

    return reading


ROWS = (
    "13/03/2024 9:05:07,ANA@example.com,Muy fácil,Rápidos,Madrid,88",
    "14/03/2024 10:00:00,luis@example.com,Difícil,,Oaxaca,",
    "15/03/2024 10:00:00,eva@example.com,,Nadie contestó,Madrid,90",
)


def test_words_become_scores_on_their_scale(read):
    rows, _rejects = read(*ROWS)
    scored = [r for r in rows if r["kind"] == "ces"]
    assert [(r["score"], r["scale_low"], r["scale_high"], r["polarity"]) for r in scored] == [
        (5, 1, 5, "higher_better"),
        (2, 1, 5, "higher_better"),
    ]
    assert {(r["survey"], r["question"]) for r in scored} == {("Esfuerzo", "¿Qué tan fácil le resultó?")}


def test_reasons_are_comments_and_stand_alone_where_nothing_was_scored(read):
    rows, _rejects = read(*ROWS)
    assert [(r["kind"], r["comment"]) for r in rows] == [("ces", "Rápidos"), ("ces", None), ("text", "Nadie contestó")]


def test_address_case_and_choices_go_along(read):
    row = read(*ROWS)[0][0]
    assert (row["customer_id"], row["subject"], row["subject_id"]) == ("ana@example.com", "ticket", "88")
    assert row["x_en_que_ciudad_vive"] == "Madrid"


def test_stamps_are_by_the_workspaces_clock_and_the_columns_order(read):
    assert read(*ROWS, zone="Europe/Madrid")[0][0]["answered"] == datetime(2024, 3, 13, 8, 5, 7, tzinfo=UTC)


def test_stamps_that_leave_the_order_open_are_asked_for(read):
    with pytest.raises(UnsureError):
        read("03/04/2024 9:00:00,ana@example.com,Fácil,,,", "05/04/2024 9:00:00,eva@example.com,Difícil,,,")


def test_english_forms_with_numbers_are_read(read):
    header = (
        "Timestamp,How likely are you to recommend us to a friend?,How satisfied are you?,Anything else we should know?"
    )
    rows, _rejects = read(
        "2024/03/13 9:00:00 AM GMT+1,9,4,Thanks a lot for all the help that you gave me", header=header
    )
    assert [(r["kind"], r["score"], r["scale_high"]) for r in rows] == [
        ("nps", 9, 10),
        ("csat", 4, 5),
        ("text", None, None),
    ]
    assert rows[0]["answered"] == datetime(2024, 3, 13, 8, tzinfo=UTC)


def test_the_same_row_has_the_same_name_in_a_later_export(read):
    before = {r["answer_id"] for r in read(*ROWS[:2])[0]}
    assert before < {r["answer_id"] for r in read(*ROWS)[0]}


def test_an_empty_form_gives_nothing(read):
    assert read() == ([], [])


def test_a_customers_number_beats_the_address(read):
    header = "Marca temporal,Dirección de correo electrónico,¿Fue fácil?,ID cliente"
    given = ("13/03/2024 9:00:00,ana@example.com,Fácil,4711", "14/03/2024 9:00:00,eva@example.com,Difícil,")
    rows, _rejects = read(*given, header=header)
    assert [r["customer_id"] for r in rows] == ["4711", "eva@example.com"]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        (HEADER + "\n" + ROWS[0] + "\n", 0.85, 1),
        ("Timestamp,Value\n2024-01-01,3\n", 0.1, 0.5),
        ("Ticket,Created\n1,2024-01-01\n", 0, 0),
        ("", 0, 0),
    ],
)
def test_it_knows_a_form_by_its_stamp_and_its_questions(tmp_path, text, least, most):
    assert least <= GoogleForms().recognise([deliver(tmp_path, text)]) <= most
