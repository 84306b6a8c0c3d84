"""Three other tools, which know nothing of facts or of Ibis, compute the same figures from the events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import ours, stages
from benchmarks.agreement import Rows, difference
from benchmarks.generate import generate
from benchmarks.questions import QUESTIONS
from benchmarks.rivals import with_duckdb, with_pandas, with_polars

Answers = Callable[[str], Rows]


@pytest.fixture(scope="module")
def help_desk(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("help-desk")
    generate(4_000, folder)
    stages.prepare("load", folder)()
    return folder


@pytest.fixture(scope="module")
def ours_of(help_desk) -> Iterator[Answers]:
    """latido's answers; the workspace is opened once."""
    workspace = ours.opened(help_desk)
    yield lambda question: ours.answer(workspace, QUESTIONS[question])
    workspace.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_pandas_polars_and_sql_agree(question, help_desk, ours_of):
    asked, answer = QUESTIONS[question], ours_of(question)
    tools = (with_duckdb, with_polars, with_pandas)
    others = [tool.prepare(question, help_desk)() for tool in tools]
    assert answer
    assert [difference(answer, other, len(asked.parts), 1e-9) for other in others] == [None, None, None]


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ([["2025-01", 1.0]], None),
        ([["2025-01", 1.0 + 1e-12]], None),
        ([["2025-01", 1.1]], "2025-01: [1.0] against [1.1]"),
        ([["2025-01", None]], "against [None]"),
        ([["2025-02", 1.0]], "2 groups of only one of them"),
        ([], "1 groups of only one of them"),
    ],
)
def test_answers_differ_in_groups_or_in_values(theirs, said):
    found = difference([["2025-01", 1.0]], theirs, 1, 1e-9)
    assert (found is None) == (said is None)
    assert (said or "") in (found or "")
