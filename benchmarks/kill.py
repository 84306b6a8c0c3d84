"""Imports killed with `kill -9` at random moments: what do readers see, and does repeating complete them?

`python -m benchmarks.kill --times 50` prints one line a kill and the sum.

Each import is a wave that touches every row of two tables and of one derived from them: after
wave w, each has exactly its rows of wave w. Anything else that a reader sees is half an import.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from latido import sync
from latido.i18n import _
from latido.sources.source import Chunk, Delivery, Options
from latido.store import Engine, Lake, Snapshot, Writer

START = datetime(2024, 1, 1, tzinfo=UTC)
MARKS = {"tickets": "team", "ticket_events": "team", "totals": "team"}
GROWTH = 500


class Wave:
    """A source: wave w brings every ticket of the waves before it and some more, all marked with w."""

    name = "wave"
    label = _("Waves")
    tables = ("tickets", "ticket_events")

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def recognise(self, _deliveries: Sequence[Delivery]) -> float:
        return 1.0

    def read(self, deliveries: Sequence[Delivery], _options: Options) -> Iterator[Chunk]:
        (file,) = deliveries
        wave = int(file.path.read_text())
        numbers = np.arange(self.rows + GROWTH * wave)
        yield Chunk("tickets", self._marked(numbers, wave, "created"), (), len(numbers), file.digest)
        for event in range(3):
            columns = {"event_id": [str(event)] * len(numbers), "kind": ["message"] * len(numbers)}
            rows = self._marked(numbers, wave, "occurred", **columns)
            yield Chunk("ticket_events", rows, (), len(numbers), file.digest)

    def _marked(self, numbers: np.ndarray, wave: int, time: str, **columns: list[str]) -> pa.Table:
        stamps = np.datetime64(START.replace(tzinfo=None), "us") + (numbers % 90).astype("timedelta64[D]")
        return pa.table(
            {
                "ticket_id": [f"T{i:07d}" for i in numbers],
                time: pa.array(stamps, pa.timestamp("us")).cast(pa.timestamp("us", "UTC")),
                "team": [str(wave)] * len(numbers),
                "updated": pa.array([START + timedelta(days=wave)] * len(numbers), pa.timestamp("us", "UTC")),
                "row": numbers + 1,
                **columns,
            }
        )


def deliver(folder: Path, wave: int) -> Delivery:
    """The file of a wave: it says only which wave it is."""
    path = folder / f"wave-{wave}"
    path.write_text(str(wave))
    return Delivery(path, path.name, f"{wave:064x}")


def totals(writer: Writer, _engine: Engine) -> None:
    """A derived table: how many rows each mark has."""
    found = duckdb.read_parquet(writer.now.files("ticket_events")).aggregate("team, count(*)::BIGINT AS n", "team")
    writer.replace("totals", found.to_arrow_table(), ("team",))


def bring(lake: Lake, folder: Path, wave: int, rows: int) -> sync.Report:
    """Import a wave. (Nothing here asks the engine, so there is none.)"""
    return sync.run(lake, None, Wave(rows), [deliver(folder, wave)], Options(), after=totals)  # type: ignore[arg-type]


def seen(snapshot: Snapshot, rows: int) -> int | None:
    """The wave that a reader sees over all tables; None where they see anything but one whole wave."""
    waves = set()
    for table, column in MARKS.items():
        files = snapshot.files(table)
        marks = duckdb.read_parquet(files).aggregate(f"{column} AS mark, count(*)", column).fetchall() if files else []
        waves.add(_whole(table, marks, rows))
    return waves.pop() if len(waves) == 1 else None


def _whole(table: str, marks: list[tuple[str, int]], rows: int) -> int | None:
    if len(marks) != 1:
        return None
    wave, count = int(marks[0][0]), marks[0][1]
    tickets = rows + GROWTH * wave
    return wave if count == {"tickets": tickets, "ticket_events": 3 * tickets, "totals": 1}[table] else None


class Trial(NamedTuple):
    """One kill.

    Attributes:
        delay: Seconds after the beginning of the import.
        killed: Whether it was still running then.
        saw: Waves that readers saw meanwhile and afterwards.
        whole: Whether each of them was whole, and the old or the new one.
        completed: Whether repeating the import ended in the new wave, with nothing left behind.
    """

    delay: float
    killed: bool
    saw: Counter[int | None]
    whole: bool
    completed: bool


def trial(lake: Lake, folder: Path, wave: int, rows: int, *, delay: float = 1e9, fsyncs: int = 0) -> Trial:
    """Import a wave in another process, kill it, look, and import it again.

    Args:
        lake: The lake, whole at the wave before.
        folder: For the delivered file.
        wave: The wave to import.
        rows: Rows of wave 0.
        delay: Seconds until it is killed from outside.
        fsyncs: It kills itself at this call of fsync; 0: it does not.
    """
    command = [sys.executable, "-m", "benchmarks.kill", "--child", lake.root, folder, wave, rows, fsyncs]
    saw: Counter[int | None] = Counter()
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as child:
        child.stdout.readline()  # type: ignore[union-attr]
        end = time.monotonic() + delay
        while time.monotonic() < end and child.poll() is None:
            saw[seen(lake.snapshot(), rows)] += 1
            time.sleep(min(0.02, max(0.0, end - time.monotonic())))
        child.kill()
    saw[seen(lake.snapshot(), rows)] += 1
    bring(lake, folder, wave, rows)
    completed = seen(lake.snapshot(), rows) == wave and not list((lake.root / "staging").iterdir())
    return Trial(delay, child.returncode == -signal.SIGKILL, saw, set(saw) <= {wave - 1, wave}, completed)


def child(root: str, folder: str, wave: str, rows: str, fsyncs: str) -> None:
    """What is killed."""
    if int(fsyncs):
        _die_at(int(fsyncs))
    lake = Lake(root)
    print("go", flush=True)
    bring(lake, Path(folder), int(wave), int(rows))


def _die_at(call: int) -> None:
    """Kill this process in the middle of what it does durably: at the given call of fsync."""
    calls = iter(range(call - 1, -1, -1))
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        if next(calls) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        fsync(descriptor)

    os.fsync = counted


def duration(lake: Lake, folder: Path, wave: int, rows: int) -> float:
    """Seconds that importing a wave takes in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.kill", "--child", lake.root, folder, wave, rows, 0]
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as child:
        child.stdout.readline()  # type: ignore[union-attr]
        began = time.monotonic()
        child.wait()
    return time.monotonic() - began


def main() -> None:
    """Kill as often as asked, and print what came of it."""
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, trials = random.Random(asked.seed), []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lake = Lake.create(folder / "lake")
        bring(lake, folder, 0, asked.rows)
        usual = duration(lake, folder, 1, asked.rows)
        for wave in range(2, asked.times + 2):
            trials.append(trial(lake, folder, wave, asked.rows, delay=chance.uniform(0, usual)))
            print(f"{wave - 1:3d}  {_line(trials[-1], wave)}", flush=True)
    print(_sum(trials, usual))


def _line(t: Trial, wave: int) -> str:
    fate = "killed" if t.killed else "ended before"
    ended: dict[int | None, str] = {wave - 1: "old", wave: "new"}
    saw = ", ".join(f"{ended.get(w, 'HALF')} × {n}" for w, n in t.saw.items())
    return f"{t.delay:5.2f} s  {fate:12s}  saw {saw:24s}  {'completed' if t.completed else 'NOT COMPLETED'}"


def _sum(trials: Sequence[Trial], usual: float) -> str:
    killed, reads = sum(t.killed for t in trials), sum(t.saw.total() for t in trials)
    half, left = sum(not t.whole for t in trials), sum(not t.completed for t in trials)
    return (
        f"{len(trials)} imports of about {usual:.1f} s, {killed} killed in the middle; {reads} reads, "
        f"{half} trials with half an import seen, {left} not completed by repeating"
    )


if __name__ == "__main__":
    main()
