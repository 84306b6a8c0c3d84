"""What the workspace declares as its chain, with the metrics behind the names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from latido.config.chain import ChainSettings, Level, usual
from latido.errors import UnknownNameError, UsageError
from latido.i18n import Message, _
from latido.metrics.churn_rate import SPELLS
from latido.metrics.methods import Points
from latido.metrics.units import Variable, grain, variable
from latido.stats.path_model import Construct

TICKET, CUSTOMER = grain("ticket"), grain("customer")
OF_TICKETS: tuple[Level, ...] = ("touchpoint", "journey")
POINTS = "points"
CHURN = "churn_rate"


@dataclass(frozen=True)
class Part:
    """One construct of the chain.

    Attributes:
        name: Its name, as it is declared.
        level: Where it stands.
        variables: What measures it.
    """

    name: str
    level: Level
    variables: tuple[Variable, ...]

    @property
    def label(self) -> str:
        """Its name for people."""
        return str(LABELS.get(self.name, self.name))

    @property
    def of_tickets(self) -> bool:
        """Whether a ticket says it; else a customer does."""
        return self.level in OF_TICKETS

    @property
    def mixed(self) -> bool:
        """Whether its metrics come in different units, so that each counts in standard deviations."""
        return len({each.unit for each in self.variables}) > 1

    @property
    def points(self) -> Variable | None:
        """The same recommendation as net promoter score; None for everything else."""
        if len(self.variables) != 1 or not isinstance(self.variables[0].metric.method, Points):
            return None
        own = self.variables[0]
        text = own.name.replace(".score", "")
        return own if not own.reading else variable(text, TICKET if self.of_tickets else CUSTOMER)

    @property
    def leaves(self) -> bool:
        """Whether it is who leaves."""
        return [each.metric.name for each in self.variables] == [CHURN]

    def key(self, each: Variable) -> str:
        """The name of one of its metrics among all of the chain: a metric may be asked of tickets and of customers."""
        return f"{self.name}/{each.name}"

    def construct(self) -> Construct:
        """The same for the mathematics; metrics that run against the first one count the other way."""
        first = self.variables[0].better
        signs = tuple(-1 if first and each.better and each.better != first else 1 for each in self.variables)
        return Construct(self.name, tuple(map(self.key, self.variables)), signs)


@dataclass(frozen=True)
class Declaration:
    """A chain as it is declared.

    Attributes:
        parts: Its constructs in the order of the flow.
        paths: What leads to what.
    """

    parts: tuple[Part, ...]
    paths: tuple[tuple[str, str], ...]

    def part(self, name: str) -> Part:
        """The construct of this name."""
        return next(part for part in self.parts if part.name == name)

    def before(self, name: str) -> tuple[str, ...]:
        """What leads to a construct."""
        return tuple(source for source, target in self.paths if target == name)

    def without(self, names: Collection[str]) -> Declaration:
        """The chain without some constructs: what led to one of them leads to what it led to."""
        paths = dict.fromkeys(self.paths)
        for name in names:
            into = [source for source, target in paths if target == name]
            out = [target for source, target in paths if source == name]
            paths = {pair: None for pair in paths if name not in pair}
            paths |= {(source, target): None for source in into for target in out}
        return Declaration(tuple(part for part in self.parts if part.name not in names), tuple(paths))

    def measured_by(self, known: Mapping[str, tuple[Variable, ...]]) -> Declaration:
        """The chain with only those metrics that say something; constructs without any go."""
        parts = tuple(replace(part, variables=known[part.name]) for part in self.parts if known[part.name])
        gone = [part.name for part in self.parts if not known[part.name]]
        return replace(self, parts=parts).without(gone)


def declaration(chosen: ChainSettings) -> Declaration:
    """The chain that settings declare; the usual one where they declare none.

    Raises:
        UnknownNameError: A metric that there is none of.
        UsageError: A metric that says nothing of single rows, or not at this level.
    """
    found = chosen if chosen.links else usual()
    parts = tuple(
        Part(link.name, link.level, tuple(measure(name, link.level) for name in link.metrics)) for link in found.links
    )
    return Declaration(parts, found.pairs)


def measure(text: str, level: Level) -> Variable:
    """The metric that a text names, as it counts at a level.

    Raises:
        UnknownNameError: There is no such metric, preset or reading; names the nearest.
        UsageError: It says nothing of single rows, or not at this level.
    """
    found = variable(text, TICKET if level in OF_TICKETS else CUSTOMER)
    if found.follows and level != "outcome":
        raise UsageError(_("{metric} is what comes of the rest: it stands at the level “outcome”.", metric=text))
    if found.metric.name == CHURN and (found.preset or "") not in SPELLS:
        raise UnknownNameError.among(_("preset with dates"), found.preset or "", [name for name in SPELLS if name])
    return found


LABELS: Mapping[str, Message] = {
    "waiting": _("Waiting"),
    "handling": _("Being passed on"),
    "effort": _("Ease"),
    "satisfaction": _("Satisfaction"),
    "recommendation": _("Recommendation after a contact"),
    "loyalty": _("Recommendation of the company"),
    "churn": _("Leaving"),
    "value": _("Value"),
}
LEVEL_LABELS: Mapping[Level, Message] = {
    "touchpoint": _("The contact"),
    "journey": _("How it was"),
    "relationship": _("The relationship"),
    "outcome": _("What comes of it"),
}
