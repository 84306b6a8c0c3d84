from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from latido.sources.source import Delivery, Options
from latido.sources.typeform import Typeform

FORM = {
    "id": "f1",
    "title": "Tras la instalación",
    "fields": [
        {"id": "q1", "ref": "nps", "type": "nps", "title": "¿Nos recomendaría a un amigo?"},
        {"id": "q2", "ref": "why", "type": "long_text", "title": "¿Por qué?"},
        {"id": "q3", "ref": "sat", "type": "opinion_scale", "title": "¿Está satisfecho con la instalación?",
         "properties": {"steps": 7, "start_at_one": True}},
        {"id": "g1", "type": "group", "title": "Sobre usted", "properties": {"fields": [
            {"id": "q4", "ref": "city", "type": "dropdown", "title": "¿Dónde vive?",
             "properties": {"choices": [{"label": "Madrid"}, {"label": "Oaxaca"}]}},
        ]}},
        {"id": "q5", "ref": "ease", "type": "multiple_choice", "title": "¿Fue fácil?",
         "properties": {"choices": [{"label": "Muy difícil"}, {"label": "Fácil"}, {"label": "Muy fácil"}]}},
        {"id": "q6", "ref": "mail", "type": "email", "title": "Su correo"},
        {"id": "q7", "ref": "more", "type": "short_text", "title": "¿Algo más?"},
    ],
}  # fmt: skip
TYPES = {"number": "number", "text": "text", "choice": "choice", "email": "email", "boolean": "boolean"}


def answer(field, kind, value, form=FORM):
    known = {f["id"]: f for f in [*form["fields"], *form["fields"][3]["properties"]["fields"]]}[field]
    value = {"label": value} if kind == "choice" else value
    return {"field": {"id": field, "type": known["type"], "ref": known.get("ref")}, "type": kind, kind: value}


def response(*answers, token="r1", **more):
    return {
        "landing_id": token,
        "token": token,
        "landed_at": "2024-03-01T10:00:00Z",
        "submitted_at": "2024-03-01T10:05:00Z",
        "hidden": {},
        "answers": list(answers),
        **more,
    }


@pytest.fixture
def read(tmp_path):
    def reading(*responses, form=FORM, **files):
        files = {"responses.json": json.dumps({"total_items": 1, "items": responses}), **files}
        files |= {"form.json": json.dumps(form)} if form else {}
        rows, rejects = [], []
        for chunk in Typeform().read([deliver(tmp_path, *file) for file in files.items()], Options()):
            rows += chunk.rows.to_pylist()
            rejects += chunk.rejects
        return rows, rejects

    return reading


def deliver(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Delivery(path, name, name)


def test_an_nps_question_is_one_with_its_wording_and_scale(read):
    (row,), _rejects = read(response(answer("q1", "number", 3)))
    assert (row["kind"], row["score"], row["scale_low"], row["scale_high"]) == ("nps", 3, 0, 10)
    assert (row["question"], row["survey"], row["answer_id"]) == (
        "¿Nos recomendaría a un amigo?",
        "Tras la instalación",
        "r1-nps",
    )
    assert (row["asked"], row["answered"]) == (
        datetime(2024, 3, 1, 10, tzinfo=UTC),
        datetime(2024, 3, 1, 10, 5, tzinfo=UTC),
    )


def test_the_form_says_the_scale(read):
    (row,), _rejects = read(response(answer("q3", "number", 4)))
    assert (row["kind"], row["scale_low"], row["scale_high"]) == ("csat", 1, 7)


def test_choices_in_words_are_scores(read):
    (row,), _rejects = read(response(answer("q5", "choice", "Muy fácil")))
    assert (row["kind"], row["score"], row["scale_high"], row["polarity"]) == ("ces", 5, 5, "higher_better")


def test_the_reason_is_the_comment_of_the_answer_before_it(read):
    rows, _rejects = read(
        response(answer("q1", "number", 9), answer("q2", "text", "Rápidos"), answer("q7", "text", "Gracias"))
    )
    assert [(r["kind"], r["comment"]) for r in rows] == [("nps", "Rápidos"), ("text", "Gracias")]


def test_a_reason_without_an_answer_is_kept(read):
    (row,), _rejects = read(response(answer("q2", "text", "Rápidos")))
    assert (row["kind"], row["comment"], row["score"]) == ("text", "Rápidos", None)


def test_choices_and_hidden_fields_go_along_with_each_answer(read):
    given = response(
        answer("q1", "number", 9),
        answer("q4", "choice", "Oaxaca"),
        hidden={"plan": "Plus", "lang": "es-MX", "ask_id": "I9"},
    )
    (row,), _rejects = read(given)
    assert (row["x_donde_vive"], row["x_plan"], row["language"], row["ask_id"]) == ("Oaxaca", "Plus", "es", "I9")


@pytest.mark.parametrize(
    ("hidden", "customer", "subject"),
    [
        ({"customer_id": "C7", "ticket_id": "88"}, "C7", ("ticket", "88")),
        ({"email": "ANA@example.com", "order_id": "#1001"}, "ana@example.com", ("order", "#1001")),
        ({}, "eva@example.com", (None, None)),
    ],
)
def test_hidden_fields_say_who_and_about_what(read, hidden, customer, subject):
    (row,), _rejects = read(
        response(answer("q1", "number", 9), answer("q6", "email", "Eva@example.com"), hidden=hidden)
    )
    assert (row["customer_id"], (row["subject"], row["subject_id"])) == (customer, subject)


def test_without_the_form_types_and_names_have_to_do(read):
    rows, _rejects = read(
        response(answer("q1", "number", 9)), response(answer("q1", "number", 2), token="r2"), form=None
    )
    assert [(r["kind"], r["scale_high"], r["survey"], r["question"]) for r in rows] == [
        ("nps", 10, "responses", "nps")
    ] * 2


def test_web_hooks_bring_their_own_definition(read):
    hook = {"event_type": "form_response", "form_response": {**response(answer("q3", "number", 2)), "definition": FORM}}
    rows, _rejects = read(form=None, **{"hooks.jsonl": json.dumps(hook)})
    assert [(r["kind"], r["scale_high"], r["survey"]) for r in rows] == [("csat", 7, "Tras la instalación")]


def test_an_answer_off_its_scale_is_rejected(read):
    rows, rejects = read(response(answer("q1", "number", 11)))
    assert (rows, [(r.row, r.column, float(r.value)) for r in rejects]) == ([], [(1, "score", 11)])


def test_a_response_without_answers_is_nothing_to_import(read):
    assert read(response()) == ([], [])


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (json.dumps({"items": [response()]}), True),
        (json.dumps(FORM), True),
        (json.dumps({"items": [{"id": 1}]}), False),
        ("a,b\n1,2\n", False),
    ],
)
def test_it_knows_its_own_files(tmp_path, text, sure):
    assert (Typeform().recognise([deliver(tmp_path, "file.json", text)]) > 0.9) is sure
