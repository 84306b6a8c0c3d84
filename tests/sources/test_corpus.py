"""Every broken or odd file gets exactly one message, and no row of it disappears."""

import pytest

from docs import odd_files
from latido.errors import LatidoError
from latido.sources.source import Chunk, Reject
from tests.sources.corpus import CORPUS, Odd
from tests.sources.corpus.odd import told

REFUSED = [odd for odd in CORPUS if odd.refused]
READ = [odd for odd in CORPUS if not odd.refused]


def name(odd: Odd) -> str:
    return odd.name


@pytest.fixture(scope="module", params=READ, ids=name)
def read(request, tmp_path_factory) -> tuple[Odd, list[Chunk]]:
    odd: Odd = request.param
    return odd, odd.chunks(tmp_path_factory.mktemp("odd"))


def rejects(chunks: list[Chunk]) -> list[Reject]:
    return [reject for chunk in chunks for reject in chunk.rejects]


def test_the_corpus_has_at_least_forty_files_each_with_its_own_name():
    assert len({odd.name for odd in CORPUS}) == len(CORPUS) >= 40


@pytest.mark.parametrize("odd", REFUSED, ids=name)
def test_a_file_that_cannot_be_read_says_exactly_why(odd, tmp_path):
    with pytest.raises(LatidoError) as caught:
        odd.chunks(tmp_path)
    assert str(caught.value) == odd.refused


def test_what_is_set_aside_says_where_and_why(read):
    odd, chunks = read
    assert tuple(told("en", reject) for reject in rejects(chunks)) == odd.set_aside


def test_each_row_is_either_imported_or_set_aside(read):
    odd, chunks = read
    lost = {(reject.file, reject.row) for reject in rejects(chunks) if not reject.kept}
    rows, delivered = sum(chunk.rows.num_rows for chunk in chunks), sum(chunk.read for chunk in chunks)
    assert (rows, delivered) == (odd.rows, odd.rows + len(lost))


def test_what_is_set_aside_keeps_the_row_as_delivered(read):
    _odd, chunks = read
    assert all(reject.raw for reject in rejects(chunks))


def test_the_first_row_shows_what_was_meant(read):
    odd, chunks = read
    first = next(chunk.rows for chunk in chunks if chunk.rows.num_rows).slice(0, 1).to_pylist()[0]
    assert {column: first[column] for column in odd.shows} == odd.shows


def test_the_page_of_odd_files_is_current(tmp_path):
    stale = [path.name for path, text in odd_files.pages(tmp_path) if path.read_text(encoding="utf-8") != text]
    assert not stale, "“python -m docs.odd_files” writes it anew"
