import pytest

from latido.errors import UnknownNameError
from latido.model import TABLES
from latido.sources.catalog import SOURCES, recognise, source
from tests.sources.tables import CHURN, file


@pytest.mark.parametrize("known", SOURCES, ids=lambda known: known.name)
def test_every_source_has_a_name_a_label_and_tables(known):
    assert source(known.name) is known
    assert str(known.label)
    assert set(known.tables) <= set(TABLES)


def test_names_are_unique_and_the_generic_one_is_last():
    assert len({known.name for known in SOURCES}) == len(SOURCES)
    assert SOURCES[-1].name == "generic"


def test_a_file_of_no_known_format_is_generic(tmp_path):
    assert recognise([file(tmp_path, CHURN)]).name == "generic"


def test_an_unknown_source_is_answered_with_its_neighbours():
    with pytest.raises(UnknownNameError, match="Did you mean zendesk"):
        source("zendsk")
