"""latido's answers, asked as anybody asks them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isfinite
from pathlib import Path

import latido
from benchmarks.questions import QUESTIONS, Question
from latido.workspace import Workspace


def prepare(question: str, folder: Path) -> Callable[[], list[list[object]]]:
    """The workspace is open and the engine warm; what is timed is `measure`, intervals and all."""
    return partial(answer, opened(folder), QUESTIONS[question])


def opened(folder: Path) -> Workspace:
    """The workspace with its engine warm."""
    workspace = latido.open(folder / "workspace")
    workspace.engine.warm()
    return workspace


def answer(workspace: Workspace, question: Question) -> list[list[object]]:
    """Rows of groups, then values."""
    measured = workspace.measure(question.metric, **question.asked)
    return [
        [
            *([figure.period.start.strftime("%Y-%m")] if question.asked.get("period") and figure.period else []),
            *figure.keys.values(),
            *(_number(figure.parts[part].value) for part in question.parts),
        ]
        for figure in measured.figures
        if figure.estimate.n
    ]


def _number(value: float) -> float | None:
    return value if isfinite(value) else None
