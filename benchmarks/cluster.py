"""Every metric and preset on a Spark cluster of two workers, beside the embedded engine, over a lake that is there.

    python -m benchmarks.cluster /tmp/bench/1e7

Run by an environment with the extra `spark`, after `benchmarks.run` or `benchmarks.scale` has filled the
folder. In the middle of a question one of the workers is killed; all that comes after is answered by
the other one. At the end the master goes too. Prints a table in Markdown; exits with 1 where a figure differs.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter
from types import ModuleType

import latido
from latido.errors import EngineError, UsageError
from latido.metrics.agreement import difference
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Measurement
from latido.workspace import Workspace

KILLED_DURING, KILLED_AFTER = "resolution_time", 1.0
"""The question, and the seconds into it, at which a worker is killed."""


def main() -> None:
    options = _options()
    deploy = _deploy()
    cluster = deploy.Cluster(2, 1, options.memory, Path(mkdtemp(prefix="latido-cluster-")))
    root = options.folder / "workspace"
    try:
        differing = _all(latido.open(root), _far(root, cluster.url, options), cluster, deploy)
        _without_master(root, cluster, deploy)
    finally:
        cluster.stop()
    sys.exit(1 if differing else 0)


def _all(embedded: Workspace, far: Workspace, cluster: object, deploy: ModuleType) -> int:
    print("| metric | preset | figures | embedded | cluster | answers |\n|---|---|---:|---:|---:|---|", flush=True)
    differing = 0
    for metric, preset in _questions():
        killing = metric == KILLED_DURING and preset is None
        ours, here = _timed(embedded, metric, preset)
        if killing:
            threading.Timer(KILLED_AFTER, deploy.kill, [cluster.workers[0]]).start()
        theirs, there = _timed(far, metric, preset)
        found = difference(ours, theirs)
        differing += bool(found)
        told = (found or "identical") + (", though a worker was killed meanwhile" if killing else "")
        cells = (metric, preset or "", len(ours.figures), f"{here:.2f} s", f"{there:.2f} s", told)
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    print(f"\nworkers alive at the end: {sum(w.poll() is None for w in cluster.workers)} of {len(cluster.workers)}")
    far.close()
    return differing


def _without_master(root: Path, cluster: object, deploy: ModuleType) -> None:
    deploy.kill(cluster.master)
    try:
        latido.open(root, engine=cluster.url).measure("nps")
    except EngineError as error:
        print(f"without the master: {error}")
    print(f"the embedded engine meanwhile: nps {latido.open(root).measure('nps').value:.1f}")


def _questions() -> Iterator[tuple[str, str | None]]:
    for metric in METRICS.values():
        for preset in (None, *(p.name for p in metric.presets)):
            yield metric.name, preset


def _timed(workspace: Workspace, metric: str, preset: str | None) -> tuple[Measurement, float]:
    began = perf_counter()
    try:
        found = workspace.measure(metric, preset=preset, period="month")
    except UsageError:  # a cohort has no months
        found = workspace.measure(metric, preset=preset)
    return found, perf_counter() - began


def _far(root: Path, url: str, options: argparse.Namespace) -> Workspace:
    workspace = latido.open(root, engine=url)
    workspace.config.engine.options.update({
        "spark.executor.memory": options.executor, "spark.sql.shuffle.partitions": "8",
        "spark.driver.host": "127.0.0.1",
    })  # fmt: skip
    workspace.engine.warm()
    return workspace


def _deploy() -> ModuleType:
    """deploy/spark/cluster.py, as a module."""
    path = Path(__file__).parents[1] / "deploy" / "spark" / "cluster.py"
    spec = spec_from_file_location("cluster", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what an earlier benchmark filled")
    parser.add_argument("--memory", default="4g", help="memory of each worker (4g)")
    parser.add_argument("--executor", default="3g", help="of which an application takes (3g)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
