"""What a page costs: server time cold and from the cache, bytes, and how many a worker answers.

    python -m benchmarks.pages /tmp/bench/1e7/workspace

Serves a copy of the workspace's state in a process of its own, signs an owner in, and asks every page. Cold is a
process that has just started over data whose answers nobody has computed yet, one page after another; `kept` is one
that has just started and finds them; from the cache is the same process asked again. `wrk`, where it is installed,
asks the home page for a minute. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from latido.config import load
from latido.http.cookies import SESSION
from latido.state import State
from latido.web.static import DIST

PAGES = (
    "/", "/service", "/experience", "/interaction", "/employees", "/moved", "/metrics/first_reply_time",
    "/metrics/first_reply_time?by=channel", "/metrics/first_reply_time/shape", "/metrics/resolution_time",
    "/metrics/resolution_time/rows", "/metrics/csat", "/metrics/csat?by=team", "/metrics/nps",
    "/service?is.channel=chat&weeks=52", "/metrics/csat?weeks=26&is.channel=email", "/tickets", "/customers",
    "/comments", "/data", "/settings",
)  # fmt: skip
FILES = ("app.css", "app.js", "echarts.js", "inter.woff2")


def main() -> None:
    options = _options()
    root = options.workspace.resolve()
    key = owner(root)
    shutil.rmtree(root / "cache", ignore_errors=True)
    with serving(root, warm=False) as server:
        _ask(server, key, "/settings")  # what any page loads of the program
        cold = {page: _ask(server, key, page) for page in PAGES}
        for page in PAGES:
            _ask(server, key, page + ("&" if "?" in page else "?") + "whole=1")
        warm = {page: [_ask(server, key, page)[0] for _ in range(options.repeat)] for page in PAGES}
        told = [load_test(server, key, page, options.seconds) for page in ("/", "/metrics/csat")]
    with serving(root, warm=False) as server:
        _ask(server, key, "/settings")
        kept = {page: _ask(server, key, page)[0] for page in PAGES}
    print(table(cold, kept, warm), summary(cold, kept, warm), files(), *told, sep="\n\n")


def table(cold: dict, kept: dict, warm: dict) -> str:
    lines = ["| page | cold | kept | from the cache, median | p95 | KB gz |", "|---|---|---|---|---|---|"]
    for page, (seconds, body) in cold.items():
        times = sorted(warm[page])
        lines.append(f"| `{page}` | {seconds:.2f} s | {kept[page]:.2f} s | {1e3 * statistics.median(times):.0f} ms | "
                     f"{1e3 * _p95(times):.0f} ms | {len(gzip.compress(body, 5)) / 1024:.1f} |")  # fmt: skip
    return "\n".join(lines)


def summary(cold: dict, kept: dict, warm: dict) -> str:
    every = [t for times in warm.values() for t in times]
    first = [seconds for seconds, _body in cold.values()]
    return (
        f"all pages: cold p50 {statistics.median(first):.2f} s, p95 {_p95(first):.2f} s; "
        f"kept p50 {statistics.median(kept.values()):.2f} s, p95 {_p95(list(kept.values())):.2f} s; "
        f"from the cache p50 {1e3 * statistics.median(every):.0f} ms, p95 {1e3 * _p95(every):.0f} ms"
    )


def files() -> str:
    """What a first visit loads besides the page."""
    sizes = {name: (DIST / name).read_bytes() for name in FILES}
    packed = {
        name: len(body if name.endswith("woff2") else gzip.compress(body, 5)) / 1024 for name, body in sizes.items()
    }
    listed = ", ".join(f"{name} {size:.0f}" for name, size in packed.items())
    return f"first visit, KB gz: {listed}; together {sum(packed.values()):.0f}"


def load_test(server: str, key: str, page: str, seconds: int) -> str:
    """Requests a second by `wrk` with 32 connections, and the worker's memory before and after."""
    if not shutil.which("wrk"):
        return "wrk is not installed: not measured"
    before = _memory()
    command = ["wrk", "-t2", "-c32", f"-d{seconds}s", "--latency", "-H", f"Cookie: {SESSION}={key}", server + page]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return f"`wrk` on `{page}`, memory {before:.0f} → {_memory():.0f} MiB\n\n```text\n{told.strip()}\n```"


def _memory() -> float:
    """Resident memory of the server, MiB."""
    status = Path(f"/proc/{_RUNNING[-1]}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


_RUNNING: list[int] = []


@contextmanager
def serving(root: Path, *, warm: bool) -> Iterator[str]:
    """A server in a process of its own; without the figures that it would compute ahead."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "import latido.web.warm as w; w.Warmer.start = w.Warmer.stop = lambda self: None; " if not warm else ""
    code += f"import uvicorn; from latido.app import from_environment; uvicorn.run(from_environment, factory=True, port={port}, access_log=False, log_level='warning')"  # noqa: E501
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "LATIDO_SERVE_WORKSPACE": str(root)})
    _RUNNING.append(process.pid)
    server = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{server}/sign-in")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait()


def _ask(server: str, key: str, page: str) -> tuple[float, bytes]:
    begin = time.perf_counter()
    answer = httpx.get(server + page, cookies={SESSION: key}, timeout=600)
    seconds = time.perf_counter() - begin
    if answer.status_code != 200:
        raise SystemExit(f"{page}: {answer.status_code} {answer.text[:500]}")
    return seconds, answer.content


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def owner(root: Path) -> str:
    """The key of somebody who may see everything."""
    state = State.open(load(root).state.url, root)
    people = state.people.all()
    person = people[0] if people else state.people.add("Bench", "bench@example.com", "owner", joined=True)
    key = state.sessions.begin(person)
    state.close()
    return key


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path, help="folder of the workspace")
    parser.add_argument("--repeat", type=int, default=20, help="times that a page is asked from the cache (20)")
    parser.add_argument("--seconds", type=int, default=60, help="of the load test (60)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
