"""Courses of weeks that are made up: shares by the sizes that a company's weeks really had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from latido.insights.watch.course import Course, Week
from latido.insights.watch.declared import Watch
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.stats.counts import poisson
from latido.stats.estimate import Estimate
from latido.stats.means import mean
from latido.stats.shares import wilson

FIRST, WEEK = date(2024, 1, 1), timedelta(weeks=1)

# Answers about satisfaction, week by week, of the demo company at a tenth of its size.
# fmt: off
SIZES = (10, 12, 30, 18, 24, 17, 25, 21, 19, 19, 19, 20, 26, 16, 20, 27, 29, 12, 30, 25, 23, 14, 20, 24, 28, 24,
         23, 21, 20, 21, 38, 29, 21, 18, 25, 24, 25, 15, 18, 28, 21, 24, 24, 22, 24, 19, 28, 21, 25, 36, 25, 21)
# fmt: on


def week(number: int) -> date:
    """Monday of a week, from 0."""
    return FIRST + number * WEEK


def made(figures: Sequence[Estimate], over: Callable[[list[Estimate]], Estimate] | None = None) -> Course:
    """The course of these figures, and what several of them are together."""
    weeks = tuple(Week(week(i), figure) for i, figure in enumerate(figures))

    def figure(span: Period) -> Estimate:
        own = [each.figure for each in weeks if span.start <= each.start < span.end]
        return (over or _share)(own)

    return Course(weeks, {}, {}, figure)


def _share(figures: list[Estimate]) -> Estimate:
    return wilson(sum(f.numerator or 0 for f in figures), sum(f.n for f in figures)).scaled(100)


def _count(figures: list[Estimate]) -> Estimate:
    values = np.array([figure.value for figure in figures])
    return figures[0] if len(figures) == 1 else mean(len(values), float(values.sum()), float(values @ values))


def shares(random: np.random.Generator, chance: Callable[[int], float], weeks: int = 104, times: int = 1) -> Course:
    """A share of each week's answers, given the chance of one."""
    sizes = [times * SIZES[i % len(SIZES)] for i in range(weeks)]
    return made([wilson(int(random.binomial(n, chance(i))), n).scaled(100) for i, n in enumerate(sizes)])


def counts(random: np.random.Generator, rate: Callable[[int], float], weeks: int = 104) -> Course:
    """A count a week, given the rate."""
    return made([poisson(int(random.poisson(rate(i)))) for i in range(weeks)], _count)


def watch(metric: str = "csat", **more: object) -> Watch:
    """A watch that begins after a year."""
    return Watch("one", METRICS[metric], since=week(52), **more)  # type: ignore[arg-type]
