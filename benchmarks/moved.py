"""What it costs to compare every metric and segment of two periods, and what a plain pandas script takes, in one run.

    python -m benchmarks.moved --workspace demo/

The script is given the rows of each metric ready made (its value, its dimensions, its period), which ours has to derive
from the facts first. It goes through the same groupings, by one and by two dimensions, takes the mean (of a wait the
median) and the variance on either side, and Welch's t test: no censoring, no bursts, no customers who answer several
times, no intervals, no family. Each is a process of its own.
"""

# ruff: noqa: PLC0415 - what is measured loads no other's libraries

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks.step import peak

AGAIN = 3


def ours(workspace: Path, _folder: Path) -> Callable[[], int]:
    """Ours, from the facts to what is told."""
    import latido

    opened = latido.open(workspace)
    opened.engine  # noqa: B018 - to start an engine is no part of the question
    return lambda: opened.moved().compared


def script(_workspace: Path, folder: Path) -> Callable[[], int]:
    """The plain script."""
    import numpy as np
    import pandas as pd
    from scipy.stats import ttest_ind_from_stats

    def compared(path: Path) -> int:
        frame = pd.read_parquet(path)
        means = ["median" if path.stem.endswith("-s") else "mean", "mean", "std", "count"]
        columns = list(map(str, frame.columns))
        splits = [name for name in columns if name.startswith("split ")]
        dimensions = [name for name in columns if name not in {"value", "now", *splits}]
        frame[splits] = frame[splits].fillna("")
        sides, count = [frame[frame["now"] == side] for side in (True, False)], 0
        for size in range(3):
            for chosen in combinations(dimensions, size):
                by = [*chosen, *splits] or (lambda _row: 0)
                now, then = (side.groupby(by)["value"].agg(list(dict.fromkeys(means))) for side in sides)
                now, then = now.align(then, join="inner", axis=0)
                sums = [one[name].to_numpy(float) for one in (now, then) for name in ("mean", "std", "count")]
                ttest_ind_from_stats(*sums, equal_var=False)  # type: ignore[misc,arg-type]
                count += int((np.minimum(now["count"], then["count"]) >= 30).sum())
        return count

    return lambda: sum(map(compared, sorted(folder.glob("*.parquet"))))


def export(workspace: Path, folder: Path) -> float:
    """The rows of each metric that is compared, as the script gets them; how many seconds that took."""
    import latido
    from latido.insights.moved.moved import BY
    from latido.metrics.catalog import METRICS
    from latido.metrics.measure import population, scope_of
    from latido.metrics.query import Query

    opened = latido.open(workspace)
    found = opened.moved()
    tables, start = opened.tables(), time.perf_counter()
    for metric in {move.metric.name: move.metric for move in found.totals}.values():
        if metric.time is None:
            continue
        query = Query(metric.name, start=found.then.start, end=found.now.end, calendar=opened.config.calendar)
        by = tuple(name for name in BY if name in opened.dimensions(METRICS[metric.name]))
        scope = scope_of(replace(query, by=by), tables, opened.settings, opened.execute)
        rows, _groups = population(scope)
        now = rows[metric.time] >= scope.instant_of(found.now.start)
        splits = {f"split {name}": rows[name] for name in metric.splits}
        told = rows.filter(rows.value.notnull()).select("value", *by, now=now, **splits)
        opened.execute(told).to_parquet(folder / f"{metric.name}-{metric.unit.strip('%')}.parquet")
    return time.perf_counter() - start


WHO = {"ours": ours, "script": script}


def main() -> None:
    options = _options()
    if options.one:
        _measure(options)
        return
    with tempfile.TemporaryDirectory(prefix="latido-moved-") as folder:
        made = export(options.workspace, Path(folder))
        told = {who: _apart(who, options.workspace, folder) for who in WHO}
    print(f"{'':8}{'compared':>10}{'first':>9}{'again':>9}{'of CPU':>9}{'MiB':>7}")
    for who, found in told.items():
        print(
            f"{who:8}{found['compared']:>10,}{found['first']:>8.2f}s{found['again']:>8.2f}s{found['cpu']:>8.2f}s"
            f"{found['peak'] / 2**20:>7.0f}"
        )
    ratio = told["ours"]["again"] / told["script"]["again"]
    print(f"ours takes {ratio:.1f} times as long as the script, whose rows took {made:.2f} s to be made")


def _apart(who: str, workspace: Path, folder: str) -> dict[str, float]:
    options = ["--one", who, "--workspace", str(workspace), "--folder", folder]
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.moved", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(options: argparse.Namespace) -> None:
    run = WHO[options.one](options.workspace, options.folder)
    seconds, spent, compared = [], [], 0
    for _turn in range(1 + AGAIN):
        cpu, start = time.process_time(), time.perf_counter()
        compared = run()
        seconds.append(time.perf_counter() - start)
        spent.append(time.process_time() - cpu)
    told = {"first": seconds[0], "again": min(seconds[1:]), "cpu": min(spent[1:]), "compared": compared, "peak": peak()}
    json.dump(told, sys.stdout)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, required=True, help="a company with data, such as the demo's")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=WHO, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
