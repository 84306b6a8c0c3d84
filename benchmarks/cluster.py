"""Every metric and preset on a Spark cluster of two workers, beside the embedded engine, over a lake that is there.

    python -m benchmarks.cluster /tmp/bench/1e7

Run by an environment with the extra `spark`, after `benchmarks.run` or `benchmarks.scale` has filled the
folder. Some questions in, one of the workers is killed; all that comes after is answered by
the other one. At the end the master goes too. Prints a table in Markdown; exits with 1 where a figure differs.
"""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path
from tempfile import mkdtemp

import latido
from deploy.spark.cluster import Cluster, kill
from latido.errors import EngineError
from latido.workspace import Workspace
from latido.workspace.engine_check import check

KILLED_IN, KILLED_AFTER = 20, 5.0
"""The question, and the seconds after the one before it was answered, at which a worker is killed."""


def main() -> None:
    options = _options()
    cluster = Cluster(2, 1, options.memory, Path(mkdtemp(prefix="latido-cluster-")))
    root = options.folder / "workspace"
    try:
        differing = _all(latido.open(root), _far(root, cluster.url, options), cluster)
        _without_master(root, cluster)
    finally:
        cluster.stop()
    sys.exit(1 if differing else 0)


def _all(embedded: Workspace, far: Workspace, cluster: Cluster) -> int:
    print("| metric | preset | figures | embedded | cluster | answers |\n|---|---|---:|---:|---:|---|", flush=True)
    differing = 0
    for number, found in enumerate(check(embedded, far), start=1):
        differing += bool(found.differs)
        cells = (found.metric, found.preset or "", found.figures, f"{found.embedded:.2f} s", f"{found.seconds:.2f} s",
                 found.differs or "identical")  # fmt: skip
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
        if number == KILLED_IN - 1:
            threading.Timer(KILLED_AFTER, kill, [cluster.workers[0]]).start()
    print(f"\nworkers alive at the end: {sum(w.poll() is None for w in cluster.workers)} of {len(cluster.workers)}")
    far.close()
    return differing


def _without_master(root: Path, cluster: Cluster) -> None:
    kill(cluster.master)
    try:
        latido.open(root, engine=cluster.url).measure("nps")
    except EngineError as error:
        print(f"without the master: {error}")
    print(f"the embedded engine meanwhile: nps {latido.open(root).measure('nps').value:.1f}")


def _far(root: Path, url: str, options: argparse.Namespace) -> Workspace:
    workspace = latido.open(root, engine=url)
    workspace.config.engine.options.update({
        "spark.executor.memory": options.executor, "spark.sql.shuffle.partitions": "8",
        "spark.driver.host": "127.0.0.1",
    })  # fmt: skip
    workspace.engine.warm()
    return workspace


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what an earlier benchmark filled")
    parser.add_argument("--memory", default="4g", help="memory of each worker (4g)")
    parser.add_argument("--executor", default="3g", help="of which an application takes (3g)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
