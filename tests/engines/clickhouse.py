"""ClickHouse's engine in this process, for the tests: another SQL, another planner, the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import expressions

from latido.store.engine import Remote

_TYPES = {
    pa.string(): "String",
    pa.int64(): "Int64",
    pa.float64(): "Float64",
    pa.bool_(): "Bool",
    pa.date32(): "Date32",
}


class ClickHouse(Remote):
    """Ibis on chdb. It has no tables in memory: they become files first."""

    name: ClassVar[str] = "clickhouse"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.con: Any = ibis.clickhouse.connect(
            interface="chdb", path=str(folder / "db"), settings={"join_use_nulls": 1}
        )
        # Elsewhere the digest is text, in small letters.
        written = self.con.dialect.generator_class.TRANSFORMS
        written[expressions.MD5Digest] = lambda writer, md5: f"lower(hex(MD5({writer.sql(md5.this)})))"
        self._numbers = count()

    def arrow(self, rows: Any) -> pa.Table:
        """The driver knows no truth that may be missing: it comes as a number."""
        truths = [n for n, t in rows.schema().items() if t.is_boolean()]
        found = super().arrow(rows.mutate(**{n: rows[n].cast("int8") for n in truths}))
        for n in truths:
            found = found.set_column(found.column_names.index(n), n, found[n].cast(pa.bool_()))
        return found

    def write(self, rows: Any, path: Path, by: str | None = None) -> list[Path]:
        pq.write_table(self.arrow(rows), path)
        return [path]

    def read(self, files: Sequence[Path]) -> Any:
        return self._made(f"read{next(self._numbers)}", pa.concat_tables(map(pq.read_table, files)))

    def close(self) -> None:
        self._views.clear()

    def _view(self, view: str, files: list[str], schema: pa.Schema) -> Any:
        rows = [pq.ParquetFile(f).read() for f in files]
        padded = [_padded(r, schema) for r in rows]
        return self._made(view, pa.concat_tables(padded) if padded else schema.empty_table())

    def _place(self, name: str, rows: pa.Table) -> Any:
        return self._made(name, rows)

    def _made(self, name: str, rows: pa.Table) -> Any:
        plain = pa.table({
            n: c.cast(pa.timestamp("us")) if pa.types.is_timestamp(c.type) else c
            for n, c in zip(rows.column_names, rows.columns, strict=True)
        })  # fmt: skip
        path = self.folder / f"{next(self._numbers)}.parquet"
        pq.write_table(plain, path)
        columns = ", ".join(f"`{f.name}` Nullable({_TYPES.get(f.type, 'DateTime64(6)')})" for f in plain.schema)
        self.con.raw_sql(f"CREATE TABLE `{name}` ({columns}) ENGINE = MergeTree ORDER BY tuple()")
        self.con.raw_sql(f"INSERT INTO `{name}` SELECT * FROM file('{path}', 'Parquet')")
        return self.con.table(name)


def _padded(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows with exactly the schema's columns."""
    cells = {f.name: rows[f.name].cast(f.type) for f in schema if f.name in rows.column_names}
    return pa.table({f.name: cells.get(f.name, pa.nulls(rows.num_rows, f.type)) for f in schema})
