"""A standalone Spark cluster on this machine, from the pip package: one master and some workers, until interrupted.

    python deploy/spark/cluster.py --workers 2 --cores 1 --memory 2g

Prints the master's URL when all workers have registered, and with `--connect` that of a Connect server. The
same commands, one on each machine, make a real cluster: docs/engines.md says how.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import pyspark

from latido.store.engines.java import java_home

CLASS = "org.apache.spark.deploy"
CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"
PATIENCE = 60.0  # seconds for a process to come up


class Cluster:
    """A master and workers as processes on loopback.

    Args:
        workers: How many.
        cores: Of each worker.
        memory: Of each worker, as Java writes it: `2g`.
        folder: For logs and the workers' files.

    Attributes:
        url: The master's.
        master: The master's process.
        workers: The workers' processes.
    """

    def __init__(self, workers: int, cores: int, memory: str, folder: Path) -> None:
        self.folder = folder
        port, page = free_port(), free_port()
        self.url = f"spark://127.0.0.1:{port}"
        self.master = self._start("master", "master.Master", "--port", str(port), "--webui-port", str(page))
        self._wait("master", "Starting Spark master")
        self.workers = [self._worker(i, cores, memory) for i in range(workers)]
        for i in range(workers):
            self._wait(f"worker-{i}", "Successfully registered with master")

    def stop(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.master):
            kill(process)

    def _worker(self, number: int, cores: int, memory: str) -> subprocess.Popen[bytes]:
        return self._start(
            f"worker-{number}", "worker.Worker", "--cores", str(cores), "--memory", memory, "--webui-port",
            str(free_port()), "--work-dir", str(self.folder / f"work-{number}"), self.url,
        )  # fmt: skip

    def _start(self, name: str, kind: str, *words: str) -> subprocess.Popen[bytes]:
        return start(self.folder / f"{name}.log", "spark-class", f"{CLASS}.{kind}", "--host", "127.0.0.1", *words)

    def _wait(self, name: str, line: str) -> None:
        log, until = self.folder / f"{name}.log", time.monotonic() + PATIENCE
        while line not in log.read_text(errors="replace"):
            if time.monotonic() > until:
                raise SystemExit(f"{name} does not come up; see {log}")
            time.sleep(0.1)


class ConnectServer:
    """A Spark Connect server on loopback.

    Args:
        master: Where it computes: a cluster's URL, or `local[2]`.
        folder: For its log.

    Attributes:
        url: What `latido --engine` takes.
        process: The server's.
    """

    def __init__(self, master: str, folder: Path) -> None:
        port = free_port()
        self.url = f"sc://127.0.0.1:{port}"
        settings = {
            "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1",
            "spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": str(port),
        }  # fmt: skip
        words = (word for name, value in settings.items() for word in ("--conf", f"{name}={value}"))
        self.process = start(
            folder / "connect.log", "spark-submit", "--class", CONNECT, "--master", master, *words, "spark-internal",
            memory="1g",
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if time.monotonic() > until or self.process.poll() is not None:
                kill(self.process)
                raise SystemExit(f"the Connect server does not come up; see {folder / 'connect.log'}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        kill(self.process)


def start(log: Path, program: str, *words: str, memory: str = "400m") -> subprocess.Popen[bytes]:
    """Start one of Spark's programs, on the Java that latido uses."""
    home = Path(pyspark.__file__).parent
    own = {
        "SPARK_HOME": str(home), "JAVA_HOME": str(java_home()), "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": memory, "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    command = [str(home / "bin" / program), *words]
    with log.open("wb") as told:
        return subprocess.Popen(command, env={**os.environ, **own}, stdout=told, stderr=told, start_new_session=True)


def _answers(port: int) -> bool:
    with socket.socket() as found:
        return found.connect_ex(("127.0.0.1", port)) == 0


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process at once, with what it started: a worker's executors too."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> None:
    """Run a cluster until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="cores of each worker (1)")
    parser.add_argument("--memory", default="2g", help="memory of each worker (2g)")
    parser.add_argument("--connect", action="store_true", help="with a Spark Connect server")
    parser.add_argument("--folder", type=Path, help="for logs and the workers' files (a temporary one)")
    options = parser.parse_args()
    folder = options.folder or Path(mkdtemp(prefix="latido-spark-"))
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(options.workers, options.cores, options.memory, folder)
    connect = ConnectServer(cluster.url, folder) if options.connect else None
    print(cluster.url, connect.url if connect else "", flush=True)
    try:
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    finally:
        if connect:
            connect.stop()
        cluster.stop()


if __name__ == "__main__":
    main()
