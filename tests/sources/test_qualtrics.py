from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest

from latido.errors import InputError
from latido.sources.qualtrics import Qualtrics
from latido.sources.source import Delivery, Options

COLUMNS = {
    "StartDate": ("Fecha de inicio", "startDate"),
    "EndDate": ("Fecha de fin", "endDate"),
    "Status": ("Tipo de respuesta", "status"),
    "Finished": ("Acabado", "finished"),
    "RecordedDate": ("Fecha registrada", "recordedDate"),
    "ResponseId": ("ID de respuesta", "_recordId"),
    "RecipientEmail": ("Correo", "recipientEmail"),
    "ExternalReference": ("Referencia externa", "externalDataReference"),
    "DistributionChannel": ("Canal", "distributionChannel"),
    "UserLanguage": ("Idioma", "userLanguage"),
    "Q1": ("¿Recomendaría Lumbre a un amigo?", "QID1"),
    "Q1_NPS_GROUP": ("¿Recomendaría Lumbre a un amigo? - Group", "QID1_NPS_GROUP"),
    "Q2": ("¿Por qué?", "QID2_TEXT"),
    "Q3": ("¿Está satisfecho con la atención?", "QID3"),
    "Q4": ("¿Cómo nos conoció? - Selected Choice", "QID4"),
    "ticket_id": ("ticket_id", "ticket_id"),
    "wave": ("wave", "wave"),
}
USUAL = {"StartDate": "2024-03-01 09:00:00", "EndDate": "2024-03-01 09:05:00", "RecordedDate": "2024-03-01 09:05:00",
         "Status": "0", "Finished": "1", "DistributionChannel": "email", "UserLanguage": "ES-ES"}  # fmt: skip


def response(number, **given):
    return {**USUAL, "ResponseId": f"R_{number}", **given}


def deliver(folder, *responses, columns=COLUMNS, headers=3, zone=None, name="NPS+2024_March 3, 2024_10.15.csv"):
    path = folder / name
    said = [
        {"ImportId": number, **({"timeZone": zone} if zone and number.endswith("Date") else {})}
        for _w, number in columns.values()
    ]
    heads = [list(columns), [wording for wording, _number in columns.values()], [json.dumps(one) for one in said]]
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = [[given.get(name, "") for name in columns] for given in responses]
        csv.writer(out).writerows([*heads[:headers], *rows])
    return Delivery(path, name, "d")


@pytest.fixture
def read(tmp_path):
    def reading(*responses, **how):
        rows, rejects = [], []
        for chunk in Qualtrics().read([deliver(tmp_path, *responses, **how)], Options()):
            rows += chunk.rows.to_pylist()
            rejects += chunk.rejects
        return rows, rejects

    return reading


def test_each_question_answered_is_an_answer(read):
    rows, rejects = read(response(1, Q1="9", Q3="Muy satisfecho"), response(2, Q1="3", Q3="Insatisfecho"))
    assert [(r["answer_id"], r["kind"], r["score"], r["scale_low"], r["scale_high"]) for r in rows] == [
        ("R_1-QID1", "nps", 9, 0, 10),
        ("R_2-QID1", "nps", 3, 0, 10),
        ("R_1-QID3", "csat", 5, 1, 5),
        ("R_2-QID3", "csat", 2, 1, 5),
    ]
    assert rejects == []


def test_numeric_choices_are_read_as_well_as_words(read):
    rows, _rejects = read(response(1, Q3="4"), response(2, Q3="5"))
    assert [(r["kind"], r["score"], r["scale_high"]) for r in rows] == [("csat", 4, 5), ("csat", 5, 5)]


def test_the_frame_says_who_when_and_how(read):
    row = read(response(1, Q1="9", RecipientEmail="ANA@example.com", ticket_id="88", wave="2024-03"))[0][0]
    assert (row["customer_id"], row["language"], row["channel"]) == ("ana@example.com", "es", "email")
    assert (row["subject"], row["subject_id"], row["wave"], row["survey"]) == ("ticket", "88", "2024-03", "NPS 2024")
    assert (row["asked"].minute, row["answered"], row["row"]) == (0, datetime(2024, 3, 1, 9, 5, tzinfo=UTC), 1)


def test_the_own_reference_beats_the_address(read):
    given = response(1, Q1="9", ExternalReference="C7", RecipientEmail="ana@example.com")
    assert read(given)[0][0]["customer_id"] == "C7"


def test_the_third_header_row_may_say_the_time_zone(read):
    row = read(response(1, Q1="9"), zone="America/Mexico_City")[0][0]
    assert row["answered"] == datetime(2024, 3, 1, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "nobody",
    [
        {"Status": "1"},
        {"Status": "Survey Preview"},
        {"Status": "8"},
        {"Status": "Vista previa de la encuesta"},
        {"DistributionChannel": "preview"},
    ],
)
def test_previews_tests_and_spam_are_left_out_with_a_note(read, nobody):
    rows, notes = read(response(1, Q1="9"), response(2, Q1="0", **nobody))
    assert [r["answer_id"] for r in rows] == ["R_1-QID1"]
    assert [(n.row, n.kept, n.reason.count) for n in notes] == [(0, True, 1)]


def test_unfinished_responses_are_kept(read):
    assert len(read(response(1, Q1="9", Finished="0"))[0]) == 1


def test_the_reason_is_the_comment_of_the_score_before_it(read):
    rows, _rejects = read(response(1, Q1="9", Q2="Rápidos"), response(2, Q2="No quiero puntuar"))
    assert [(r["kind"], r["score"], r["comment"]) for r in rows] == [
        ("nps", 9, "Rápidos"),
        ("text", None, "No quiero puntuar"),
    ]


def test_choices_that_measure_nothing_are_dimensions(read):
    rows, _rejects = read(response(1, Q1="9", Q4="Por un amigo"), response(2, Q1="9", Q4="Por la radio"))
    assert [r["x_como_nos_conocio"] for r in rows] == ["Por un amigo", "Por la radio"]


def test_groups_that_qualtrics_makes_are_not_read(read):
    row = read(response(1, Q1="9", Q1_NPS_GROUP="Promoter"))[0][0]
    assert not any("Promoter" in str(value) for value in row.values())


def test_an_unreadable_score_is_rejected_with_its_row(read):
    rows, rejects = read(*(response(n, Q1="9") for n in range(1, 200)), response(200, Q1="11"))
    assert len(rows) == 199
    assert [(r.row, float(r.value)) for r in rejects] == [(200, 11)]


def test_without_its_header_rows_it_says_so(read):
    with pytest.raises(InputError, match="header row"):
        read(response(1, Q1="9"), headers=2)


def test_only_previews_give_only_the_note(read):
    rows, notes = read(response(1, Q1="9", Status="1"))
    assert (rows, len(notes)) == ([], 1)


def test_it_knows_its_header_rows(tmp_path):
    assert Qualtrics().recognise([deliver(tmp_path, response(1))]) > 0.9
    assert Qualtrics().recognise([deliver(tmp_path, response(1), headers=2)]) == 0
