"""The chain: what goes with what from a contact to who stays, drawn, and what a change would be worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import FieldError, LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import _
from latido.insights.chain import asked_of, declaration
from latido.metrics.catalog import METRICS
from latido.report import chain as words
from latido.report.chain_drawn import diagram, lines
from latido.web.bar import bar
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.render import link
from latido.web.take import KINDS, download
from latido.web.underway import computed
from latido.workspace.chains import OUTERS, change

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from latido.insights.chain import Chained, Worth
    from latido.metrics.metric import Metric
    from latido.stats.chain import Outer
    from latido.web.ask import Ask
    from latido.workspace import Workspace

PATH = "/chain"
SHORT = 1.5  # hours: below, half of a wait is asked for and not a whole hour


class Asked(NamedTuple):
    """The question of a change: what is typed, and what came of it.

    Attributes:
        metric: Which metric changes.
        by: By how much.
        choices: The metrics that can change, by name.
        worth: The answer; None where the question makes no sense.
        wrong: What is wrong with it.
    """

    metric: str
    by: str
    choices: tuple[tuple[str, str], ...]
    worth: Worth | None
    wrong: FieldError | None


def show(ask: Ask) -> Response:
    """The page."""
    outer = _outer(ask)
    frame = _frame(ask, outer)
    try:
        found = _found(ask, outer)
    except LatidoError as error:
        return ask.page("chain.html", error=error, **frame)
    if found is None or not found.paths:
        return ask.page("chain.html", found=found, **frame)
    asked = _asked(ask, found)
    return ask.page(
        "chain.html", 422 if asked.wrong else 200, found=found, drawn=diagram(found), lines=lines(found),
        grid=words.grid(found), remarks=words.remarks(found), strength=words.STRENGTH, asked=asked,
        answer=words.answer(asked.worth) if asked.worth else "", gains=words.gains(asked.worth) if asked.worth else (),
        notes=words.notes(asked.worth) if asked.worth else (), **frame,
    )  # fmt: skip


def export(ask: Ask) -> Response:
    """Direct, indirect and total effects as a file."""
    ask.view.insist()
    outer = _outer(ask)
    key = (*_key(ask, outer), ask.answers.version())
    found = ask.answers.begun(key, _compute(ask, outer), patience=None).result()
    if not found.paths:
        raise UsageError(_("There is no chain yet"), _("Import something first: “latido import --help”."))
    record(ask.state, ask.asker, ask.request, "chain.exported", outer)
    return download(found.to_pandas().to_csv(index=False).encode("utf-8-sig"), "chain.csv", KINDS["csv"])


def _outer(ask: Ask) -> Outer:
    """How several metrics of one link are weighted."""
    return next((each for each in OUTERS if each == ask.query.get("outer")), OUTERS[0])


def _found(ask: Ask, outer: Outer) -> Chained | None:
    """The result; None while it is underway."""
    return computed(ask, _compute(ask, outer), *_key(ask, outer))


def _compute(ask: Ask, outer: Outer) -> Callable[[Workspace], Chained]:
    view, version = ask.view, ask.answers.version()
    return lambda workspace: workspace.chain(
        outer, start=view.start, end=view.end, where=view.filters, calendar=view.calendar or None, as_of=version
    )


def _key(ask: Ask, outer: Outer) -> tuple[Any, ...]:
    view = ask.view
    return (
        "chain", outer, view.start, view.end, view.filters, view.calendar,
        ask.workspace.config.chain.model_dump_json(),
    )  # fmt: skip


def _asked(ask: Ask, found: Chained) -> Asked:
    """What is asked for; where nothing is, an hour less of the first wait, or half of a short one."""
    offered = asked_of(found.used)
    names = [name for name in offered if f"{name}.hours" not in offered]
    choices = tuple((name, words.name(name, offered[name][1])) for name in names)
    metric = ask.query.get("metric") or names[0]
    by = ask.query.get("by", "").strip() or _some(found, metric)
    try:
        return Asked(metric, by, choices, found.worth(*change(f"{metric}={by}")), None)
    except UsageError as error:
        field = "by" if metric in offered else "metric"
        return Asked(metric, by, choices, None, FieldError(field, error.message, error.hint))


def _some(found: Chained, metric: str) -> str:
    """A change that makes sense: an hour, half of a short wait, a tenth of anything else."""
    offered = asked_of(found.used)
    if metric not in offered:
        return "-1"
    part, variable = offered[metric]
    level = next(now for now in found.now[part.name] if now.variable.metric == variable.metric)
    if level.unit != "s":
        return "-0.1" if variable.better == "lower" else "0.1"
    return "-1h" if level.hours >= SHORT else f"-{max(round(level.hours * 30), 1)}min"


def _frame(ask: Ask, outer: Outer) -> dict[str, Any]:
    """What surrounds the result."""
    kept = tuple((name, value) for name in ("outer", "metric", "by") if (value := ask.query.get(name)))
    view = ask.view
    return {
        "view": view,
        "outer": outer,
        "kept": kept,
        "address": link(PATH, view.pairs, kept),
        "bar": replace(bar(ask, _metrics(ask)), weeks=(), comparisons=()),
        "exported": link(f"{PATH}/export.csv", view.pairs, kept[:1] if ask.query.get("outer") else ()),
        "outers": [(each, link(PATH, view.pairs, [pair for pair in kept if pair[0] != "outer"],
                               outer=each if each != "unit" else None)) for each in OUTERS],
        "declared": declaration(ask.workspace.config.chain),
    }  # fmt: skip


def _metrics(ask: Ask) -> list[Metric]:
    """The metrics of tickets in the chain that there are data for: what they know can be filtered by."""
    parts = declaration(ask.workspace.config.chain).parts
    names = {each.metric.name for part in parts if part.of_tickets for each in part.variables}
    return [metric for name in names if (metric := METRICS.get(name)) is not None and has_rows(ask, metric)]


ROUTES = (Page(PATH, show, right="read"), Page(f"{PATH}/export.csv", export, right="export"))
