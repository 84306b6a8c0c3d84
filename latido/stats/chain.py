"""From touchpoint over journey to relationship: what an hour less of waiting goes with at the far end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from latido.stats.bootstrap import interval
from latido.stats.composites import Scheme, composite_covariance, pls_weights, unit_weights
from latido.stats.estimate import Estimate
from latido.stats.moments import Floats, Moments, correlation
from latido.stats.path_model import PathModel, direct_effects, explained_by_paths, total_effects

Outer = Literal["unit", "pls"]


@dataclass(frozen=True)
class Effect:
    """What one construct's change goes with in another. Association, not cause.

    Attributes:
        source: Whose change.
        target: Where it shows.
        direct: By the path between them, if there is one (else 0).
        indirect: Over the constructs between them: the sum over all ways of the product along each.
        total: Both together.
    """

    source: str
    target: str
    direct: Estimate
    indirect: Estimate
    total: Estimate

    def worth(self, change: float) -> Estimate:
        """What a change of the source goes with: `worth(-1)` is one hour less of what is in hours."""
        return self.total.scaled(change)


@dataclass(frozen=True)
class Chain:
    """The paths of a model, estimated.

    Attributes:
        model: Constructs and paths.
        effects: Of every construct on every one that it leads to, in units of the target per unit of the
            source.
        standardized: The same in standard deviations of both, each path's those of its own rows.
        by_indicator: What one unit more of an indicator goes with in a construct that its own leads to.
        r2: Share of each construct's variance that goes with those before it, in the model's order; 0 for the first.
        weights: How much each indicator counts in its construct, in the model's order.
        means: Each construct's mean.
        rows: How many rows each construct's paths were estimated from, in the model's order; 0 for the first.
        n: Rows, of the path with the fewest.
        effective: Kish's effective number of rows, of the path with the fewest.
        blocks: Blocks of customers that the intervals are drawn from.
    """

    model: PathModel
    effects: tuple[Effect, ...]
    standardized: tuple[Effect, ...]
    by_indicator: Mapping[tuple[str, str], Estimate]
    r2: tuple[Estimate, ...]
    weights: tuple[float, ...]
    means: tuple[float, ...]
    rows: tuple[float, ...]
    n: float
    effective: float
    blocks: int

    def effect(self, source: str, target: str, *, standardized: bool = False) -> Effect:
        """The effect of one construct on another that it leads to."""
        every = self.standardized if standardized else self.effects
        return next(effect for effect in every if (effect.source, effect.target) == (source, target))


@dataclass(frozen=True, eq=False)
class _Fit:
    """Coefficients of one sample or of a stack of them.

    Attributes:
        weights: Of indicators (rows) in constructs, (…, k, m).
        direct: In units of the target per unit of the source, (…, m, m).
        standardized: In standard deviations, (…, m, m).
        r2: (…, m).
    """

    weights: Floats
    direct: Floats
    standardized: Floats
    r2: Floats


def chain(
    blocks: Moments,
    model: PathModel,
    outer: Outer = "unit",
    *,
    scaled: bool = False,
    scheme: Scheme = "centroid",
    samples: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
) -> Chain:
    """The chain from the indicators' moments by block, with bootstrap intervals.

    Every construct is a weighted sum of its indicators and is regressed on those that lead to it;
    direct effects multiply along a way and add up over ways. The intervals come from drawing blocks
    of customers again; in each sample everything, the weights too, is estimated anew.

    Args:
        blocks: A stack with one entry a block, of all indicators (and more).
        model: Constructs and paths.
        outer: Equal weights (`unit`), or those of partial least squares (`pls`).
        scaled: Give indicators variance 1 first, where those of one construct come in different units.
        scheme: Of partial least squares.
        samples: Bootstrap samples.
        seed: Of the samples.
        confidence: Coverage claimed.

    Raises:
        NotConvergedError: Partial least squares found no weights.
    """
    links = dict.fromkeys(model.names, blocks)
    more = {"scheme": scheme, "samples": samples, "seed": seed, "confidence": confidence}
    return chain_of_links(links, model, outer, scaled=model.names if scaled else (), **more)  # type: ignore[arg-type]


def chain_of_links(
    links: Mapping[str, Moments],
    model: PathModel,
    outer: Outer = "unit",
    *,
    scaled: Collection[str] = (),
    scheme: Scheme = "centroid",
    samples: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
) -> Chain:
    """The chain where no row knows everything: every construct's regression from the rows that know its variables.

    Who rated the effort was seldom asked for a recommendation, and who left came later. So each
    construct with what leads to it has rows of its own; the coefficients are carried over from one to
    the next, which is right where a path is the same in all of them (answers missing at random, given
    what leads to them). All links draw the same blocks, so that what customers have in common in several
    of them widens the intervals as it should.

    Args:
        links: Construct → a stack of the moments of its indicators and of those that lead to it. All
            stacks have the same blocks, each customer in the same one.
        model: Constructs and paths; every construct stands in some link.
        outer: Equal weights (`unit`), or those of partial least squares (`pls`).
        scaled: Constructs whose indicators get variance 1 first (partial least squares: all, if any).
        scheme: Of partial least squares.
        samples: Bootstrap samples.
        seed: Of the samples.
        confidence: Coverage claimed.

    Raises:
        NotConvergedError: Partial least squares found no weights.

    Source: Shipley (2009), Ecology 90:363 (a path model as its separate regressions).
    """
    stacks = _by_size(links, model)
    wholes = {target: stack.total() for target, stack in stacks.items()}
    drawn = {target: stack.resampled(samples, seed) for target, stack in stacks.items()}
    fit, fits = (_fit(each, model, outer, scaled=scaled, scheme=scheme) for each in (wholes, drawn))
    led = {target: wholes[target] for target in stacks if len(_among(model, target)) > 1} or wholes
    rows = tuple(float(led[name].n) if name in led else 0.0 for name in model.names)
    fewest = min(led.values(), key=lambda moments: float(moments.n))
    blocks = min(stacks[target].blocks for target in led)

    def sure(value: float, values: Floats, n: float = float(fewest.n)) -> Estimate:
        return interval(value, values, n, blocks, confidence)

    return Chain(
        model=model,
        effects=_effects(model, fit.direct, fits.direct, sure, rows),
        standardized=_effects(model, fit.standardized, fits.standardized, sure, rows),
        by_indicator=_by_indicator(model, fit, fits, sure, rows),
        r2=tuple(sure(float(fit.r2[at]), fits.r2[:, at], rows[at]) for at in range(len(model.names))),
        weights=tuple(float(weight) for weight in fit.weights.sum(axis=-1)),
        means=_means(wholes, model, fit.weights),
        rows=rows,
        n=float(fewest.n),
        effective=min(float(moments.effective) for moments in led.values()),
        blocks=blocks,
    )


def _by_size(links: Mapping[str, Moments], model: PathModel) -> dict[str, Moments]:
    """Each link's indicators and no others, the link with the most rows last."""
    by = {construct.name: construct.indicators for construct in model.constructs}
    stacks = {
        target: stack.of([name for at in _among(model, target) for name in by[model.names[at]]])
        for target, stack in links.items()
    }
    return dict(sorted(stacks.items(), key=lambda link: float(link[1].n.sum())))


def _among(model: PathModel, target: str) -> list[int]:
    """A construct and those that lead to it."""
    at = model.names.index(target)
    return [at, *map(int, np.flatnonzero(model.arrows[:, at]))]


def _fit(
    links: Mapping[str, Moments], model: PathModel, outer: Outer, *, scaled: Collection[str], scheme: Scheme
) -> _Fit:
    weights = _weights(_joined(links, model), model, outer, scaled=scaled, scheme=scheme)
    size = len(model.names)
    standardized = np.zeros((*weights.shape[:-2], size, size))
    direct, r2 = np.zeros_like(standardized), np.zeros(standardized.shape[:-1])
    for target, moments in links.items():
        first, *others = among = _among(model, target)
        ours = weights[..., [model.indicators.index(name) for name in moments.names], :][..., among]
        covariance = composite_covariance(ours, moments.covariance)
        r = correlation(covariance)
        paths = direct_effects(_into_first(len(among)), r)
        deviation = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
        standardized[..., others, first] = paths[..., 1:, 0]
        direct[..., others, first] = _over(paths[..., 1:, 0] * deviation[..., :1], deviation[..., 1:])
        r2[..., first] = explained_by_paths(paths, r)[..., 0]
    return _Fit(weights, direct, standardized, r2)


def _joined(links: Mapping[str, Moments], model: PathModel) -> Floats:
    """Covariances of the indicators, each pair from the link that knows most rows of both; 0 where none does."""
    known = next(iter(links.values())).covariance
    size = len(model.indicators)
    found = np.zeros((*known.shape[:-2], size, size))
    for moments in links.values():
        at = [model.indicators.index(name) for name in moments.names]
        found[..., np.array(at)[:, None], at] = moments.covariance
    return found


def _weights(covariance: Floats, model: PathModel, outer: Outer, *, scaled: Collection[str], scheme: Scheme) -> Floats:
    if outer == "pls":
        return pls_weights(model, covariance, scaled=bool(scaled), scheme=scheme)
    plain, level = (unit_weights(model, covariance, scaled=each) for each in (False, True))
    return np.where([name in scaled for name in model.names], level, plain)


def _into_first(size: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Paths from all others to the first."""
    arrows = np.zeros((size, size), dtype=bool)
    arrows[1:, 0] = True
    return arrows


def _means(wholes: Mapping[str, Moments], model: PathModel, weights: Floats) -> tuple[float, ...]:
    """The constructs' means, where most rows know them."""
    mean = np.zeros(len(model.indicators))
    for moments in wholes.values():
        mean[[model.indicators.index(name) for name in moments.names]] = moments.mean
    return tuple(float(value) for value in mean @ weights)


def _effects(
    model: PathModel, direct: Floats, drawn: Floats, sure: Callable[..., Estimate], rows: tuple[float, ...]
) -> tuple[Effect, ...]:
    """The effects of every construct on those that it leads to, from all rows and from the samples."""
    totals, totals_drawn = total_effects(direct), total_effects(drawn)

    def one(source: str, target: str) -> Effect:
        at = (model.names.index(source), model.names.index(target))
        straight, every, those = direct[at], totals[at], totals_drawn[:, *at]
        least = _least(model, rows, source, target)
        return Effect(
            source,
            target,
            direct=sure(float(straight), drawn[:, *at], rows[at[1]]),
            indirect=sure(float(every - straight), those - drawn[:, *at], least),
            total=sure(float(every), those, least),
        )

    return tuple(one(*pair) for pair in model.reaches())


def _least(model: PathModel, rows: tuple[float, ...], source: str, target: str) -> float:
    """The fewest rows of a construct on the way from one to another."""
    ways = {*model.reaches(), *((name, name) for name in model.names)}
    on = [name for name in model.names if name != source and (source, name) in ways and (name, target) in ways]
    return min(rows[model.names.index(name)] for name in on)


def _by_indicator(
    model: PathModel, fit: _Fit, fits: _Fit, sure: Callable[..., Estimate], rows: tuple[float, ...]
) -> dict[tuple[str, str], Estimate]:
    """What one unit more of an indicator goes with: its weight times what its construct goes with."""
    whole, drawn = fit.weights @ total_effects(fit.direct), fits.weights @ total_effects(fits.direct)
    of = {name: construct.name for construct in model.constructs for name in construct.indicators}
    reaches = set(model.reaches())
    return {
        (name, target): sure(float(whole[i, j]), drawn[:, i, j], _least(model, rows, of[name], target))
        for i, name in enumerate(model.indicators)
        for j, target in enumerate(model.names)
        if (of[name], target) in reaches
    }


def _over(above: Floats, below: Floats) -> Floats:
    """`above / below`; 0 where what is below does not vary."""
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0), dtype=np.float64)
