"""latido's answers on Spark, on this machine's cores: `local[2]`, or the master in LATIDO_BENCH_SPARK."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import latido
from benchmarks.ours import answer
from benchmarks.questions import QUESTIONS


def prepare(question: str, folder: Path) -> Callable[[], list[list[object]]]:
    """The session is there and warm; what is timed is `measure`."""
    workspace = latido.open(folder / "workspace", engine=os.environ.get("LATIDO_BENCH_SPARK", "local[2]"))
    workspace.engine.warm()
    return partial(answer, workspace, QUESTIONS[question])
