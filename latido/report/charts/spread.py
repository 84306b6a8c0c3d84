"""How figures come about: how often each score was given, how many waited how long."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from latido.i18n import Message, _, duration, number
from latido.metrics.present import quantity
from latido.report.charts.chart import Chart, Json, Tone, plain
from latido.stats.survival import SurvivalCurve

MINUTE, HOUR, DAY = 60, 3600, 86400
EDGES = (
    *(0, 5, 15, 30),
    *(n * MINUTE for n in (1, 2, 4, 8, 15, 30)),
    *(n * HOUR for n in (1, 2, 4, 8, 16)),
    *(n * DAY for n in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)),
)
MOST_SCORES = 21

ToneOf = Callable[[float], Tone]


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram."""

    label: str
    n: float
    tone: Tone = "plain"
    href: str | None = None


def promoter_tone(score: float) -> Tone:
    """Detractors, passives and promoters, as the net promoter score reads them."""
    return "bad" if score <= 6 else "neutral" if score <= 8 else "good"


def distribution(
    scores: Mapping[float, float],
    label: Message | str = "",
    *,
    tone: ToneOf | None = None,
    link: Callable[[float], str | None] | None = None,
    least: float | None = None,
    most: float | None = None,
) -> Chart:
    """How often each score was given.

    Args:
        scores: Score → how many gave it.
        label: The metric.
        tone: What a score means; `promoter_tone` for 0 to 10.
        link: Gives the address of the answers with a score.
        least: The lowest score that can be given; else the lowest that was.
        most: The highest.
    """
    known = _filled(scores, least, most)
    bins = [Bin(number(s), n, tone(s) if tone else "plain", link(s) if link else None) for s, n in known.items()]
    return _chart(bins, [], [], str(label))


def _filled(scores: Mapping[float, float], least: float | None, most: float | None) -> dict[float, float]:
    """Whole scores with those that nobody gave; where scores are fractions, by halves of a point."""
    if not scores:
        return {}
    whole = all(float(s).is_integer() for s in scores) and max(scores) - min(scores) < MOST_SCORES
    step = 1.0 if whole else _step(max(scores) - min(scores))
    first = min(scores) if least is None else min(least, *scores)
    last = max(scores) if most is None else max(most, *scores)
    found = {round(k * step, 9): 0.0 for k in range(math.floor(first / step), math.floor(last / step) + 1)}
    for score, n in scores.items():
        found[round(math.floor(score / step) * step, 9)] += n
    return found


def _step(span: float) -> float:
    """The round width of bars that gives at most as many as can be told apart."""
    sizes = (m * 10.0**p for p in range(-2, 12) for m in (1, 2, 5))
    return next(size for size in sizes if span / size < MOST_SCORES)


def waits(curve: SurvivalCurve, label: Message | str = "", *, target: float | None = None) -> Chart:
    """How many waited how long, of those who were answered; spans of time double from bar to bar.

    Args:
        curve: From `latido.stats.survival`, in seconds.
        label: The metric.
        target: Where the median should be, in seconds.
    """
    counts = [0.0] * (len(EDGES) - 1)
    for time, ended in zip(curve.times, curve.ended, strict=True):
        counts[min(bisect_right(EDGES, float(time)) - 1, len(counts) - 1)] += float(ended)
    used = [i for i, n in enumerate(counts) if n]
    if not used:
        return _chart([], [], [], str(label))
    first, last = used[0], used[-1]
    edges = EDGES[first : last + 2]
    spans = pairwise(edges)
    bins = [Bin(f"{duration(a)} – {duration(b)}", counts[first + i]) for i, (a, b) in enumerate(spans)]
    return _chart(bins, [duration(edge) if edge else "0" for edge in edges], _marks(curve, target, edges), str(label))


def _marks(curve: SurvivalCurve, target: float | None, edges: tuple[float, ...]) -> list[Json]:
    median, aim = curve.quantile(0.5).value, math.nan if target is None else target
    told = [
        (median, _("median {value}", value=quantity(median, "s"))),
        (aim, _("target {value}", value=quantity(aim, "s"))),
    ]
    return [{"x": _place(t, edges), "label": str(text)} for t, text in told if edges[0] <= t <= edges[-1]]


def _place(time: float, edges: tuple[float, ...]) -> float:
    """Where a time lies, counted in bars, by the logarithm within its bar."""
    i = min(bisect_right(edges, time) - 1, len(edges) - 2)
    low, high = edges[i], edges[i + 1]
    share = math.log(time / low) / math.log(high / low) if low else time / high
    return i + share


def _chart(bins: list[Bin], edges: list[str], marks: list[Json], label: str) -> Chart:
    words: dict[str, Json] = {"count": str(_("how many")), "share": str(_("share"))}
    data: dict[str, Json] = {
        "label": label,
        "bins": plain(bins),
        "edges": plain(edges),
        "marks": marks,
        "words": words,
    }
    told = "; ".join(f"{one.label}: {number(one.n)}" for one in bins)
    return Chart("distribution", data, f"{label}. {told}" if told else label)
