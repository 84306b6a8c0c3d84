"""The measurements as pages of the documentation: ratios first, then seconds, memory and who agrees."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.questions import QUESTIONS
from benchmarks.words import WORDS
from latido.i18n import number, use

TOOLS = {"duckdb": "DuckDB SQL", "polars": "Polars", "pandas": "pandas", "latido": "latido"}
STAGES = {
    "load": (("store", "ticket_events", "store"), ("facts", "ticket_events", "facts")),
    "import:tickets": (("tickets", "rows", None),),
    "import:ticket_events": (("ticket_events", "rows", None),),
}
"""Stage → lines of the table: its words, which count of its answer are the rows, which are the seconds."""


@dataclass
class Measured:
    """One measurement.

    Attributes:
        seconds: Of each repetition; the first is the first question of its process.
        cpu: Seconds of all cores for one repetition, in this process.
        peak: Most memory held, in bytes.
        answer: Rows of groups and values, or what a stage counted.
        failed: Why there is nothing.
        differs: How the answer differs from latido's; None where it does not.
    """

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
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


def write(runs: Sequence[Run], docs: Path) -> None:
    """Write the page in both languages."""
    for language, path in (("en", docs / "benchmarks.md"), ("es", docs / "es" / "benchmarks.md")):
        with use(language):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(Page(WORDS[language]).text(runs), encoding="utf-8")


@dataclass(frozen=True)
class Page:
    """The page in one language; numbers follow the language in force."""

    say: Mapping[str, str]

    def text(self, runs: Sequence[Run]) -> str:
        parts = [self.say["introduction"].format(machine=_machine())]
        return "\n\n".join([*parts, *(part for run in runs for part in self._run(run)), *self._meanings()]) + "\n"

    def _run(self, run: Run) -> list[str]:
        say = self.say
        who = [w for w in ("floor", "duckdb", "polars", "pandas") if any(w in ms for ms in run.questions.values())]
        everybody = ["latido", *who]
        ratios = [say["over_floor"], *(say["over_latido"].format(name=TOOLS[w]) for w in who[1:])]
        return [
            f"## {say['events'].format(n=number(run.events))}",
            *self._stages(run),
            *self._table("ratios", run, ratios, lambda ms: [self._ratio(ms, w) for w in who]),
            *self._table("times", run, [say["first"], *map(self._name, everybody)],
                         lambda ms: [_first(ms["latido"]), *(self._cell(ms, w, _seconds) for w in everybody)]),
            *self._table("memory", run, map(self._name, everybody),
                         lambda ms: [self._cell(ms, w, _mebibytes) for w in everybody]),
            f"### {say['agreement']}",
            self._agreement(run),
        ]  # fmt: skip

    def _stages(self, run: Run) -> list[str]:
        head = [self.say[w] for w in ("stage", "rows", "seconds", "rate", "peak")]
        lines = [self._stage(line, m) for name, m in run.stages.items() for line in STAGES[name]]
        return [f"### {self.say['before']}", _table(head, lines)] if lines else []

    def _stage(self, line: tuple[str, str, str | None], measured: Measured) -> list[str]:
        words, rows, seconds = line
        if measured.failed:
            return [self.say[words], measured.failed, "", "", ""]
        n = int(measured.answer[rows])
        took = measured.answer[seconds] if seconds else measured.best
        return [self.say[words], number(n), number(took, 1), number(round(n / took)), _mebibytes(measured)]

    def _table(self, title: str, run: Run, head: Sequence[str], cells: Callable[..., list[str]]) -> list[str]:
        lines = [[name, *cells(measured)] for name, measured in run.questions.items()]
        return [f"### {self.say[title]}", _table([self.say["question"], *head], lines)]

    def _name(self, who: str) -> str:
        return TOOLS.get(who) or self.say[who]

    def _cell(self, measured: Mapping[str, Measured], who: str, cell: Callable[[Measured], str]) -> str:
        return cell(measured[who]) if who in measured else self.say["not_run"]

    def _ratio(self, measured: Mapping[str, Measured], who: str) -> str:
        if who not in measured:
            return self.say["not_run"]
        other, ours = measured[who], measured["latido"]
        if other.failed or ours.failed:
            return other.failed or "—"
        return number(ours.best / other.best, 1) if who == "floor" else f"**{number(other.best / ours.best, 1)}**"

    def _agreement(self, run: Run) -> str:
        every = [(name, who, m) for name, ms in run.questions.items() for who, m in ms.items()]
        told = [f"- `{name}`, {self._name(who)}: {m.differs}" for name, who, m in every if m.differs]
        compared = [m for _name, who, m in every if who not in {"floor", "latido"} and not m.failed]
        return "\n".join(told) or self.say["agree"].format(n=len(compared))

    def _meanings(self) -> list[str]:
        rows = [[q.name, self.say[q.name], q.facts, ", ".join(q.columns)] for q in QUESTIONS.values()]
        head = [self.say[w] for w in ("question", "meaning", "from", "columns")]
        return [f"## {self.say['computed']}", _table(head, rows, "---")]


def _seconds(measured: Measured) -> str:
    return measured.failed or number(measured.best, 3)


def _first(measured: Measured) -> str:
    return number(measured.seconds[0], 3) if measured.seconds else "—"


def _mebibytes(measured: Measured) -> str:
    return "—" if measured.failed else number(round(measured.peak / 2**20))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], aligned: str = "---:") -> str:
    lines = [head, ["---"] + [aligned] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _machine() -> str:
    tools = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "pandas", "ibis-framework"))
    return f"{os.cpu_count()} × {platform.machine()}, {platform.system()}, Python {platform.python_version()}, {tools}"
