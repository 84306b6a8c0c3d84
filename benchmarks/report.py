"""The measurements as a page of documentation: ratios first, then seconds, memory and who agrees."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from benchmarks.questions import QUESTIONS

NAMES = {"floor": "scan floor", "duckdb": "DuckDB SQL", "polars": "Polars", "pandas": "pandas", "latido": "latido"}
STAGES = {
    "load": (
        ("canonical rows → lake", "ticket_events", "store"),
        ("events in the lake → facts", "ticket_events", "facts"),
    ),
    "import:tickets": (("`latido import` of a CSV of tickets, facts and all", "rows", None),),
    "import:ticket_events": (("`latido import` of a CSV of events, facts and all", "rows", None),),
}
"""Stage → lines of the table: what it did, which count of its answer are the rows, which are the seconds."""


@dataclass
class Measured:
    """One measurement.

    Attributes:
        seconds: Of each repetition; the first is the first question of its process.
        peak: Most memory held, in bytes.
        answer: Rows of groups and values, or what a stage counted.
        failed: Why there is nothing.
        differs: How the answer differs from latido's; None where it does not.
    """

    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    answer: object = None
    failed: str = ""
    differs: str | None = None

    @property
    def best(self) -> float:
        """The quickest repetition."""
        return min(self.seconds, default=float("nan"))


@dataclass
class Run:
    """All measurements at one size."""

    events: float
    stages: Mapping[str, Measured]
    questions: Mapping[str, Mapping[str, Measured]]


def written(runs: Iterable[Run]) -> str:
    """The page."""
    parts = [INTRODUCTION.format(machine=_machine()), *(part for run in runs for part in _run(run)), _meanings()]
    return "\n\n".join(parts) + "\n"


def _run(run: Run) -> list[str]:
    parts = [f"## {run.events:,.0f} events"]
    if run.stages:
        parts += [
            "### Before the first question",
            _table(STAGE_HEAD, [line for n, m in run.stages.items() for line in _stage(n, m)]),
        ]
    who = [w for w in ("floor", "duckdb", "polars", "pandas") if any(w in ms for ms in run.questions.values())]
    ratios = [[name, *(_ratio(ms, w) for w in who)] for name, ms in run.questions.items()]
    head = ["question", "latido ÷ scan floor", *(f"{NAMES[w]} ÷ latido" for w in who[1:])]
    everybody = ["latido", *who]
    return [
        *parts,
        "### Ratios",
        _table(head, ratios),
        "### Seconds",
        _table(
            ["question", "latido, first time", *map(NAMES.get, everybody)], _cells(run, everybody, _seconds, _first)
        ),
        "### Peak memory of the process, MiB",
        _table(["question", *map(NAMES.get, everybody)], _cells(run, everybody, _mebibytes)),
        "### Do the answers agree?",
        _agreement(run),
    ]


STAGE_HEAD = ["stage", "rows", "seconds", "rows/s", "peak MiB"]


def _stage(name: str, measured: Measured) -> list[list[str]]:
    if measured.failed:
        return [[label, measured.failed, "", "", ""] for label, _rows, _seconds in STAGES[name]]
    return [
        _stage_line(label, int(measured.answer[rows]), measured.answer[told] if told else measured.best, measured)
        for label, rows, told in STAGES[name]
    ]


def _stage_line(label: str, rows: int, seconds: float, measured: Measured) -> list[str]:
    return [label, f"{rows:,}", f"{seconds:.1f}", f"{rows / seconds:,.0f}", _mebibytes(measured)]


def _cells(
    run: Run, who: list[str], cell: Callable[[Measured], str], *first: Callable[[Measured], str]
) -> list[list[str]]:
    return [
        [name, *(f(ms["latido"]) for f in first), *(cell(ms[w]) if w in ms else "not run" for w in who)]
        for name, ms in run.questions.items()
    ]


def _ratio(measured: Mapping[str, Measured], who: str) -> str:
    if who not in measured:
        return "not run"
    other, ours = measured[who], measured["latido"]
    if other.failed or ours.failed:
        return other.failed or "—"
    return f"{ours.best / other.best:.1f}" if who == "floor" else f"**{other.best / ours.best:.1f}**"


def _seconds(measured: Measured) -> str:
    return measured.failed or f"{measured.best:.3f}"


def _first(measured: Measured) -> str:
    return f"{measured.seconds[0]:.3f}" if measured.seconds else "—"


def _mebibytes(measured: Measured) -> str:
    return "—" if measured.failed else f"{measured.peak / 2**20:,.0f}"


def _agreement(run: Run) -> str:
    told = [
        f"- `{name}`, {NAMES[who]}: {m.differs}"
        for name, ms in run.questions.items()
        for who, m in ms.items()
        if m.differs
    ]
    compared = sum(
        1 for ms in run.questions.values() for w, m in ms.items() if w not in {"floor", "latido"} and not m.failed
    )
    if told:
        return "\n".join(told)
    return f"All {compared} answers are latido's: counts and shares to 1e-9, waiting times to 1.1 %."


def _meanings() -> str:
    rows = [[q.name, q.means, q.facts, ", ".join(q.columns)] for q in QUESTIONS.values()]
    return "## What everybody computed\n\n" + _table(
        ["question", "meaning", "facts", "columns of the scan floor"], rows
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _machine() -> str:
    tools = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "pandas", "ibis-framework"))
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, {tools}"
    )


INTRODUCTION = """# Benchmarks

`make bench` measures all of this in one run and writes this page. {machine}.

The help desk is made up (`benchmarks/generate.py`): two years of tickets with their histories, about 7.5 events
a ticket, and surveys after the solve. Everybody answers the same questions. DuckDB in hand-written SQL,
Polars and pandas answer **from the events**, reading only the columns and rows they need from the lake's Parquet files;
latido answers **from its facts**, which it keeps up to date at import. So their ratios say what the facts are
worth, not which engine is quicker: latido's engine is DuckDB itself. The *scan floor* is one pass of DuckDB over the
columns of the facts that the definition needs: nothing that reads them can be quicker.

Every measurement is a process of its own; seconds are the best of up to five repetitions after the imports, and
memory is the most that the process ever held. latido's answers include their intervals, the rows left out and why."""
