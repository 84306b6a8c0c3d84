"""Files and imports under way, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from latido.i18n import use
from latido.web.incoming import ago, size, title, unique
from latido.workspace.uploads import Upload


def upload(name: str) -> Upload:
    return Upload("0" * 32, name, 1, "1", "")


@pytest.mark.parametrize(
    ("count", "said"),
    [(7, "7 B"), (2_000, "2.0 kB"), (5_300_000, "5.3 MB"), (123_456_789, "123 MB"), (20 * 10**9, "20.0 GB")],
)
def test_a_size_is_told_in_the_unit_that_suits_it(count: int, said: str) -> None:
    assert size(count) == said


def test_a_size_is_written_as_the_reader_writes_numbers() -> None:
    with use("es"):
        assert size(5_300_000) == "5,3 MB"


def test_many_files_are_told_by_the_first_ones() -> None:
    assert (title(["a", "b"]), title(["a", "b", "c", "d", "e"])) == ("a, b", "a, b, c +2")


def test_files_of_one_name_are_numbered() -> None:
    found = unique([upload("march.csv.gz"), upload("march.csv.gz"), upload("march"), upload("march")])
    assert list(found) == ["march.csv.gz", "march (2).csv.gz", "march", "march (2)"]


def test_how_long_ago_something_was_is_told_roughly() -> None:
    with use("es"):
        assert ago(datetime.now(UTC) - timedelta(hours=3)) == "hace 3 horas"
