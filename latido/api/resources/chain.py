"""`/chain`: what goes with what, from a contact to who stays, and what a change would be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from latido.api.call import Asking
from latido.api.figures import Estimate, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import Filter, Name, field
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.report import chain as words
from latido.workspace import question
from latido.workspace.chains import change

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.insights.chain import Chained, Part, Path, Worth
    from latido.stats.chain import Effect
    from latido.workspace import Workspace


class Wanted(BaseModel):
    """Which chain is asked for."""

    model_config = ConfigDict(extra="forbid")

    outer: Literal["unit", "pls"] = about(
        _("How several metrics of one link are weighted: alike, or by partial least squares"), default="unit"
    )
    worth: Name | None = about(_("A change whose worth is asked for: `first_reply_time=-1h`"), default=None)
    start: Name | None = about(_("First local day: 2025-03-04, 2025-03 or 2025"), default=None)
    end: Name | None = about(_("Local day after the last one"), default=None)
    where: list[Filter] = about(
        _("Filters, all of which must hold: `channel=email,chat`, `score>=9`, `team!=Ventas`, `topic=` for none"),
        default=[], max_length=50,
    )  # fmt: skip
    calendar: Name | None = about(_("Business calendar of durations; else the workspace's"), default=None)
    as_of: Name | None = about(
        _("The data as they were: a version's number, a day (at its end) or an instant"), default=None
    )


class ChainLink(BaseModel):
    """A link of the chain."""

    name: str = about(_("Its name, as it is declared"))
    label: str = about(_("Its name, in the reader's language"))
    level: Literal["touchpoint", "journey", "relationship", "outcome"] = about(_("Where it stands"))
    metrics: list[str] = about(_("The metrics that measure it"))


class ChainPath(BaseModel):
    """An arrow."""

    source: str = about(_("Where it comes from"))
    target: str = about(_("Where it leads"))
    effect: Estimate = about(_("What one unit more of the source goes with in the target"))
    strength: Estimate = about(_("The same in standard deviations, −1 to 1"))
    holds: bool = about(_("Whether it can be told from zero"))
    sentence: str = about(_("In words"))


class ChainEffect(BaseModel):
    """What one link goes with in another, near or far."""

    source: str = about(_("Whose change"))
    target: str = about(_("Where it shows"))
    direct: Estimate = about(_("Straight"))
    indirect: Estimate = about(_("Over others"))
    total: Estimate = about(_("Both together"))


class ChainGain(BaseModel):
    """What a change goes with in one link."""

    target: str = about(_("Which link"))
    unit: str = about(_("In which unit: `points` of the net promoter score, `%`, …"))
    effect: Estimate = about(_("By how much it is higher"))
    holds: bool = about(_("Whether it can be told from zero"))


class ChainWorth(BaseModel):
    """What a change of one metric goes with."""

    metric: str = about(_("The metric"))
    change: float = about(_("By how much it changes; a wait not by more than there is"))
    unit: str = about(_("The unit of the change"))
    present: float | None = about(_("Median of a wait in hours, from which the change is counted"))
    gains: list[ChainGain] = about(_("What it goes with, the nearest first"))
    kept: Estimate | None = about(_("Customers kept of 1,000 that wrote, in half a year"))
    customers: int = about(_("How many customers wrote in the last half-year"))
    sentence: str = about(_("In words"))


class ChainFound(BaseModel):
    """The chain. Association, not cause."""

    links: list[ChainLink] = about(_("Its links, in the order of the flow"))
    missing: list[str] = about(_("Links that nothing in the data measures: what led to them leads past them"))
    left_out: list[list[str]] = about(_("Paths that too few rows know"))
    paths: list[ChainPath] = about(_("Its arrows"))
    effects: list[ChainEffect] = about(_("Direct, indirect and total effects of every link on all it leads to"))
    worth: ChainWorth | None = about(_("What the change goes with that was asked for"))
    remarks: list[str] = about(_("What it rests on, in words"))
    version: int = about(_("The version of the data"))


def chain(call: Asking, said: Annotated[Wanted, Query()]) -> ChainFound:
    """The chain, and what a change would be worth."""
    with field("as_of"):
        version = call.answers.version(said.as_of)
    with field("worth"):
        wanted = change(said.worth) if said.worth else None
    call.tag(said, version)
    found = _found(call, said, version)
    with field("worth"):
        worth = found.worth(*wanted) if wanted else None
    return ChainFound(
        links=[_link(part) for part in found.used.parts], missing=[part.name for part in found.missing],
        left_out=[list(pair) for pair in found.left], paths=[_path(path) for path in found.paths],
        effects=[_effect(effect) for effect in found.effects], worth=_worth(worth) if worth else None,
        remarks=words.remarks(found), version=version,
    )  # fmt: skip


def _found(call: Call, said: Wanted, version: int) -> Chained:
    with field("start"):
        first, last = question.span(said.start, said.end)
    if said.calendar and said.calendar not in call.workspace.calendars:
        with field("calendar"):
            raise UnknownNameError.among(_("calendar"), said.calendar, call.workspace.calendars)
    teams = call.asker.teams
    with field("where"):
        where = [*said.where, *([f"team={','.join(map(_quoted, teams))}"] if teams else [])]
        question.conditions(where)

    def compute(workspace: Workspace) -> Chained:
        return workspace.chain(said.outer, start=first, end=last, where=where, calendar=said.calendar, as_of=version)

    key = ("chain", said.outer, first, last, tuple(where), said.calendar, version,
           call.workspace.config.chain.model_dump_json())  # fmt: skip
    found: Chained = call.answers.begun(key, compute, patience=None).result()
    return found


def _quoted(team: str) -> str:
    return '"' + team.replace('"', '""') + '"'


def _link(part: Part) -> ChainLink:
    return ChainLink(
        name=part.name, label=part.label, level=part.level, metrics=[each.name for each in part.variables]
    )  # fmt: skip


def _path(path: Path) -> ChainPath:
    return ChainPath(
        source=path.source.name, target=path.target.name, effect=estimate(path.effect),
        strength=estimate(path.strength), holds=path.holds, sentence=words.arrow(path),
    )  # fmt: skip


def _effect(effect: Effect) -> ChainEffect:
    parts = {name: estimate(getattr(effect, name)) for name in ("direct", "indirect", "total")}
    return ChainEffect(source=effect.source, target=effect.target, **parts)


def _worth(worth: Worth) -> ChainWorth:
    gains = [ChainGain(target=gain.part.name, unit=gain.unit, effect=estimate(gain.effect), holds=gain.holds)
             for gain in worth.gains]  # fmt: skip
    return ChainWorth(
        metric=worth.name, change=worth.change, unit=worth.unit, present=worth.present, gains=gains,
        kept=estimate(worth.kept.effect) if worth.kept else None, customers=worth.wrote, sentence=words.answer(worth),
    )  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/chain", chain, "read", FIGURES,
        _("The chain"),
        _("What goes with what from a contact to a customer who stays, as the settings declare it, each link from the "
          "rows that know it; and what a change would be worth. It is association, not cause. The arguments are those "
          "of `Workspace.chain` and of “latido chain”. A lead sees the chain of their teams only."),
        ChainFound, errors=(400,), tagged=True, example="/chain?worth=first_reply_time=-1h",
    ),
)  # fmt: skip
