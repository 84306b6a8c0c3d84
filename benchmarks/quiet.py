"""How often a company in which nothing was planted is said to have changed.

    python -m benchmarks.quiet --runs 200 --scale 0.1
    python -m benchmarks.quiet --runs 200 --keep quiet/    (the companies stay there, and are not made again)

Simulates the demo company without any effect, once per seed, imports it as anybody's files, and asks what moved in
the last thirteen weeks against those before, or against last year's. Whatever is told is false. The last line is the
share of runs in which anything was.

Before it stands how often a watch alerts: each metric of the whole company is watched over the last year, with the
year before as what is normal.

Durations are compared around the clock. In the opening hours of Madrid, by which the company measures, something does
change each spring: Mexico's clocks stay as they are when Spain's go forward, and the waits of its customers then fall
into other hours of the Spanish day (a median of 7.4 hours becomes one of 8.2 in every company, whatever the seed).
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import latido
from latido.demo.generate import generate
from latido.demo.manifest import Manifest
from latido.insights.watch import State, Watch, Watched, watchable
from latido.metrics.catalog import METRICS
from latido.metrics.periods import floor, local_day
from latido.report.moves import sentence
from latido.report.watches import told
from latido.stats.shares import wilson


class Told(NamedTuple):
    """What one quiet company was said to have changed in, and how much was compared.

    Attributes:
        seed: Which company.
        sentences: What moved, as it is said.
        metrics: Which metrics.
        compared: How many differences were judged.
        alerts: What its watches said.
        years: How many of them watched for a year.
    """

    seed: int
    sentences: tuple[str, ...]
    metrics: tuple[str, ...]
    compared: int
    alerts: tuple[str, ...]
    years: int


def main() -> None:
    options = _options()
    run = partial(quiet, scale=options.scale, compare=options.compare, keep=options.keep)
    told: list[Told] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for found in pool.map(run, range(options.first, options.first + options.runs)):
            told.append(found)
            print(
                f"seed {found.seed}: {found.compared} compared, {len(found.sentences)} told, "
                f"{len(found.alerts)} alerts in {found.years} years of watches",
                *found.sentences,
                *found.alerts,
                sep="\n  ",
                flush=True,
            )
    print(Counter(name for found in told for name in set(found.metrics)))
    false, years = sum(len(found.alerts) for found in told), sum(found.years for found in told)
    alerts = wilson(false, years)
    print(
        f"{false} alerts in {years} years of watches: {alerts.value:.3f} ({alerts.low:.3f} to {alerts.high:.3f}) a year"
    )
    wrong = sum(bool(found.sentences) for found in told)
    share = wilson(wrong, len(told))
    print(f"{wrong} of {len(told)} runs told anything: {share.value:.3f} ({share.low:.3f} to {share.high:.3f})")


def quiet(seed: int, scale: float, compare: str, keep: Path | None) -> Told:
    """One company without effects, from files to what is told of it."""
    with company(seed, scale, keep) as workspace:
        found = workspace.moved(compare=compare, calendar="24x7")
        leading = found.leading
        seen = list(a_year_watched(workspace))
    return Told(
        seed, tuple(map(sentence, leading)), tuple(move.metric.name for move in leading), found.compared,
        tuple(told(each) for each in seen if each.alarm), len(seen),
    )  # fmt: skip


def a_year_watched(workspace: latido.Workspace) -> Iterator[Watched]:
    """Every metric of the whole company over its last year of weeks; those with too few rows a week are left out."""
    there = workspace.snapshot()
    for metric in METRICS.values():
        end = workspace.data_end(metric) if watchable(metric) and there.rows(metric.table) else None
        if end is None:
            continue
        last = floor(local_day(end, workspace.config.time_zone) + timedelta(days=1), "week")
        seen = workspace.watched(Watch(metric.name, metric, since=last - timedelta(weeks=52)))
        if seen.state in {State.QUIET, State.ALERT}:
            yield seen


@contextmanager
def company(seed: int, scale: float, keep: Path | None) -> Iterator[latido.Workspace]:
    """The workspace of one company; made first where it is not kept."""
    with tempfile.TemporaryDirectory(prefix="quiet-") as passing:
        root = (keep or Path(passing)) / f"{scale:g}-{seed}"
        if not root.exists():
            made = root.with_name(f"{root.name}.part")
            rmtree(made, ignore_errors=True)
            _import(generate(made, seed, scale, truths=False))
            made.rename(root)
        workspace = latido.open(root)
        try:
            yield workspace
        finally:
            workspace.close()


def _import(made: Manifest) -> None:
    """All its files, as anybody's."""
    workspace = latido.open(made.root)
    for group in made.groups:
        workspace.import_files(group.files, source=group.source, mapping=group.mapping)
    workspace.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="companies, one a seed (20)")
    parser.add_argument("--first", type=int, default=1000, help="the first seed (1000)")
    parser.add_argument("--scale", type=float, default=0.1, help="size of each, 1 for the whole demo (0.1)")
    parser.add_argument("--compare", default="previous", choices=("previous", "last_year"), help="with which period")
    parser.add_argument("--keep", type=Path, help="folder in which the companies stay, for the next time")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
