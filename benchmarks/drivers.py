"""What 14 drivers of an outcome cost on ten million answers, and what others take for them, in one run.

    python -m benchmarks.drivers --answers 1e7 --folder /tmp/drivers
    PYTHONPATH=/where/scikit-learn/is python -m benchmarks.drivers

Two readings of "ten million answers": a table of so many answered forms, an outcome and 14 ratings each (`forms`); and
so many answers in rows as surveys deliver them, 15 a form, which are put side by side first (`answers`). The rivals get
a share of the same forms that they can bear: ordinary least squares by statsmodels with LMG by its definition (a
regression per subset), without any interval, and, where scikit-learn is installed, the permutation importance of a
random forest. Their time grows in proportion to the rows; what they would take for all of them is said as computed.
Each is a process of its own, so that its memory is its own.
"""

# ruff: noqa: PLC0415 - what is measured loads no other's libraries

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import combinations
from math import factorial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.step import peak

DRIVERS = 14
CHUNK = 500_000
MEMORY = "500MB"  # of the engine, as [engine] memory would say; no slower than the usual 800MB, of which 1.08 GB come
QUESTIONS = [f"How good was part {i}?" for i in range(1, DRIVERS + 1)]
COLUMNS = ["v0", *(f"v{i}" for i in range(1, DRIVERS + 1))]


def generate(folder: Path, forms: int, answers: int) -> None:
    """Both tables as Parquet, in pieces."""
    folder.mkdir(parents=True, exist_ok=True)
    _written(folder / "forms.parquet", forms, _form_columns)
    _written(folder / "answer_facts.parquet", answers // (DRIVERS + 1), _answer_rows)


def _written(path: Path, count: int, made: Callable[[np.ndarray, int], pa.Table]) -> None:
    if path.exists() and json.loads((pq.read_schema(path).metadata or {}).get(b"forms", b"0")) == count:
        return
    rng, writer = np.random.default_rng(7), None
    for first in range(0, count, CHUNK):
        rows = made(_ratings(rng, min(CHUNK, count - first)), first)
        schema = rows.schema.with_metadata({"forms": str(count)})
        writer = writer or pq.ParquetWriter(path, schema)
        writer.write_table(rows.cast(schema))
    if writer:
        writer.close()


def _ratings(rng: np.random.Generator, n: int) -> np.ndarray:
    """An outcome from 0 to 10 and ratings from 1 to 5 that go together."""
    mood = rng.normal(size=(n, 1))
    parts = np.clip(np.round(3.4 + 0.6 * mood + rng.normal(size=(n, DRIVERS))), 1, 5)
    score = 0.5 + parts @ np.linspace(0.02, 0.28, DRIVERS) + 1.5 * rng.normal(size=n)
    return np.column_stack([np.clip(np.round(score), 0, 10), parts])


def _form_columns(ratings: np.ndarray, first: int) -> pa.Table:
    who = np.arange(first, first + len(ratings))
    columns = {name: ratings[:, i] for i, name in enumerate(COLUMNS)}
    return pa.table({"customer_id": who, "block": (who * 2_654_435_761 >> 7) % 128, **columns})


def _answer_rows(ratings: np.ndarray, first: int) -> pa.Table:
    """Fifteen rows a form, as `answer_facts` has them."""
    n, k = ratings.shape
    who = pa.array([f"c{i}" for i in range(first, first + n)]).take(np.repeat(np.arange(n), k))
    question = pa.DictionaryArray.from_arrays(np.tile(np.arange(k), n), ["How likely?", *QUESTIONS]).cast("string")
    is_score = np.tile(np.arange(k) == 0, n)
    text = lambda one, other: pa.array(np.where(is_score, one, other))  # noqa: E731
    rows = n * k
    score = ratings.ravel()
    nothing = pa.nulls(rows, "string")
    return pa.table({
        "answer_id": np.arange(rows) + first * k, "customer_id": who, "question": question,
        "kind": text("nps", "rating"), "scale": text("0-10", "1-5"), "score": score, "better": score,
        "survey": pa.array(np.full(rows, "visit")), "survey_kind": pa.array(np.full(rows, "relationship")),
        "subject": nothing, "subject_id": nothing, "rated_brand": nothing,
        "answered": pa.array(np.full(rows, np.datetime64("2026-01-05T10:00:00", "us"))),
    })  # fmt: skip


def forms(folder: Path, _rows: int) -> object:
    """Ours on answered forms."""
    from latido.insights.drivers import of_units
    from latido.metrics.units import GRAINS, Units
    from latido.store.engine import connect

    outcome, drivers = _variables()
    names = {each.name: column for each, column in zip((outcome, *drivers), COLUMNS, strict=True)}

    def run() -> dict[str, object]:
        engine = connect()
        rows = engine.read([folder / "forms.parquet"])
        found = of_units(Units(GRAINS["customer"], (outcome, *drivers), rows, names), engine.execute, outcome, drivers)
        return {"r2": found.r2.value, "n": found.n, "largest": found.ranked[0].driver.share.value}

    return run


def answers(folder: Path, _rows: int) -> object:
    """Ours on answers in rows."""
    from latido.facts.catalog import Derived
    from latido.insights.drivers import drivers as explained
    from latido.metrics.settings import Settings
    from latido.metrics.units import GRAINS
    from latido.store.engine import connect

    outcome, drivers = _variables()

    def run() -> dict[str, object]:
        engine = connect(memory=MEMORY)
        rows = engine.read([folder / "answer_facts.parquet"])
        tables = Derived({"answer_facts": rows}.get, engine.keep)
        found = explained(tables, Settings(), engine.execute, outcome, drivers, at=GRAINS["customer"])
        return {"r2": found.r2.value, "n": found.n, "largest": found.ranked[0].driver.share.value}

    return run


def _variables() -> tuple[object, list[object]]:
    from latido.metrics.units import GRAINS, variable

    at = GRAINS["customer"]
    return variable("nps.score", at), [variable(f"question:{text}", at) for text in QUESTIONS]


def statsmodels(folder: Path, rows: int) -> object:
    """Least squares and LMG by its definition: 2¹⁴ regressions, no interval."""
    import statsmodels.api as sm

    frame = _read(folder, rows)

    def run() -> dict[str, object]:
        y, x = frame[:, 0], frame[:, 1:]
        r2 = {(): 0.0}
        for size in range(1, DRIVERS + 1):
            for chosen in combinations(range(DRIVERS), size):
                r2[chosen] = sm.OLS(y, sm.add_constant(x[:, chosen])).fit().rsquared
        weights = [factorial(s) * factorial(DRIVERS - s - 1) / factorial(DRIVERS) for s in range(DRIVERS)]
        parts = [
            sum(
                weights[len(chosen)] * (r2[tuple(sorted((*chosen, at)))] - r2[chosen])
                for chosen in r2
                if at not in chosen
            )
            for at in range(DRIVERS)
        ]
        whole = r2[tuple(range(DRIVERS))]
        return {"r2": whole, "n": len(y), "largest": 100 * max(parts) / whole}

    return run


def sklearn(folder: Path, rows: int) -> object:
    """Permutation importance of a random forest: what many take for drivers; no direction, no interval."""
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.inspection import permutation_importance

    frame = _read(folder, rows)

    def run() -> dict[str, object]:
        y, x = frame[:, 0], frame[:, 1:]
        half = len(y) // 2
        forest = RandomForestRegressor(100, min_samples_leaf=20, n_jobs=-1, random_state=0).fit(x[:half], y[:half])
        found = permutation_importance(forest, x[half:], y[half:], n_repeats=5, random_state=0, n_jobs=1)
        drops = found.importances_mean
        largest = 100 * float(drops.max() / drops.sum())
        return {"r2": float(forest.score(x[half:], y[half:])), "n": len(y), "largest": largest}

    return run


def _read(folder: Path, rows: int) -> np.ndarray:
    batch = next(pq.ParquetFile(folder / "forms.parquet").iter_batches(rows, columns=COLUMNS))
    return np.column_stack([batch.column(name).to_numpy(zero_copy_only=False) for name in COLUMNS])


WHO = {"forms": forms, "answers": answers, "statsmodels": statsmodels, "sklearn": sklearn}


def main() -> None:
    options = _options()
    if options.one:
        _measure(options)
        return
    generate(options.folder, int(options.answers), int(options.answers))
    told = {who: _apart(who, options) for who in WHO if who != "sklearn" or find_spec("sklearn")}
    ours = told["forms"]["seconds"]
    print(f"{'':14}{'rows':>12}{'seconds':>10}{'of CPU':>10}{'MiB':>8}{'R²':>8}{'largest':>9}")
    for who, found in told.items():
        print(
            f"{who:14}{found['rows']:>12,}{found['seconds']:>10.2f}{found['cpu']:>10.2f}"
            f"{found['peak'] / 2**20:>8.0f}{found['r2']:>8.4f}"
            f"{found['largest']:>8.2f}%"
        )
    for who in set(told) - {"forms", "answers"}:
        whole = told[who]["seconds"] * options.answers / told[who]["rows"]
        print(f"{who}: {whole / ours:,.0f} times as long as ours for all forms, in proportion ({whole:,.0f} s)")


def _apart(who: str, options: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.drivers", "--one", who, "--folder", str(options.folder)]
    command += ["--rivals", str(options.rivals), "--answers", str(options.answers)]
    # Several threads for small matrices only get into each other's way, everybody's.
    surroundings = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(options: argparse.Namespace) -> None:
    ours = options.one in {"forms", "answers"}
    rows = int(options.answers if ours else options.rivals)
    ready = WHO[options.one](options.folder, rows)
    cpu, start = time.process_time(), time.perf_counter()
    answer = ready()  # type: ignore[operator]
    seconds, spent = time.perf_counter() - start, time.process_time() - cpu
    json.dump({"rows": rows, "seconds": seconds, "cpu": spent, "peak": peak(), **answer}, sys.stdout)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=float, default=1e7, help="answers (1e7)")
    parser.add_argument("--rivals", type=float, default=2e4, help="forms that the rivals get (2e4)")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "latido-drivers")
    parser.add_argument("--one", choices=WHO, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
