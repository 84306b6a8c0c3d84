import pytest

from latido.sources.scales import SCALES, normal, numbered, recognise


@pytest.mark.parametrize(
    ("answers", "scale", "numbers"),
    [
        (["Muy satisfecho", "Insatisfecha"], "satisfaction 5", [5, 2]),
        (["Satisfecho/a", "Muy satisfecho/a"], "satisfaction 5", [4, 5]),
        (["Somewhat agree", "Strongly disagree"], "agreement 5", [4, 1]),
        (["Somewhat agree", "Agree"], "agreement 7", [5, 6]),
        (["Totalmente de acuerdo", "Ni de acuerdo ni en desacuerdo"], "agreement 5", [5, 3]),
        (["Extremely satisfied", "Slightly satisfied"], "satisfaction 7", [7, 5]),
        (["Muy difícil", "Fácil"], "ease 5", [1, 4]),
        (["Good", "Very good", "Excellent"], "quality 5 up to excellent", [3, 4, 5]),
        (["good", "bad"], "satisfaction 2", [1, 0]),
        (["Nunca", "A veces"], "frequency 5", [1, 3]),
    ],
)
def test_answers_in_words_are_points_of_a_scale(answers, scale, numbers):
    found = recognise(answers)
    assert (found.name, list(found.read(answers).values())) == (scale, numbers)


@pytest.mark.parametrize("answers", [[], ["Agree"], ["satisfecho", "satisfecha"], ["red", "blue"], ["Agree", "Blue"]])
def test_too_little_or_something_else_is_no_scale(answers):
    assert recognise(answers) is None


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_a_scale_has_an_answer_for_each_of_its_points(scale):
    assert set(scale.points.values()) == set(range(int(scale.low), int(scale.high) + 1))


def test_answers_may_have_their_numbers_beside_them():
    assert numbered(["5 - Muy satisfecho", "4", "1 (Nada)"]) == {"5 - Muy satisfecho": 5, "4": 4, "1 (Nada)": 1}


@pytest.mark.parametrize("answers", [["5", "4"], ["five", "4 - good"], []])
def test_bare_numbers_and_bare_words_are_not_numbered_answers(answers):
    assert numbered(answers) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("customerID", "customer id"),
        ("Fecha de creación", "fecha de creacion"),
        ("dc_nbr", "dc nbr"),
        ("¿Qué tan fácil…?", "que tan facil"),
        ("Status No.", "status no"),
        ("satisfecho/a", "satisfecho"),
        ("HTTPServer", "http server"),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(text, plain):
    assert normal(text) == plain
