import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.errors import InputError
from latido.sources.parquet import read_parquet
from tests.sources.shelf import delivered


def test_types_are_kept_and_rows_numbered(tmp_path):
    table = pa.table({"id": [1, 2], "name": ["a", None]})
    pq.write_table(table, tmp_path / "t")
    frame = next(read_parquet(delivered(tmp_path, (tmp_path / "t").read_bytes())).frames())
    assert (frame.rows, frame.numbers.tolist()) == (table, [1, 2])


def test_dictionaries_and_lists_become_plain(tmp_path):
    table = pa.table({"word": pa.array(["a", "a"]).dictionary_encode(), "list": [[1], None]})
    pq.write_table(table, tmp_path / "t")
    frame = next(read_parquet(delivered(tmp_path, (tmp_path / "t").read_bytes())).frames(("list", "word")))
    assert frame.rows.to_pydict() == {"list": ["[1]", None], "word": ["a", "a"]}


def test_what_only_looks_like_parquet_is_refused(tmp_path):
    with pytest.raises(InputError, match="cut short or damaged"):
        read_parquet(delivered(tmp_path, b"PAR1 and no more"))
