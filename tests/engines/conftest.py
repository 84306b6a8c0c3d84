"""The engines of `--engines`, each open for the whole run, over the lake of one small company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import latido
from latido.cli.engine import company
from latido.store.engine import Engine, connect
from latido.workspace import Workspace
from tests.engines.gaps import GAPS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that asks for `engine` runs on every engine that was chosen."""
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("engines").split(",")
        metafunc.parametrize("engine", chosen, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to engines that were not chosen; the cluster comes last, it ends Spark's session."""
    chosen = set(config.getoption("engines").split(","))
    needs = {"cluster": "spark", "spark": "spark", "postgres": "postgres"}
    out = [i for i in items if any(i.get_closest_marker(m) and e not in chosen for m, e in needs.items())]
    config.hook.pytest_deselected(items=out)
    items[:] = sorted((i for i in items if i not in out), key=lambda i: i.get_closest_marker("cluster") is not None)


@contextmanager
def spark(_folder: Path) -> Iterator[Engine]:
    """Spark in this machine's cores, few partitions."""
    options = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    yield connect("local[2]", memory="2GB", options=options)


@contextmanager
def clickhouse(folder: Path) -> Iterator[Engine]:
    """ClickHouse's engine in this process."""
    from tests.engines.clickhouse import ClickHouse

    yield ClickHouse(folder)


@contextmanager
def postgres(_folder: Path) -> Iterator[Engine]:
    """A PostgreSQL of one's own."""
    from tests.engines.postgres_server import server

    with server() as url:
        yield connect(url)


@contextmanager
def duckdb(_folder: Path) -> Iterator[Engine]:
    """The embedded engine on one core: another order of adding."""
    yield connect("duckdb", threads=1)


OPENED: dict[str, Callable[[Path], object]] = {
    "duckdb": duckdb, "spark": spark, "clickhouse": clickhouse, "postgres": postgres,
}  # fmt: skip


@pytest.fixture(scope="session")
def deploy() -> ModuleType:
    """deploy/spark/cluster.py; it needs Spark, which not everybody has."""
    return import_module("deploy.spark.cluster")


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The small company on the embedded engine."""
    workspace = company(tmp_path_factory.mktemp("engines") / "company")
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One of the chosen engines."""
    assert set(GAPS) <= set(OPENED)
    with OPENED[request.param](tmp_path_factory.mktemp(request.param)) as found:
        yield found
        found.close()


@pytest.fixture(scope="session")
def elsewhere(embedded: Workspace, engine: Engine) -> Workspace:
    """The same company on that engine."""
    workspace = latido.open(embedded.root)
    workspace.__dict__["engine"] = engine
    return workspace
