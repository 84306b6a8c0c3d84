"""Spark Connect: the same figures through a server, from a process that has no Java."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from latido.workspace import Workspace

METRICS = ("nps", "first_reply_time", "sla_attainment")
# A process has either a Java of its own or a Connect session, never both.
CLIENT = """
import sys, latido
from latido.metrics.agreement import difference
root, url, *metrics = sys.argv[1:]
here, there = latido.open(root), latido.open(root, engine=url)
there.config.engine.options.update({"spark.sql.shuffle.partitions": "2"})
for name in metrics:
    print(name, difference(here.measure(name, period="month"), there.measure(name, period="month")) or "identical")
"""


@pytest.fixture(scope="module")
def server(deploy: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = deploy.ConnectServer("local[2]", tmp_path_factory.mktemp("connect"))
    yield found
    found.stop()


@pytest.mark.cluster
def test_a_connect_server_has_the_embedded_engine_s_figures(embedded: Workspace, server: Any, tmp_path: Path) -> None:
    without_java = {k: v for k, v in os.environ.items() if k != "JAVA_HOME"}
    command = [sys.executable, "-c", CLIENT, str(embedded.root), server.url, *METRICS]
    done = subprocess.run(command, env=without_java, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.splitlines() == [f"{name} identical" for name in METRICS], done.stderr[-2000:]
