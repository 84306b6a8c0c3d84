"""One measurement in a process of its own, so that its peak memory is its own.

    python -m benchmarks.step polars nps /tmp/bench/1e6

Prints one JSON object: seconds of each repetition, peak bytes, and the answer.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

WHO = {
    "latido": "benchmarks.ours",
    "floor": "benchmarks.floor",
    "duckdb": "benchmarks.rivals.with_duckdb",
    "polars": "benchmarks.rivals.with_polars",
    "pandas": "benchmarks.rivals.with_pandas",
    "stage": "benchmarks.stages",
    "spark": "benchmarks.on_spark",
}
REPEAT_FOR, MOST = 6.0, 5
"""Repeat until so many seconds have passed, at most so many times; a slow one runs once."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("who", choices=WHO)
    parser.add_argument("what")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    ready = import_module(WHO[options.who]).prepare(options.what, options.folder)
    once = options.who == "stage"
    before = time.process_time()
    seconds, answer = timed(ready, 0 if once else REPEAT_FOR)
    cpu = (time.process_time() - before) / len(seconds)
    json.dump({"seconds": seconds, "cpu": cpu, "peak": peak(), "answer": answer}, sys.stdout, default=str)


def timed(run: Callable[[], Any], repeat_for: float) -> tuple[list[float], Any]:
    """Seconds of each repetition, the first among them, and the answer."""
    seconds: list[float] = []
    while not seconds or (sum(seconds) + seconds[-1] < repeat_for and len(seconds) < MOST):
        start = time.perf_counter()
        answer = run()
        seconds.append(time.perf_counter() - start)
    return seconds, answer


def peak() -> int:
    """Most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` would also count the parent's memory before exec
        line = next(text for text in status.read_text().splitlines() if text.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
