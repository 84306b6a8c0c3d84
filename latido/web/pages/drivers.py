"""Drivers: what an outcome goes with, where to begin, what if, and where it is otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import Message, _
from latido.metrics.names import dimension_name
from latido.metrics.units import offered, variable
from latido.report.drivers import (
    ASSOCIATION,
    differences,
    expectations,
    grid,
    headline,
    name,
    notes,
    premise,
    unit_name,
)
from latido.report.drivers_drawn import bars, layouts, level_said, quarters
from latido.web.bar import bar
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.render import link
from latido.web.take import KINDS, download
from latido.web.underway import computed
from latido.web.view import DIMENSIONS, last_day

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.insights.drivers import Explained, Ranked
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask
    from latido.workspace import Workspace

PATH = "/drivers"
IF = "if."  # before the name of a driver that might be otherwise
OUTCOMES = (
    "ces", "csat.score", "nps.score@transactional", "nps.score@relationship", "recommendation_rate",
    "first_contact_resolution", "churn_rate", "clv",
)  # fmt: skip
OFFERED = (
    "first_reply_time", "next_reply_time", "resolution_time", "requester_wait_time", "on_hold_time",
    "transfer_rate.times", "reopen_rate.times", "agent_touches", "sla_attainment", "ces", "csat.score",
    "nps.score", "ticket_volume",
)  # fmt: skip
GRAINS: Mapping[str, Message] = {
    "": _("as it fits"), "ticket": _("a ticket"), "customer": _("a customer"),
    "team_week": _("a team and week"),
}  # fmt: skip
RULES: Mapping[str, Message] = {"complete": _("left out"), "mean": _("set to its mean")}


class Option(NamedTuple):
    """Something that can be chosen."""

    value: str
    label: str
    chosen: bool


class Dial(NamedTuple):
    """A driver that might be otherwise."""

    field: str
    label: str
    unit: str
    value: str


@dataclass(frozen=True)
class Wanted:
    """What the address asks for.

    Attributes:
        outcome: What is to be explained.
        drivers: With what; none for the usual ones.
        grain: What one row is; empty for the one that fits.
        missing: What becomes of rows in which a driver is not known.
        by: The dimension by whose values drivers are compared; empty for none.
        changes: Driver → what stands in its field.
        span: The days.
    """

    outcome: str
    drivers: tuple[str, ...]
    grain: str
    missing: str
    by: str
    changes: tuple[tuple[str, str], ...]
    span: Period | None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What of the address belongs to this page."""
        rule = "" if self.missing == "complete" else self.missing
        chosen = [("outcome", self.outcome), ("grain", self.grain), ("missing", rule), ("by", self.by)]
        return [
            *((field, value) for field, value in chosen if value),
            *(("of", text) for text in self.drivers),
            *((IF + text, value) for text, value in self.changes),
        ]

    @property
    def what_if(self) -> dict[str, float]:
        """The changes as numbers; what is none is not asked about."""
        return {text: by for text, value in self.changes if (by := _number(value))}


def show(ask: Ask) -> Response:
    """The page."""
    there = _there(ask)
    outcomes = _outcomes(there)
    if not outcomes:
        return ask.page("drivers.html", any=False, view=ask.view)
    wanted = _wanted(ask, outcomes, there)
    frame = _frame(ask, wanted, outcomes, there)
    try:
        found = computed(ask, _compute(ask, wanted), *_key(ask, wanted))
    except LatidoError as error:
        return ask.page("drivers.html", error=error, **frame)
    if found is None:
        return ask.page("drivers.html", **frame)
    return ask.page("drivers.html", **(frame | _shown(wanted, found, frame["choices"])))


def export(ask: Ask) -> Response:
    """The drivers as a file."""
    ask.view.insist()
    there = _there(ask)
    if not (outcomes := _outcomes(there)):
        raise UsageError(_("There is nothing to compare yet."), _("Import something first: “latido import --help”."))
    wanted = _wanted(ask, outcomes, there)
    key = (*_key(ask, wanted), ask.answers.version())
    found = ask.answers.begun(key, _compute(ask, wanted), patience=None).result()
    record(ask.state, ask.asker, ask.request, "drivers.exported", wanted.outcome)
    body = found.to_pandas().to_csv(index=False).encode("utf-8-sig")
    return download(body, "drivers.csv", KINDS["csv"])


def _there(ask: Ask) -> dict[str, Metric]:
    """The metrics that can be put side by side and that there are data for; of a lead those that know teams."""
    return {metric.name: metric for metric in offered() if has_rows(ask, metric) and not ask.not_by(metric)}


def _outcomes(there: Mapping[str, Metric]) -> list[str]:
    return [text for text in OUTCOMES if text.partition(".")[0].partition("@")[0] in there]


def _wanted(ask: Ask, outcomes: Sequence[str], there: Mapping[str, Metric]) -> Wanted:
    query = ask.query
    outcome = query.get("outcome", "").strip() or outcomes[0]
    changes = tuple((field[len(IF) :], value) for field, value in query.multi_items() if field.startswith(IF) and value)
    return Wanted(
        outcome, tuple(dict.fromkeys(text for text in query.getlist("of") if text)), query.get("grain", ""),
        query.get("missing", "complete"), query.get("by", ""), changes, _span(ask, outcome, there),
    )  # fmt: skip


def _span(ask: Ask, outcome: str, there: Mapping[str, Metric]) -> Period | None:
    """The days; of what is known only after a long time all of them, unless days are given."""
    metric = there.get(outcome.partition(".")[0].partition("@")[0])
    view = ask.view
    long = metric is None or metric.long_run or metric.time is None
    if long and not (view.start or view.end):
        return None
    last = last_day(ask.answers, metric) if metric else None
    return view.span(last) if last else None


def _key(ask: Ask, wanted: Wanted) -> tuple[object, ...]:
    return ("drivers", *wanted.pairs, wanted.span, ask.view.filters, ask.view.calendar)


def _compute(ask: Ask, wanted: Wanted) -> Callable[[Workspace], Explained]:
    view, version, span = ask.view, ask.answers.version(), wanted.span

    def compute(workspace: Workspace) -> Explained:
        return workspace.drivers(
            wanted.outcome, wanted.drivers, grain=wanted.grain or None, by=wanted.by or None,
            what_if=wanted.what_if, missing=wanted.missing, start=span.start if span else None,
            end=span.end if span else None, where=view.filters, calendar=view.calendar or None, as_of=version,
        )  # fmt: skip

    return compute


def _frame(ask: Ask, wanted: Wanted, outcomes: Sequence[str], there: Mapping[str, Metric]) -> dict[str, Any]:
    """What surrounds the result."""
    shown = there.get(wanted.outcome.partition(".")[0].partition("@")[0])
    named = [*outcomes, *([wanted.outcome] if wanted.outcome not in outcomes else [])]
    dimensions = ask.answers.dimensions(shown) if shown else []
    return {
        "any": True, "view": ask.view, "wanted": wanted, "address": link(PATH, ask.view.pairs, wanted.pairs),
        "bar": replace(bar(ask, [shown] if shown else []), comparisons=()),
        "outcomes": [Option(text, _called(text), text == wanted.outcome) for text in named],
        "choices": _choices(wanted, there),
        "grains": [Option(value, str(label), value == wanted.grain) for value, label in GRAINS.items()],
        "rules": [Option(value, str(label), value == wanted.missing) for value, label in RULES.items()],
        "dimensions": [Option(d, dimension_name(d), d == wanted.by) for d in DIMENSIONS if d in dimensions],
        "exported": link(f"{PATH}/export.csv", ask.view.pairs, wanted.pairs),
        "association": ASSOCIATION,
    }  # fmt: skip


def _choices(wanted: Wanted, there: Mapping[str, Metric]) -> list[Option]:
    """The drivers to choose from; those that were chosen by hand, too."""
    usual = [text for text in OFFERED if text.partition(".")[0] in there]
    named = [*usual, *(text for text in wanted.drivers if text not in usual)]
    return [Option(text, _called(text), text in wanted.drivers) for text in named if text != wanted.outcome]


def _called(text: str) -> str:
    """A column for people; what is none as it was typed."""
    try:
        return name(variable(text))
    except LatidoError:
        return text


def _shown(wanted: Wanted, found: Explained, choices: Sequence[Option]) -> dict[str, Any]:
    """The result."""
    taken = {each.variable.name for each in found.ranked}
    known = {option.value for option in choices}
    more = [each.variable for each in found.ranked if each.variable.name not in known]
    return {
        "found": found,
        "choices": [
            *(option._replace(chosen=option.value in taken) for option in choices),
            *(Option(each.name, name(each), chosen=True) for each in more),
        ],
        "headline": headline(found),
        "bars": bars(found),
        "layouts": layouts(found),
        "quarters": quarters(found),
        "levels": {rank: level_said(each) for rank, each in enumerate(found.ranked, 1)},
        "grid": replace(grid(found), notes=()),
        "notes": notes(found),
        "dials": [_dial(wanted, each) for each in found.ranked],
        "premise": premise(found, found.what_if) if found.what_if else "",
        "expected": expectations(found),
        "cleared": [pair for pair in wanted.pairs if not pair[0].startswith(IF)],
        "differences": differences(found),
    }


def _dial(wanted: Wanted, each: Ranked) -> Dial:
    hours = each.variable.unit == "doublings"
    text = each.variable.name + (".hours" if hours else "")
    unit = unit_name("h" if hours else each.variable.unit)
    return Dial(IF + text, name(each.variable), unit, dict(wanted.changes).get(text, ""))


def _number(text: str) -> float:
    """What somebody typed, with a comma or a point; 0 for what is no number."""
    try:
        return float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return 0.0


ROUTES = (Page(PATH, show, right="read"), Page(f"{PATH}/export.csv", export, right="export"))
