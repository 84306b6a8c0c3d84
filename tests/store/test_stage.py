import pyarrow as pa
import pyarrow.parquet as pq

from latido.store.stage import Stage


def test_rows_are_staged_in_the_order_they_came(tmp_path):
    stage = Stage(tmp_path, "tickets")
    [stage.add(pa.table({"n": [i]})) for i in range(5)]
    (file,) = stage.close()
    assert pq.read_table(file)["n"].to_pylist() == [0, 1, 2, 3, 4]


def test_other_columns_begin_another_file(tmp_path):
    stage = Stage(tmp_path, "tickets")
    [stage.add(rows) for rows in (pa.table({"n": [1]}), pa.table({"n": [2], "x_a": ["b"]}), pa.table({"n": [3]}))]
    assert [pq.read_table(f)["n"].to_pylist() for f in stage.close()] == [[1], [2], [3]]


def test_many_rows_are_written_in_groups(tmp_path):
    stage = Stage(tmp_path, "tickets")
    [stage.add(pa.table({"n": range(60_000)})) for _chunk in range(4)]
    (file,) = stage.close()
    assert pq.ParquetFile(file).num_row_groups == 2


def test_nothing_staged_is_no_file(tmp_path):
    stage = Stage(tmp_path, "tickets")
    stage.add(pa.table({"n": pa.array([], pa.int64())}))
    assert stage.close() == []
