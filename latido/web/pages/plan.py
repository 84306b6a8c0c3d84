"""Plan: how many values it takes by group and period, and what the present ones show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import LatidoError
from latido.i18n import Message, _, percent
from latido.insights.plan.yardstick import plannable
from latido.metrics.catalog import METRICS
from latido.metrics.present import NOTHING, unit_label
from latido.report.plan import PER, grid, sentences
from latido.web.bar import bar
from latido.web.groups import splits
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.render import link
from latido.web.underway import computed
from latido.web.view import asked
from latido.workspace.planned import amount

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.insights.plan import Need, Plan
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask
    from latido.workspace import Workspace

PATH = "/plan"
FIRST = "nps"
KINDS: dict[str, Message] = {
    "change": _("a change from one period to the next"),
    "survey": _("a figure, to within so much"),
    "test": _("two groups side by side"),
    "target": _("whether the target is reached"),
}
PERIODS = ("week", "month", "quarter", "year")
USUAL = {"points": "5", "%": "5", "scale points": "0.2", "s": "30min"}
POWERS, LEVELS = ("0.8", "0.9", "0.95"), ("0.1", "0.05", "0.01")
_FIELDS = ("metric", "kind", "size", "by", "period", "share", "power", "level", "people")


class Option(NamedTuple):
    """Something to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, as it was typed.

    Attributes:
        metric: The metric.
        kind: One of `KINDS`.
        size: The difference or margin, as typed.
        by: The dimension; empty for none.
        period: One of `PERIODS`.
        share: Per cent of a test's values in the first group.
        power: Chance of seeing the difference.
        level: Chance of seeing one where there is none.
        people: `customers` where the question is about these customers and no others.
    """

    metric: Metric
    kind: str
    size: str
    by: str
    period: str
    share: str
    power: str
    level: str
    people: str

    def asks(self) -> dict[str, Any]:
        """The arguments of `Workspace.plan`.

        Raises:
            UsageError: A field that is no number.
        """
        size = amount(self.size.replace(",", ".")) if self.size else None
        name = {"survey": "margin", "target": "goal"}.get(self.kind, "difference")
        own = {name: "target" if self.kind == "target" else size}
        test = {"share": amount(self.share.replace(",", ".")) / 100} if self.kind == "test" else {}
        return {**own, **test, "by": self.by or None, "period": self.period, "power": float(self.power),
                "level": float(self.level), "population": "customers" if self.people else None}  # fmt: skip


def show(ask: Ask) -> Response:
    """The page."""
    there = [m for m in METRICS.values() if plannable(m) and not m.long_run and has_rows(ask, m) and not ask.not_by(m)]
    if not there:
        return ask.page("plan.html", any=False, view=ask.view)
    wanted = _wanted(ask, there)
    found: Plan | None = None
    error: LatidoError | None = None
    try:
        found = _found(ask, wanted)
    except LatidoError as wrong:
        error = wrong
    shown = {**_frame(ask, wanted, there), **(_told(found) if found else {})}
    narrowed = replace(bar(ask, [wanted.metric]), comparisons=())  # nothing is compared with what was before
    return ask.page("plan.html", 422 if error else 200, any=True, view=ask.view, bar=narrowed, error=error,
                    found=found, **shown)  # fmt: skip


def _found(ask: Ask, wanted: Wanted) -> Plan | None:
    """The plan; None while it is underway."""
    query = asked(ask.answers, ask.view, wanted.metric)
    version, filters, asks = ask.answers.version(), ask.view.filters, wanted.asks()
    start, end = (query.start, query.end) if query else (None, None)

    def compute(workspace: Workspace) -> Plan:
        return workspace.plan(wanted.metric.name, start=start, end=end, where=filters, as_of=version,
                              calendar=ask.view.calendar or None, **asks)  # fmt: skip

    key = (wanted.metric.name, *asks.items(), start, end, filters, ask.view.calendar)
    return computed(ask, compute, "plan", *key)


def _wanted(ask: Ask, there: Sequence[Metric]) -> Wanted:
    said = {name: ask.query.get(name, "").strip() for name in _FIELDS}
    names = {metric.name: metric for metric in there}
    metric = names.get(said["metric"]) or names.get(FIRST) or there[0]
    usual = "" if "size" in ask.query else USUAL.get(metric.unit, "")
    return Wanted(
        metric=metric,
        kind=said["kind"] if said["kind"] in KINDS else "change",
        size=said["size"] or usual,
        by=said["by"] if said["by"] in ask.answers.dimensions(metric) else "",
        period=said["period"] if said["period"] in PERIODS else "month",
        share=said["share"] or "50",
        power=said["power"] if said["power"] in POWERS else POWERS[0],
        level=said["level"] if said["level"] in LEVELS else LEVELS[1],
        people=said["people"],
    )


def _frame(ask: Ask, wanted: Wanted, there: Sequence[Metric]) -> dict[str, Any]:
    """The form, with what is chosen."""
    kept = [(name, value) for name in _FIELDS if (value := ask.query.get(name, ""))]
    return {
        "wanted": wanted,
        "kept": kept,
        "address": link(PATH, ask.view.pairs, kept),
        "metrics": [Option(m.name, str(m.label), m is wanted.metric) for m in there],
        "kinds": [Option(name, str(label), name == wanted.kind) for name, label in KINDS.items()],
        "dimensions": [Option(name, label, name == wanted.by) for name, label in splits(ask, wanted.metric)],
        "periods": [Option(name, str(PER[name]), name == wanted.period) for name in PERIODS],
        "powers": [Option(name, f"{float(name):.0%}", name == wanted.power) for name in POWERS],
        "levels": [Option(name, f"{float(name):.0%}", name == wanted.level) for name in LEVELS],
        "unit": unit_label(wanted.metric.unit),
    }


def _told(found: Plan) -> dict[str, Any]:
    """All that the template shows of a plan."""
    said = sentences(found)
    return {"headline": said[0], "sentences": said[1:], "grid": grid(found), "shares": _shares(found)}


def _shares(found: Plan) -> list[tuple[float, str, str]]:
    """How much of what is needed there is, by row: 0 to 100, its tone, and in words."""
    needs = [*found.needs, *([found.whole] if found.whole and len(found.needs) > 1 else [])]
    return [_share(need) for need in needs]


def _share(need: Need) -> tuple[float, str, str]:
    if need.enough:
        return 100.0, "enough", str(_("enough"))
    share = 100 / need.periods if isfinite(need.periods) else 0.0
    digits = 0 if share >= 1 else 1
    return round(share, 2), "short", percent(share / 100, digits) if need.needed else NOTHING


ROUTES = (Page(PATH, show, right="read"),)
