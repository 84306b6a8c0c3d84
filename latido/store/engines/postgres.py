"""PostgreSQL: the lake's tables are copied into a warehouse once per version, and asked there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import ibis
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from psycopg import sql

from latido.errors import EngineError
from latido.i18n import _
from latido.store.engine import Remote, public

SCHEMA = "latido"
_KEPT = 10  # versions of a table that stay in the warehouse: who still reads an older one is not disturbed
_TYPES = {
    pa.string(): "text",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


class Postgres(Remote):
    """Ibis on PostgreSQL. Tables are in the schema `latido`, named by version; they are made when first asked for.

    Args:
        url: `postgresql://user:password@host:port/database`.
    """

    name: ClassVar[str] = "postgres"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = public(url)
        with self.clear_errors():
            self.con: Any = ibis.connect(url)
            self.con.raw_sql("SET TIME ZONE 'UTC'").close()
            with self.con.con.cursor() as cursor:
                cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
            self.con.con.commit()

    def write(self, rows: Any, path: Path, by: str | None = None) -> list[Path]:
        """Write rows from here: they pass through this process's memory."""
        found = self.arrow(rows)
        if by is None:
            pq.write_table(found, path)
            return [path]
        pq.write_to_dataset(found, path, partition_cols=[by])
        return sorted(path.rglob("*.parquet"))

    def read(self, files: Sequence[Path]) -> Any:
        """Rows of Parquet files, copied there."""
        return self._lodged(ibis.memtable(pa.concat_tables(map(pq.read_table, files))))

    @contextmanager
    def clear_errors(self) -> Iterator[None]:
        """Say in plain words that the server is gone or refuses."""
        try:
            yield
        except psycopg.Error as error:
            told = str(error).strip().splitlines()
            raise EngineError(
                _("PostgreSQL at {url} did not answer the question: {reason}", url=self.url, reason=(told or ["?"])[0]),
                _("Nothing is lost. The embedded engine still answers: {option}", option="--engine duckdb"),
            ) from error

    def _view(self, view: str, files: list[str], schema: pa.Schema) -> Any:
        with self.con.con.cursor() as cursor:
            known = cursor.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.{view}"]).fetchone()
            if known == (None,):
                self._create(cursor, sql.Identifier(SCHEMA, view), schema)
                for path in files:
                    with pq.ParquetFile(path) as file:
                        present = [n for n in schema.names if n in file.schema_arrow.names]
                        self._copy(cursor, sql.Identifier(SCHEMA, view), present, file.iter_batches(columns=present))
                cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(SCHEMA, view)))
                self._forget(cursor, view.rpartition("_")[0])
        self.con.con.commit()
        return self.con.table(view, database=SCHEMA)

    def _forget(self, cursor: Any, table: str) -> None:
        """Drop the older versions of a table."""
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = %s AND c.relkind = 'r' AND regexp_replace(c.relname, '_[0-9a-f]{16}$', '') = %s "
            "ORDER BY c.oid DESC",
            [SCHEMA, table],
        )
        old = (name for (name,) in cursor.fetchall()[_KEPT:] if name not in self._views)
        for name in old:
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(SCHEMA, name)))

    def _place(self, name: str, rows: pa.Table) -> Any:
        """A temporary table, copied: that is much quicker than inserting."""
        with self.con.con.cursor() as cursor:
            self._create(cursor, sql.Identifier(name), rows.schema, temporary=True)
            self._copy(cursor, sql.Identifier(name), rows.schema.names, rows.to_batches())
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
        self.con.con.commit()
        return self.con.table(name)

    def _create(self, cursor: Any, table: sql.Identifier, schema: pa.Schema, *, temporary: bool = False) -> None:
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(f.name), sql.SQL(_TYPES.get(f.type, "timestamp"))) for f in schema
        )
        kind = sql.SQL("TEMPORARY" if temporary else "UNLOGGED")
        cursor.execute(sql.SQL("CREATE {} TABLE {} ({})").format(kind, table, columns))

    def _copy(self, cursor: Any, table: sql.Identifier, columns: Sequence[str], batches: Any) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, names)) as copy:
            for batch in batches:
                copy.write(_csv(batch))


def _csv(batch: pa.RecordBatch) -> memoryview:
    """Rows as CSV without a heading; instants without their zone, empty texts quoted, nothing where there is none."""
    sink = pa.BufferOutputStream()
    plain = [c.cast(pa.timestamp("us")) if pa.types.is_timestamp(c.type) else c for c in batch.columns]
    rows = pa.table(plain, names=batch.schema.names)
    pa.csv.write_csv(rows, sink, pa.csv.WriteOptions(include_header=False))
    return memoryview(sink.getvalue())
