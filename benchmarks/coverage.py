"""How often the intervals hold the truth: 10,000 simulated samples for each population and n.

`python -m benchmarks.coverage` prints the tables and writes them to docs/coverage.md and
docs/es/coverage.md. Seeds are fixed: it writes the same figures on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from math import exp, log
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_pages import Result, write
from latido.stats.clusters import design_effect, few_clusters
from latido.stats.counts import poisson
from latido.stats.difference import difference
from latido.stats.estimate import Estimate
from latido.stats.means import delta_ratio, mean
from latido.stats.nps import bounds, moments, nps
from latido.stats.shares import wilson
from latido.stats.survival import SurvivalCurve, kaplan_meier

RUNS = 10_000
SIZES = (10, 30, 100, 1000)
Z = 1.959964
Floats = NDArray[np.float64]
Population = tuple[float, ...]

# Promoters, passives, detractors: named ones, then as many again as the scores of companies spread.
COMPANIES = {
    "+10": (0.40, 0.30, 0.30),
    "+40": (0.55, 0.30, 0.15),
    "+60": (0.70, 0.20, 0.10),
    "+85": (0.87, 0.11, 0.02),
    "−45": (0.15, 0.25, 0.60),
    "0, polarised": (0.45, 0.10, 0.45),
    "+5, passive": (0.10, 0.85, 0.05),
}
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.65, 0.8, 0.9, 0.97)
# Answers 1–7 to "it was easy".
EFFORT = {
    "easy": (0.03, 0.03, 0.04, 0.08, 0.17, 0.30, 0.35),
    "mixed": (0.10, 0.12, 0.15, 0.20, 0.18, 0.15, 0.10),
    "hard": (0.30, 0.20, 0.15, 0.12, 0.10, 0.08, 0.05),
    "polarised": (0.35, 0.08, 0.04, 0.03, 0.05, 0.10, 0.35),
    "very easy": (0.01, 0.01, 0.02, 0.03, 0.06, 0.20, 0.67),
    "nearly all 7": (0.005, 0.005, 0.01, 0.01, 0.02, 0.10, 0.85),
}


class Wait(NamedTuple):
    """Waiting times, seen for at most a window in which tickets come in evenly.

    Attributes:
        draw: So many times.
        window: Length of the window; it decides how many are still open at its end.
        median: True median.
        p90: True 90th percentile.
    """

    draw: Callable[[np.random.Generator, int], Floats]
    window: float
    median: float
    p90: float


def _exponential(random: np.random.Generator, n: int) -> Floats:
    return random.exponential(1, n)


def _lognormal(random: np.random.Generator, n: int) -> Floats:
    return random.lognormal(0, 1.2, n)


# Windows that leave 20 % and 40 % of the tickets open.
WAITS = (
    Wait(_exponential, 4.965, log(2), log(10)),
    Wait(_exponential, 2.232, log(2), log(10)),
    Wait(_lognormal, 9.084, 1.0, exp(1.2 * 1.281552)),
    Wait(_lognormal, 3.574, 1.0, exp(1.2 * 1.281552)),
)


def summary(table: str, n: int, covered: Sequence[float], plain: Sequence[float] = ()) -> Result:
    """One row from the coverage of each population."""
    average = float(np.mean(plain)) if len(plain) else None
    return Result(table, n, float(np.mean(covered)), min(covered), average, RUNS * len(covered))


def share_within(low: Floats, high: Floats, truth: float) -> float:
    """How many intervals hold the truth."""
    return float(np.mean((low <= truth + 1e-9) & (truth - 1e-9 <= high)))


def covering(estimates: Iterable[Estimate], truth: float) -> float:
    """How many estimates hold the truth in their interval, of those that say anything."""
    low, high = np.array([(e.low, e.high) for e in estimates if e.known]).T
    return share_within(low, high, truth)


def scores(random: np.random.Generator) -> Iterable[Result]:
    """NPS with one answer a customer, beside plain Wald."""
    spread = random.dirichlet((3.0, 2.0, 1.6), 33)
    populations = [*COMPANIES.values(), *map(tuple, spread)]
    for n in SIZES:
        ours, plain = zip(*(_score(random, n, p) for p in populations), strict=True)
        yield summary("nps", n, ours, plain)


def _score(random: np.random.Generator, n: int, population: Population) -> tuple[float, float]:
    counts = random.multinomial(n, population, RUNS).T
    truth = 100 * (population[0] - population[2])
    centre, variance = moments(*counts)
    reach = 100 * Z * np.sqrt(variance / n)
    return share_within(*bounds(*counts), truth), share_within(100 * centre - reach, 100 * centre + reach, truth)


def clustered(random: np.random.Generator) -> Iterable[Result]:
    """NPS with three answers a customer on average, beside the interval that takes all as independent."""
    truth = 100 * float(np.mean(_repeated(random, 1_000_000)[0]))
    for customers in SIZES:
        both = [_clustered(*_repeated(random, customers), customers) for _ in range(RUNS)]
        yield summary(
            "clustered",
            customers,
            [covering((ours for ours, _ in both), truth)],
            [covering((plain for _, plain in both), truth)],
        )


def _repeated(random: np.random.Generator, customers: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Answers worth +1, 0, −1 and whose they are: a customer's mood is half of what each answer says."""
    whose = np.repeat(np.arange(customers), random.poisson(2, customers) + 1)
    felt = 0.6 + 0.9 * random.normal(size=customers)[whose] + random.normal(size=len(whose))
    return (felt > 0.8).astype(np.int64) - (felt < -0.2), whose


def _clustered(
    x: NDArray[np.int64], whose: NDArray[np.int64], customers: int, confidence: float = 0.95
) -> tuple[Estimate, Estimate]:
    s, m = np.bincount(whose, x), np.bincount(whose)
    n, promoters, detractors = len(x), int((x > 0).sum()), int((x < 0).sum())
    deff = design_effect(n, s.sum(), promoters + detractors, customers, s @ s, s @ m, float(m @ m))
    counts = (promoters, n - promoters - detractors, detractors)
    return nps(*counts, confidence, few_clusters(deff, customers, confidence)), nps(*counts, confidence)


def shares(random: np.random.Generator) -> Iterable[Result]:
    """Wilson, beside plain Wald."""
    for n in SIZES:
        every = [wilson(k, n) for k in range(n + 1)]
        low, high = np.array([(e.low, e.high) for e in every]).T
        found = np.arange(n + 1) / n
        reach = Z * np.sqrt(found * (1 - found) / n)
        drawn = {p: random.binomial(n, p, RUNS) for p in SHARES}
        ours = [share_within(low[k], high[k], p) for p, k in drawn.items()]
        plain = [share_within((found - reach)[k], (found + reach)[k], p) for p, k in drawn.items()]
        yield summary("share", n, ours, plain)


def effort(random: np.random.Generator) -> Iterable[Result]:
    """Means of answers 1–7, beside t without the half answer."""
    points = np.arange(1, 8)
    for n in SIZES:
        ours, plain = [], []
        for population in EFFORT.values():
            counts = random.multinomial(n, population, RUNS)
            sums = list(zip((counts @ points).tolist(), (counts @ points**2).tolist(), strict=True))
            truth = float(np.dot(population, points))
            ours.append(covering((mean(n, s, q, scale=(1, 7)) for s, q in sums), truth))
            plain.append(covering((mean(n, s, q) for s, q in sums), truth))
        yield summary("effort", n, ours, plain)


def unbounded(random: np.random.Generator) -> Iterable[Result]:
    """Means of skewed values that have no highest one, beside t."""
    kinds: dict[str, tuple[Callable[..., Floats], float]] = {
        "touches": (lambda size: random.geometric(0.4, size).astype(float), 2.5),
        "amounts": (lambda size: random.lognormal(0, 0.6, size), exp(0.18)),
    }
    for name, (draw, truth) in kinds.items():
        for n in SIZES:
            x = draw((RUNS, n))
            sums = np.stack([(x**power).sum(axis=1) for power in (1, 2, 3)]).T.tolist()
            ours = covering((mean(n, s, q, cubes=c) for s, q, c in sums), truth)
            yield summary(name, n, [ours], [covering((mean(n, s, q) for s, q, _ in sums), truth)])


def ratios(random: np.random.Generator) -> Iterable[Result]:
    """Revenue per order over customers by the delta method: orders alike, and each customer's alike."""
    for n in SIZES:
        yield summary("ratio", n, [_ratio(random, n, draw) for draw in (_orders_apart, _orders_alike)])


def _ratio(random: np.random.Generator, n: int, draw: Callable[..., Floats]) -> float:
    x = random.poisson(1.5, (RUNS, n)) + 1
    y = draw(random, x)
    sums = np.stack([v.sum(axis=1) for v in (x, y, x * x, y * y, x * y)]).T.tolist()
    return covering((delta_ratio(n, *s) for s in sums), exp(0.18))


def _orders_apart(random: np.random.Generator, orders: NDArray[np.int64]) -> Floats:
    each = random.lognormal(0, 0.6, (int(orders.max()), *orders.shape))
    return np.where(np.arange(len(each))[:, None, None] < orders, each, 0).sum(axis=0)


def _orders_alike(random: np.random.Generator, orders: NDArray[np.int64]) -> Floats:
    return orders * random.lognormal(0, 0.6, orders.shape)


def waits(random: np.random.Generator) -> Iterable[Result]:
    """Median, p90 and share still waiting by Kaplan–Meier; the median beside that of the finished only."""
    for n in SIZES:
        drawn = [(wait, [_curves(random, wait, n) for _ in range(RUNS)]) for wait in WAITS]
        yield summary(
            "median",
            n,
            [covering((curve.quantile(0.5) for curve, _ in curves), wait.median) for wait, curves in drawn],
            [covering((done.quantile(0.5) for _, done in curves), wait.median) for wait, curves in drawn],
        )
        yield summary(
            "p90",
            n,
            [covering((c.quantile(0.9) for c, _ in curves), w.p90) for w, curves in drawn if w.p90 < w.window],
        )
        yield summary("unresolved", n, [covering((c.at(w.median) for c, _ in curves), 0.5) for w, curves in drawn])


def _curves(random: np.random.Generator, wait: Wait, n: int) -> tuple[SurvivalCurve, SurvivalCurve]:
    """The curve of tickets created evenly over a window and seen until its end, and of the finished alone."""
    takes, seen = wait.draw(random, n), random.uniform(0, wait.window, n)
    done = takes <= seen
    nobody = np.zeros(int(done.sum()))
    return kaplan_meier(np.minimum(takes, seen), done, ~done), kaplan_meier(takes[done], nobody + 1, nobody)


def changes(random: np.random.Generator) -> Iterable[Result]:
    """Differences of two NPS, of two shares and of two medians, each from n and n."""
    pairs = [(COMPANIES["+10"], COMPANIES["+40"]), (COMPANIES["+60"], COMPANIES["+85"])]
    for n in SIZES:
        yield summary("nps_change", n, [_score_change(random, n, *pair) for pair in pairs])
        yield summary("share_change", n, [_share_change(random, n, p, q) for p, q in ((0.5, 0.7), (0.9, 0.95))])
        yield summary("median_change", n, [_median_change(random, n, *pair) for pair in (WAITS[:2], WAITS[2:])])


def _score_change(random: np.random.Generator, n: int, a: Population, b: Population) -> float:
    drawn = [[nps(*counts) for counts in random.multinomial(n, p, RUNS).tolist()] for p in (a, b)]
    return covering(map(difference, *drawn), 100 * (a[0] - a[2] - b[0] + b[2]))


def _share_change(random: np.random.Generator, n: int, a: float, b: float) -> float:
    drawn = [[wilson(k, n) for k in random.binomial(n, p, RUNS).tolist()] for p in (a, b)]
    return covering(map(difference, *drawn), a - b)


def _median_change(random: np.random.Generator, n: int, a: Wait, b: Wait) -> float:
    drawn = [[_curves(random, wait, n)[0].quantile(0.5) for _ in range(RUNS)] for wait in (a, b)]
    return covering(map(difference, *drawn), a.median - b.median)


def counts(random: np.random.Generator) -> Iterable[Result]:
    """Exact Poisson intervals; here n is the count to be expected."""
    for expected in SIZES:
        drawn, times = np.unique(random.poisson(expected, RUNS), return_counts=True)
        inside = [(e := poisson(int(k))).low <= expected <= e.high for k in drawn]
        yield summary("count", expected, [float(times @ inside) / RUNS])


SIMULATIONS = (scores, clustered, shares, effort, unbounded, ratios, waits, changes, counts)


def main() -> None:
    """Simulate, print, and write both pages."""
    begun, results = perf_counter(), []
    for simulation in SIMULATIONS:
        for result in simulation(np.random.default_rng(20_26)):
            results.append(result)
            plain = "" if result.plain is None else f"  instead {result.plain:.3f}"
            print(
                f"{result.table:14} n {result.n:5}  {result.covered:.3f}  worst {result.worst:.3f}{plain}", flush=True
            )
    write(results, RUNS)
    print(f"{perf_counter() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
