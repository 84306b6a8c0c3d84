"""From touchpoint over journey to relationship: what an hour less of waiting goes with at the far end."""

from __future__ import annotations

from collections.abc import Callable
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
        standardized: The same in standard deviations of both.
        r2: Share of each construct's variance that goes with those before it, in the model's order; 0 for the first.
        weights: How much each indicator counts in its construct, in the model's order.
        means: Each construct's mean.
        n: Rows.
        effective: Kish's effective number of rows.
        blocks: Blocks of customers that the intervals are drawn from.
    """

    model: PathModel
    effects: tuple[Effect, ...]
    standardized: tuple[Effect, ...]
    r2: tuple[Estimate, ...]
    weights: tuple[float, ...]
    means: tuple[float, ...]
    n: float
    effective: float
    blocks: int

    def effect(self, source: str, target: str, *, standardized: bool = False) -> Effect:
        """The effect of one construct on another that it leads to."""
        every = self.standardized if standardized else self.effects
        return next(effect for effect in every if (effect.source, effect.target) == (source, target))


@dataclass(frozen=True, eq=False)
class _Fit:
    """Coefficients of one sample or of a stack of them: (…, m, m) but for the weights and R²."""

    weights: Floats
    direct: Floats
    deviation: Floats
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
    stack = blocks.of(model.indicators)
    whole, drawn = stack.total(), stack.resampled(samples, seed)
    fit, fits = (_fit(moments, model, outer, scaled=scaled, scheme=scheme) for moments in (whole, drawn))

    def sure(value: float, values: Floats) -> Estimate:
        return interval(value, values, float(whole.n), stack.blocks, confidence)

    natural, natural_drawn = (_in_units(each) for each in (fit, fits))
    return Chain(
        model=model,
        effects=_effects(model, natural, natural_drawn, sure),
        standardized=_effects(model, fit.direct, fits.direct, sure),
        r2=tuple(sure(float(fit.r2[at]), fits.r2[:, at]) for at in range(len(model.names))),
        weights=tuple(float(weight) for weight in fit.weights.sum(axis=-1)),
        means=tuple(float(mean) for mean in whole.mean @ fit.weights),
        n=float(whole.n),
        effective=float(whole.effective),
        blocks=stack.blocks,
    )


def _fit(moments: Moments, model: PathModel, outer: Outer, *, scaled: bool, scheme: Scheme) -> _Fit:
    covariance = moments.covariance
    if outer == "pls":
        weights = pls_weights(model, covariance, scaled=scaled, scheme=scheme)
    else:
        weights = unit_weights(model, covariance, scaled=scaled)
    of_constructs = composite_covariance(weights, covariance)
    r = correlation(of_constructs)
    direct = direct_effects(model.arrows, r)
    deviation = np.sqrt(np.diagonal(of_constructs, axis1=-2, axis2=-1))
    return _Fit(weights, direct, deviation, explained_by_paths(direct, r))


def _in_units(fit: _Fit) -> Floats:
    """Direct effects in units of the target per unit of the source."""
    source, target = fit.deviation[..., :, None], fit.deviation[..., None, :]
    above = fit.direct * target
    return np.divide(above, source, out=np.zeros_like(above), where=source > 0)


def _effects(
    model: PathModel, direct: Floats, drawn: Floats, sure: Callable[[float, Floats], Estimate]
) -> tuple[Effect, ...]:
    """The effects of every construct on those that it leads to, from all rows and from the samples."""
    totals, totals_drawn = total_effects(direct), total_effects(drawn)

    def one(source: str, target: str) -> Effect:
        at = (model.names.index(source), model.names.index(target))
        straight, every, those = direct[at], totals[at], totals_drawn[:, *at]
        return Effect(
            source,
            target,
            direct=sure(float(straight), drawn[:, *at]),
            indirect=sure(float(every - straight), those - drawn[:, *at]),
            total=sure(float(every), those),
        )

    return tuple(one(*pair) for pair in model.reaches())
