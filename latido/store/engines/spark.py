"""Apache Spark: a local one, a cluster by its master, or Spark Connect."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import uuid4
from warnings import catch_warnings, filterwarnings

import ibis
import pyarrow as pa
import pyspark
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema

from latido.errors import EngineError
from latido.i18n import _
from latido.store.engine import Remote
from latido.store.engines.java import java_home

_ANSWER = 5.0  # seconds in which a port has to answer
_SETTINGS = {
    # Nothing is lost by an invalid cast but the value, as on every other engine.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # Plans of facts built on facts are long; written out for Spark's own pages they would fill the driver.
    "spark.sql.maxPlanStringLength": "10000",
}
_OF_A_DRIVER = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_OF_A_LOCAL_ONE = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "8"}


class Spark(Remote):
    """Ibis on Spark. It reads the files of the lake, which its workers must be able to see under the same path.

    Args:
        url: A master (`spark://host:port`, `local[2]`, `yarn`, `k8s://…`), or `sc://host:port` of Spark Connect.
        memory: Of the driver, where this process is the driver.
        options: Further settings, `spark.…`.
    """

    name: ClassVar[str] = "spark"

    def __init__(self, url: str, memory: str | None, options: Mapping[str, str]) -> None:
        super().__init__()
        self.url = url
        _reach(url)
        with self.clear_errors():
            self.session = _session(url, memory, options)
            self._fit()
            self.con: Any = ibis.pyspark.connect(self.session)

    @property
    def version(self) -> str:
        """Spark's version, where it runs."""
        return str(self.session.version)

    def write(self, rows: Any, path: Path, by: str | None = None) -> list[Path]:
        """Write rows into a folder, as many files as there are tasks."""
        with self.clear_errors():
            self.con.to_parquet(rows, _uri(path), partitionBy=by)
        return sorted(path.rglob("*.parquet"))

    def read(self, files: Sequence[Path]) -> Any:
        """Rows of Parquet files."""
        view = f"read_{uuid4().hex}"
        with self.clear_errors():
            rows = self.session.read.option("recursiveFileLookup", "true").parquet(*map(_uri, files))
            rows.createOrReplaceTempView(view)
        return self.con.table(view)

    def close(self) -> None:
        """End the session; a Connect server's own goes on."""
        self._views.clear()
        with suppress(Exception):  # what is gone need not be closed
            self.con.disconnect()

    @contextmanager
    def clear_errors(self) -> Iterator[None]:
        """Say in plain words that the cluster is gone, or what it could not do."""
        try:
            with catch_warnings():
                # PySpark 4.0 still copies frames as pandas 2 did.
                filterwarnings("ignore", message="The copy keyword is deprecated")
                yield
        except EngineError:
            raise
        except PySparkException as error:
            raise self._failed(error) from error
        except Exception as error:
            if type(error).__module__.split(".")[0] in {"py4j", "grpc"} or isinstance(error, ConnectionError):
                raise self._failed(error) from error
            raise

    def _failed(self, error: Exception) -> EngineError:
        # Java's own words come on the second line of what py4j says.
        told = [
            line.strip(" :") for line in str(error).strip().splitlines() if "error occurred while calling" not in line
        ]
        return EngineError(
            _("Spark at {url} did not answer the question: {reason}", url=self.url, reason=(told or ["?"])[0][:300]),
            _("Nothing is lost. The embedded engine still answers: {option}", option="--engine duckdb"),
        )

    def _fit(self) -> None:
        """See that the server is of the client's version."""
        ours, theirs = (".".join(v.split(".")[:2]) for v in (pyspark.__version__, self.version))
        if ours != theirs:
            raise EngineError(
                _("Spark at {url} has the version {theirs}; latido speaks {ours}.", url=self.url, theirs=theirs,
                  ours=ours),
                _("Run Spark {ours} there.", ours=ours),
            )  # fmt: skip

    def _place(self, name: str, rows: pa.Table) -> Any:
        self.session.createDataFrame(rows).createOrReplaceTempView(name)
        return self.con.table(name)

    def _view(self, view: str, files: list[str], schema: pa.Schema) -> Any:
        if not files:
            rows = self.session.createDataFrame([], from_arrow_schema(schema))
        else:
            # A given schema reads no footers, and fills the columns that older files lack.
            reader = self.session.read.schema(from_arrow_schema(schema)).option("recursiveFileLookup", "true")
            rows = reader.parquet(*map(_uri, files))
        rows.select(*(_plain(field) for field in schema)).createOrReplaceTempView(view)
        return self.con.table(view)


def _plain(field: pa.Field) -> Any:
    """A column; an instant without its zone, which is UTC."""
    column = functions.col(f"`{field.name}`")
    return (column.cast("timestamp_ntz") if pa.types.is_timestamp(field.type) else column).alias(field.name)


def _uri(path: Path | str) -> str:
    """A file as Hadoop names it, whatever file system the cluster reads by default."""
    text = str(path)
    return text if "://" in text else f"file://{Path(text).resolve()}"


def _reach(url: str) -> None:
    """See that somebody listens: Spark itself would try for a minute and end the session."""
    found = urlsplit(url)
    if found.scheme not in {"spark", "sc"}:
        return
    hosts = [(found.hostname or "", found.port or {"spark": 7077, "sc": 15002}[found.scheme])]
    if "," in found.netloc:  # masters that stand in for each other
        hosts = [(h.rpartition(":")[0], int(h.rpartition(":")[2])) for h in found.netloc.split(",")]
    for host in hosts:
        with suppress(OSError), socket.create_connection(host, timeout=_ANSWER):
            return
    raise EngineError(
        _("Nobody answers at {url}.", url=url),
        _("Is Spark running there, and may this machine reach it? The embedded engine needs nothing: {option}",
          option="--engine duckdb"),
    )  # fmt: skip


def _session(url: str, memory: str | None, options: Mapping[str, str]) -> SparkSession:
    if url.startswith("sc://"):
        session: SparkSession = SparkSession.builder.remote(url).getOrCreate()
        for name, value in {**_SETTINGS, **options}.items():
            session.conf.set(name, value)
        return session
    os.environ["JAVA_HOME"] = str(java_home())
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    chosen = {**_SETTINGS, **_OF_A_DRIVER, **(_OF_A_LOCAL_ONE if url.startswith("local") else {})}
    if memory:
        chosen["spark.driver.memory"] = _in_java(memory)
    builder = SparkSession.builder.master(url).appName("latido")
    for name, value in {**chosen, **options}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _in_java(memory: str) -> str:
    """`1.5GB` as Java writes it: `1536m`."""
    number, unit = re.fullmatch(r"([\d.]+)\s*([MG])i?B", memory).groups()  # type: ignore[union-attr]
    return f"{round(float(number) * (1024 if unit == 'G' else 1))}m"
