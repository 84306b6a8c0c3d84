"""A standalone cluster of two workers: the same figures, also when a worker dies; a clear error without its master."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import latido
from latido.errors import EngineError
from latido.metrics.agreement import difference
from latido.workspace import Workspace


@pytest.fixture(scope="module")
def cluster(deploy: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = deploy.Cluster(workers=2, cores=1, memory="1g", folder=tmp_path_factory.mktemp("cluster"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def far(embedded: Workspace, cluster: Any) -> Iterator[Workspace]:
    """The company on the cluster; ends the session that other tests left in this process."""
    from pyspark.sql import SparkSession

    if (left := SparkSession.getActiveSession()) is not None:
        left.stop()
    workspace = latido.open(embedded.root, engine=cluster.url)
    workspace.config.engine.options.update(
        {"spark.executor.memory": "600m", "spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1"}
    )
    yield workspace
    workspace.close()


@pytest.mark.cluster
def test_the_cluster_has_the_embedded_engine_s_figures(embedded: Workspace, far: Workspace) -> None:
    ours, theirs = (w.measure("first_reply_time", by="channel", period="month") for w in (embedded, far))
    assert difference(ours, theirs) == ""


@pytest.mark.cluster
def test_a_worker_killed_in_the_middle_changes_nothing(
    embedded: Workspace, far: Workspace, cluster: Any, deploy: Any
) -> None:
    killer = threading.Timer(0.5, deploy.kill, [cluster.workers[0]])
    killer.start()
    asked = {"by": ["channel", "team"], "period": "week"}
    ours, theirs = (w.measure("resolution_time", **asked) for w in (embedded, far))
    killer.join()
    assert cluster.workers[0].poll() is not None
    assert difference(ours, theirs) == ""


@pytest.mark.cluster
def test_without_its_master_there_is_a_clear_error_and_the_embedded_engine_answers(
    embedded: Workspace, far: Workspace, cluster: Any, deploy: Any
) -> None:
    far.close()
    deploy.kill(cluster.master)
    alone = latido.open(embedded.root, engine=cluster.url)
    with pytest.raises(EngineError, match=r"Nobody answers at spark://127\.0\.0\.1:\d+\..*--engine duckdb"):
        alone.measure("nps")
    assert embedded.measure("nps").figures
