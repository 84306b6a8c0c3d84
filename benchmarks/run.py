"""Measure everything, in one run, and write it down.

    python -m benchmarks.run --events 1e6 1e7 1e8 --folder /tmp/bench

Each measurement is a process of its own (`benchmarks.step`), one after another. What has been
generated, and each size's results, are kept in the folder; docs/benchmarks.md and its Spanish
twin are written at the end. Tools whose memory grows with the events are left
out above their limit (`--pandas-up-to`), or where they run out of time or memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.agreement import difference
from benchmarks.generate import generate
from benchmarks.questions import QUESTIONS, Question
from benchmarks.report import Measured, Run, write

RIVALS = ("duckdb", "polars", "pandas")
STAGES = ("load",)
IMPORTS = ("import:tickets", "import:ticket_events")


def main() -> None:
    options = _options()
    runs = [run(events, options) for events in options.events]
    write(runs, options.docs)
    sys.exit(any(m.differs for r in runs for ms in r.questions.values() for m in ms.values()))


def run(events: float, options: argparse.Namespace) -> Run:
    """All measurements at one size."""
    folder = options.folder / f"{events:.0e}".replace("+0", "")
    kept = folder / "results.json"
    if options.reuse and kept.exists():
        return _read(kept)
    if not (folder / "tickets").exists():
        generate(events, folder)
    loaded = options.keep and (folder / "workspace").exists()
    if options.imports:
        step("stage", "export", folder, options)
    names = [*(() if loaded else STAGES), *(IMPORTS if options.imports else ())]
    stages = {name: step("stage", name, folder, options) for name in names}
    questions = {name: ask(QUESTIONS[name], folder, events, options) for name in options.questions}
    found = Run(events, stages, questions)
    kept.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def _read(path: Path) -> Run:
    told = json.loads(path.read_text(encoding="utf-8"))
    stages = {name: Measured(**m) for name, m in told["stages"].items()}
    asked = {name: {who: Measured(**m) for who, m in ms.items()} for name, ms in told["questions"].items()}
    return Run(told["events"], stages, asked)


def ask(question: Question, folder: Path, events: float, options: argparse.Namespace) -> dict[str, Measured]:
    """Everybody's answer to one question, compared with ours."""
    limits = {"pandas": options.pandas_up_to, "polars": options.polars_up_to}
    able = [who for who in RIVALS if events <= limits.get(who, events)]
    found = {who: step(who, question.name, folder, options) for who in ("floor", "latido", *able)}
    ours = found["latido"].answer
    for who in able:
        theirs = found[who].answer
        if ours is not None and theirs is not None:
            found[who].differs = difference(ours, theirs, len(question.parts), question.tolerance)
    return found


def step(who: str, what: str, folder: Path, options: argparse.Namespace) -> Measured:
    """One measurement in a process of its own."""
    print(f"{folder.name:>6} {what:28} {who:8}", end="", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.step", who, what, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=options.timeout, check=False)
    except subprocess.TimeoutExpired:
        measured = Measured(failed=f"over {options.timeout / 60:.0f} min")
    else:
        measured = _measured(done)
    print(measured.failed or f"{measured.best:9.3f} s {measured.peak / 2**20:8.0f} MiB", file=sys.stderr)
    return measured


def _measured(done: subprocess.CompletedProcess[str]) -> Measured:
    if done.returncode == 0:
        return Measured(**json.loads(done.stdout))
    told = done.stderr.strip().splitlines()
    return Measured(failed="out of memory" if done.returncode in (-9, 137) else (told or ["failed"])[-1][:200])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=float, nargs="+", default=[1e6], help="sizes to measure at (1e6)")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "latido-bench")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder to write the pages into (docs)")
    parser.add_argument("--reuse", action="store_true", help="take the results that an earlier run left in the folder")
    parser.add_argument("--questions", nargs="+", choices=QUESTIONS, default=list(QUESTIONS))
    parser.add_argument("--keep", action="store_true", help="use the lake of an earlier run")
    parser.add_argument("--no-imports", dest="imports", action="store_false", help="leave the CSV imports out")
    parser.add_argument("--pandas-up-to", type=float, default=2e7, help="most events for pandas (2e7)")
    parser.add_argument("--polars-up-to", type=float, default=1e9)
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for one measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
