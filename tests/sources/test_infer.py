import math

import pytest

from latido.model.table import Type
from latido.model.tickets import CHANNELS
from latido.sources.infer import Profile
from tests.sources.tables import columns

TEXT = (
    "id,n,day,yes,via,empty\n"
    "a,1,25/03/2024,sí,Correo,\nb,2.5,26/03/2024,no,Fax,?\na,30,27/03/2024,no,Chat,\nc,,28/03/2024,,,\n"
)


@pytest.fixture
def found(tmp_path) -> dict[str, Profile]:
    return {profile.name: profile for profile in columns(tmp_path, TEXT)}


@pytest.mark.parametrize(
    ("name", "kind", "share"),
    [
        ("n", Type.NUMBER, 1),
        ("n", Type.INTEGER, 0),
        ("day", Type.INSTANT, 1),
        ("day", Type.NUMBER, 0),
        ("yes", Type.BOOLEAN, 1),
        ("via", Type.TEXT, 1),
        ("id", Type.BOOLEAN, 0),
        ("empty", Type.TEXT, 0),
        ("empty", Type.NUMBER, 0),
    ],
)
def test_a_column_is_as_much_a_type_as_its_filled_cells(found, name, kind, share):
    assert found[name].share(kind) == share


def test_the_share_of_known_words_is_weighted_by_rows(found):
    assert found["via"].share_of(CHANNELS) == pytest.approx(2 / 3)


def test_cells_are_counted(found):
    assert [(p.rows, p.filled, p.distinct, p.unique) for p in (found["id"], found["day"], found["empty"])] == [
        (4, 4, 3, False),
        (4, 4, 4, True),
        (4, 0, 0, False),
    ]


def test_quantiles_are_of_rows_and_not_of_distinct_numbers(tmp_path):
    (profile,) = columns(tmp_path, "n\n" + "5\n" * 99 + "10\n")
    assert (profile.quantile(0.99), profile.quantile(1), profile.whole) == (5, 10, True)


def test_a_column_without_numbers_has_no_quantile(found):
    assert math.isnan(found["via"].quantile(0.5))


def test_the_length_of_texts_is_their_mean(tmp_path):
    (profile,) = columns(tmp_path, "word\nab\nab\nabcdefgh\n")
    assert profile.length == 4


def test_decimal_commas_are_numbers_too(tmp_path):
    assert columns(tmp_path, "a;b\n1,5;x\n2,5;y\n")[0].share(Type.NUMBER) == 1
