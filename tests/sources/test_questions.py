import pytest

from latido.sources.questions import questions, recognise_question
from tests.sources.tables import columns

YES_NO = ["Sí", "No"]


@pytest.mark.parametrize(
    ("wording", "answers", "question"),
    [
        ("How likely are you to recommend us to a friend?", ["0", "10", "7"], ("nps", 0, 10)),
        ("Del 0 al 10, ¿qué probabilidad hay de que nos recomiende?", ["9", "8"], ("nps", 0, 10)),
        ("On a scale of 0-10, how would you rate Sudzilla?", ["0", "9"], ("nps", 0, 10)),
        ("nps", ["9", "8"], ("nps", 0, 10)),
        ("Would you recommend it as a place to work? (0-10)", ["9", "8"], ("enps", 0, 10)),
        ("recommended", ["1", "0"], ("recommend", 0, 1)),
        ("¿Nos recomendaría?", YES_NO, ("recommend", 0, 1)),
        ("How satisfied are you with our service?", ["5", "4", "1"], ("csat", 1, 5)),
        ("¿Está satisfecho con la atención?", ["Muy satisfecho", "Insatisfecho"], ("csat", 1, 5)),
        ("How satisfied are you with your job?", ["7", "4", "1"], ("esat", 1, 7)),
        ("How easy was it to solve your problem?", ["5", "1"], ("ces", 1, 5)),
        ("The company made it easy for me", ["Somewhat agree", "Agree"], ("ces", 1, 7)),
        ("overall_rating", ["9", "3"], ("rating", 1, 10)),
        ("¿Cómo califica la entrega?", ["5 - Excelente", "1 - Mala"], ("rating", 1, 5)),
        ("What did you like?", ["The soap", "All of it"], ("text", None, None)),
    ],
)
def test_a_question_is_known_by_wording_and_answers(tmp_path, wording, answers, question):
    profile = columns(tmp_path, f'other,"{wording}"\n' + "\n".join(f"x,{a}" for a in answers))[1]
    found = recognise_question(profile)
    assert (found.kind, found.low, found.high) == question


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("age", ["41", "37"]),
        ("team", ["Blue", "Red"]),
        ("why?", ["Because", "No reason"]),
        ("score", []),
        ("n", ["1", "2"]),
    ],
)
def test_other_columns_are_no_questions(tmp_path, name, cells):
    profile = columns(tmp_path, f"other,{name}\n" + "\n".join(f"x,{cell}" for cell in [*cells, ""]))[1]
    assert recognise_question(profile) is None


def test_answers_in_words_get_their_numbers(tmp_path):
    profile = columns(tmp_path, "other,Recommended?\nx,Sí\nx,No\n")[1]
    assert recognise_question(profile).values == {"Sí": "1", "No": "0"}


def test_effort_is_better_the_lower_it_is_unless_the_words_say_otherwise(tmp_path):
    effort, ease, verbal = columns(
        tmp_path, "How much effort was it?,How easy was it?,How difficult was it?\n1,1,Very easy\n5,5,Difficult\n"
    )
    assert [recognise_question(p).polarity for p in (effort, ease, verbal)] == [
        "lower_better",
        "higher_better",
        "higher_better",
    ]


def test_one_slip_does_not_stretch_a_scale(tmp_path):
    (profile,) = columns(tmp_path, "comfort_rating\n" + "5\n3\n1\n" * 60 + "10\n")
    assert recognise_question(profile).high == 5


def test_only_the_first_zero_to_ten_rating_is_the_recommendation(tmp_path):
    asked = columns(
        tmp_path,
        '"On a scale of 0-10, how would you rate A?","On a scale of 0-10, how would you rate B?"\n9,8\n0,10\n',
    )
    assert [question.kind for question in questions(asked)] == ["nps", "rating"]


def test_none_is_where_another_question_says_recommend(tmp_path):
    asked = columns(
        tmp_path, '"On a scale of 0-10, how would you rate A?","How likely are you to recommend us?"\n9,8\n0,10\n'
    )
    assert [question.kind for question in questions(asked)] == ["rating", "nps"]
