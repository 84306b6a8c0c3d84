"""`[chain]`: which metrics measure what on the way from a contact to a customer who stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

from latido.config.values import SettingError
from latido.i18n import _

Level = Literal["touchpoint", "journey", "relationship", "outcome"]
LEVELS: tuple[Level, ...] = ("touchpoint", "journey", "relationship", "outcome")
ARROW = ">"


class Link(NamedTuple):
    """A construct that metrics measure.

    Attributes:
        level: Where it stands.
        name: Its name.
        metrics: What measures it.
    """

    level: Level
    name: str
    metrics: tuple[str, ...]


class ChainSettings(BaseModel):
    """What leads to what, from a single contact to the customer who stays; empty for the usual chain.

    Attributes:
        touchpoint: What happens in a contact: name → metrics that measure it, of single tickets.
        journey: How it was for the customer: name → metrics, of single tickets.
        relationship: What the customer thinks of the company: name → metrics, of customers.
        outcome: What comes of it: name → metrics, of customers.
        paths: What leads to what, `"waiting > effort"`; none for every contact to all of the journey, and from there
            each to the next.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    touchpoint: dict[str, tuple[str, ...]] = {}
    journey: dict[str, tuple[str, ...]] = {}
    relationship: dict[str, tuple[str, ...]] = {}
    outcome: dict[str, tuple[str, ...]] = {}
    paths: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """All constructs in the order of the flow."""
        return tuple(Link(level, name, metrics) for level in LEVELS for name, metrics in getattr(self, level).items())

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The paths, from and to; those that follow from the levels where none are declared."""
        return tuple(map(_pair, self.paths)) or tuple(dict.fromkeys(_usual(self)))

    @model_validator(mode="after")
    def _is_a_chain(self) -> ChainSettings:
        problem = next(_problems(self), None)
        if problem:
            raise problem
        return self


def _problems(chain: ChainSettings) -> Iterator[SettingError]:
    yield from _empty(chain)
    yield from _doubled(chain)
    yield from _astray(chain, [link.name for link in chain.links])


def _pair(text: str) -> tuple[str, str]:
    source, _arrow, target = text.partition(ARROW)
    return source.strip(), target.strip()


def _usual(chain: ChainSettings) -> Iterator[tuple[str, str]]:
    """From each contact to all of the journey, within the journey to the next, from its last to the relationship."""
    touchpoint, journey, relationship, outcome = (list(getattr(chain, level)) for level in LEVELS)
    first = journey or relationship or outcome
    yield from ((source, target) for target in first for source in touchpoint)
    for before, after in ((journey[-1:], relationship or outcome), (relationship, outcome)):
        yield from ((source, target) for target in after for source in before)
    yield from pairwise(journey)


def _doubled(chain: ChainSettings) -> Iterator[SettingError]:
    """Names that are there twice, and metrics that measure two things of single tickets, or of customers."""
    names = [link.name for link in chain.links]
    for name in names:
        if names.count(name) > 1:
            yield SettingError(_("“{name}” stands at two levels.", name=name), _("Give one of them another name."))
    for levels in (LEVELS[:2], LEVELS[2:]):
        metrics = [metric for link in chain.links if link.level in levels for metric in link.metrics]
        for metric in metrics:
            if metrics.count(metric) > 1:
                yield SettingError(_("{metric} measures two things.", metric=metric), _("Take it out of one of them."))


def _empty(chain: ChainSettings) -> Iterator[SettingError]:
    for link in chain.links:
        if not link.metrics:
            yield SettingError(_("“{name}” needs a metric that measures it.", name=link.name))
        if not link.name.strip() or ARROW in link.name:
            rule = _("“{name}” cannot be the name of a link of the chain.", name=link.name)
            yield SettingError(rule, _("Write a word, without “>”."))


def _astray(chain: ChainSettings, names: list[str]) -> Iterator[SettingError]:
    """Paths that are none, lead from or to nothing, or run backwards."""
    places = {name: at for at, name in enumerate(names)}
    for text in chain.paths:
        source, target = _pair(text)
        if source not in places or target not in places:
            rule = _("“{path}” leads from or to something that is not in the chain.", path=text)
            yield SettingError(rule, _("Write it as “{example}”. Known: {names}.",
                                       example="waiting > effort", names=", ".join(names) or "—"))  # fmt: skip
        elif places[source] >= places[target]:
            rule = _("“{path}” runs backwards.", path=text)
            yield SettingError(rule, _("What comes first stands first: at an earlier level, or before it in its own."))
    if len(set(map(_pair, chain.paths))) < len(chain.paths):
        yield SettingError(_("A path stands there twice."), _("Take one out."))


USUAL: Mapping[str, object] = {
    "touchpoint": {
        "waiting": ("first_reply_time", "resolution_time"),
        "handling": ("transfer_rate.times", "reopen_rate.times", "agent_touches"),
    },
    "journey": {"effort": ("ces",), "satisfaction": ("csat.score",), "recommendation": ("nps.score",)},
    "relationship": {"loyalty": ("nps.score",)},
    "outcome": {"churn": ("churn_rate",), "value": ("clv",)},
    "paths": (
        "waiting > effort", "handling > effort", "waiting > satisfaction", "handling > satisfaction",
        "effort > satisfaction", "satisfaction > recommendation", "satisfaction > loyalty", "loyalty > churn",
        "loyalty > value",
    ),
}  # fmt: skip


def usual() -> ChainSettings:
    """The chain of most companies: waiting and handling, effort, satisfaction, recommendation, who stays."""
    return ChainSettings.model_validate(USUAL)
