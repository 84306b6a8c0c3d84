"""How cost grows with the events: time, CPU and memory of store, facts and each metric, and the exponent of growth.

    python -m benchmarks.scale --events 1e6 3e6 1e7 3e7 1e8 --folder /tmp/bench --spark 1e7

What was measured in the folder before is taken from there. Run by an environment
with the extra `spark` it also asks Spark, in the same run, at the size of `--spark`. The last step adds
one per cent of new rows to the largest size. Prints tables in Markdown: docs/scale.md says what they mean.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.generate import generate
from benchmarks.questions import QUESTIONS
from benchmarks.report import Measured
from benchmarks.run import step


def main() -> None:
    options = _options()
    found = {events: measured(events, options) for events in options.events}
    print(stages(found), answers(found), sep="\n\n")
    if options.spark:
        print("\n" + beside_spark(options.spark, found, options))
    largest = max(options.events)
    if options.increment:
        print("\n" + increment(found[largest], largest, options))


def measured(events: float, options: argparse.Namespace) -> dict[str, Measured]:
    """Stage and questions at one size; kept in the folder."""
    folder = folder_of(events, options)
    kept = folder / "scale.json"
    if kept.exists():
        return {name: Measured(**m) for name, m in json.loads(kept.read_text(encoding="utf-8")).items()}
    if not (folder / "tickets").exists():
        generate(events, folder)
    found = {"load": step("stage", "load", folder, options)}
    found |= {name: step("latido", name, folder, options) for name in QUESTIONS}
    kept.write_text(json.dumps({name: asdict(m) for name, m in found.items()}, default=str), encoding="utf-8")
    return found


def folder_of(events: float, options: argparse.Namespace) -> Path:
    return options.folder / f"{events:.0e}".replace("+0", "")


def exponent(sizes: list[float], costs: list[float]) -> float:
    """The slope of log cost over log size: 1 is proportional; the fixed cost of small sizes lowers it."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def stages(found: dict[float, dict[str, Measured]]) -> str:
    lines = _head(found)
    for name in ("store", "facts"):
        costs = [float(m["load"].answer[name]) for m in found.values()]
        cells = [f"{c:.1f} s" for c in costs]
        lines.append(_line([name, *cells, f"{exponent(list(found), costs):.2f}"]))
    cpu = [m["load"].cpu for m in found.values()]
    lines.append(_line(["CPU of both", *(f"{c:.0f} s" for c in cpu), f"{exponent(list(found), cpu):.2f}"]))
    lines.append(_line(["peak memory", *(f"{m['load'].peak / 2**20:.0f} MiB" for m in found.values()), ""]))
    return "\n".join(lines)


def answers(found: dict[float, dict[str, Measured]]) -> str:
    lines = _head(found)
    for name in QUESTIONS:
        best = [m[name].best for m in found.values()]
        cells = [f"{m[name].best:.2f} s, {m[name].cpu:.2f} CPU, {m[name].peak / 2**20:.0f} MiB" for m in found.values()]
        lines.append(_line([name, *cells, f"{exponent(list(found), best):.2f}"]))
    return "\n".join(lines)


def beside_spark(events: float, found: dict[float, dict[str, Measured]], options: argparse.Namespace) -> str:
    lines = [f"| {events:,.0f} events | DuckDB | Spark local[2] | ratio |", "|---|---|---|---|"]
    for name in QUESTIONS:
        spark, ours = step("spark", name, folder_of(events, options), options), found[events][name]
        ratio = "" if spark.failed else f"{spark.best / ours.best:.1f}"
        lines.append(_line([name, f"{ours.best:.2f} s", spark.failed or f"{spark.best:.2f} s", ratio]))
    return "\n".join(lines)


def increment(largest: dict[str, Measured], events: float, options: argparse.Namespace) -> str:
    added = step("stage", "increment", folder_of(events, options), options)
    if added.failed:
        return f"increment: {added.failed}"
    first = float(largest["load"].answer["store"]) + float(largest["load"].answer["facts"])
    told = {name: float(value) for name, value in added.answer.items()}
    share = (told["store"] + told["facts"]) / first
    return f"increment: {told}, {added.peak / 2**20:.0f} MiB, {share:.1%} of the first import's {first:.0f} s"


def _head(found: dict[float, dict[str, Measured]]) -> list[str]:
    return [_line(["", *(f"{events:,.0f}" for events in found), "exponent"]), "|---" * (len(found) + 2) + "|"]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=float, nargs="+", default=[1e6, 3e6, 1e7], help="sizes (1e6 3e6 1e7)")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "latido-bench")
    parser.add_argument("--spark", type=float, help="size at which Spark is asked too")
    parser.add_argument("--increment", action="store_true", help="add one per cent to the largest size")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for one measurement")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
