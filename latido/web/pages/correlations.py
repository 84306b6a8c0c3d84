"""What goes together: a matrix of metrics at a chosen grain, and each pair in words and drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import LatidoError
from latido.http.trail import record
from latido.i18n import Message, _
from latido.insights.correlation import fits, usual
from latido.metrics.units import GRAINS, Grain, grain, offered, variable
from latido.report.correlation import beneath, claim, delayed, notes, rho, sentence, subtitle
from latido.report.correlation_drawn import Matrix, course, course_grid, delays, delays_grid, look, matrix, whole
from latido.web.bar import bar
from latido.web.cards import known
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.render import link
from latido.web.take import KINDS, download
from latido.web.underway import computed
from latido.web.view import last_day

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.insights.correlation import Correlations, Pair
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.metrics.present import Grid
    from latido.report.charts import Chart
    from latido.web.ask import Ask
    from latido.workspace import Workspace

PATH = "/correlations"
MOST = 8  # pairs of the list; the table has all
LABELS: dict[str, Message] = {
    "ticket": _("Ticket by ticket"), "customer": _("Customer by customer"), "team_week": _("Team and week"),
}  # fmt: skip
LONG = "52"  # weeks that teams are looked at, unless more are


class Choice(NamedTuple):
    """Something that can be chosen."""

    name: str
    label: str
    chosen: bool


class Tab(NamedTuple):
    """A grain to go to."""

    href: str
    label: str
    chosen: bool


class Ranked(NamedTuple):
    """A pair in the list."""

    href: str
    sentence: str
    rho: str
    look: str
    chosen: bool


class Drawn(NamedTuple):
    """A chart and its table."""

    key: str
    title: str
    chart: Chart
    grid: Grid


class Detail(NamedTuple):
    """A pair, looked at closely."""

    title: str
    sentence: str
    beneath: tuple[str, ...]
    drawings: tuple[Drawn, ...]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for.

    Attributes:
        at: What one row is.
        metrics: The metrics that were chosen; none for the usual ones.
        span: The days.
        kept: What of the address belongs to this page.
    """

    at: Grain
    metrics: tuple[str, ...]
    span: Period | None
    kept: tuple[tuple[str, str], ...]


def show(ask: Ask) -> Response:
    """The page."""
    there = _there(ask)
    wanted = _wanted(ask, there)
    address = link(PATH, ask.view.pairs, wanted.kept, pair=ask.query.get("pair"))
    try:
        found = _found(ask, wanted) if there else None
    except LatidoError as error:
        return ask.page("correlations.html", error=error, **_frame(ask, wanted, there, address))
    if found is None:
        return ask.page("correlations.html", **_frame(ask, wanted, there, address))
    shown = _chosen(found, ask.query.get("pair", ""))
    return ask.page(
        "correlations.html", found=found, drawn=_linked(ask, wanted, matrix(found)), whole=whole(found),
        subtitle=subtitle(found), notes=notes(found, min(MOST, len(found.holding))), later=_later(ask, wanted, found),
        ranked=_ranked(ask, wanted, found, shown), shown=shown and shown.names,
        detail=_detail(found, shown) if shown else None, **_frame(ask, wanted, there, address),
    )  # fmt: skip


def export(ask: Ask) -> Response:
    """All pairs as a file."""
    ask.view.insist()
    wanted = _wanted(ask, _there(ask))
    key = (*_key(ask, wanted), ask.answers.version())
    found = ask.answers.begun(key, _compute(ask, wanted), patience=None).result()
    record(ask.state, ask.asker, ask.request, "correlations.exported", wanted.at.name)
    body = found.to_pandas().to_csv(index=False).encode("utf-8-sig")
    return download(body, f"correlations-{wanted.at.name}.csv", KINDS["csv"])


def _there(ask: Ask) -> list[Metric]:
    """The metrics that can be put side by side and that there are data for; of a lead those that know teams."""
    return [metric for metric in offered() if has_rows(ask, metric) and not ask.not_by(metric)]


def _wanted(ask: Ask, there: Sequence[Metric]) -> Wanted:
    at = grain(ask.query.get("grain", "ticket"))
    metrics = tuple(dict.fromkeys(name for name in ask.query.getlist("metrics") if name))
    days = [day for metric in there if (day := last_day(ask.answers, metric))]
    span = ask.view.span(max(days)) if days else None
    kept = (*([("grain", at.name)] if at.name != "ticket" else []), *(("metrics", name) for name in metrics))
    return Wanted(at, metrics, span, kept)


def _key(ask: Ask, wanted: Wanted) -> tuple[object, ...]:
    view = ask.view
    return (
        "correlate",
        wanted.at.name,
        wanted.metrics,
        wanted.span,
        view.filters,
        view.calendar,
        ask.answers.version(),
    )


def _compute(ask: Ask, wanted: Wanted) -> Callable[[Workspace], Correlations]:
    view, version, span = ask.view, ask.answers.version(), wanted.span

    def compute(workspace: Workspace) -> Correlations:
        return workspace.correlate(
            wanted.metrics, grain=wanted.at.name, start=span.start if span else None, end=span.end if span else None,
            where=view.filters, calendar=view.calendar or None, as_of=version, lags=wanted.at.name == "team_week",
        )  # fmt: skip

    return compute


def _found(ask: Ask, wanted: Wanted) -> Correlations | None:
    """The result; None while it is underway."""
    return computed(ask, _compute(ask, wanted), *_key(ask, wanted))


def _frame(ask: Ask, wanted: Wanted, there: Sequence[Metric], address: str) -> dict[str, Any]:
    """What surrounds the result."""
    fitting = [metric for metric in there if fits(metric, wanted.at)]
    return {
        "view": ask.view,
        "address": address,
        "bar": replace(bar(ask, fitting), comparisons=()),
        "tabs": [_tab(ask, wanted, at) for at in GRAINS.values()],
        "choices": _choices(wanted, [metric for metric in fitting if known(ask, metric, ask.view)]),
        "kept": wanted.kept,
        "about": wanted.at.name,
        "any": bool(there),
        "exported": link(f"{PATH}/export.csv", ask.view.pairs, wanted.kept),
    }


def _tab(ask: Ask, wanted: Wanted, at: Grain) -> Tab:
    """A grain; weeks of teams are looked at for a year at least, since a quarter has too few of them."""
    view = ask.view
    short = at.name == "team_week" and not (view.start or view.end) and view.weeks in {"4", "13", "26"}
    pairs = replace(view, weeks=LONG).pairs if short else view.pairs
    name = at.name if at.name != "ticket" else None
    return Tab(link(PATH, pairs, grain=name), str(LABELS[at.name]), at.name == wanted.at.name)


def _choices(wanted: Wanted, fitting: Sequence[Metric]) -> list[Choice]:
    """The metrics to choose from, as they are read unless said otherwise; those that were chosen by hand, too."""
    usually = [variable(name, wanted.at) for name in usual(wanted.at)]
    names = {each.metric.name: each.name for each in usually}
    offers = {names.get(metric.name, metric.name): str(metric.label) for metric in fitting}
    asked = wanted.metrics or tuple(each.name for each in usually)
    own = {name: name for name in wanted.metrics if name not in offers}
    return [Choice(name, label, name in asked) for name, label in (offers | own).items()]


def _chosen(found: Correlations, pair: str) -> Pair | None:
    """The pair that the address names; else the strongest."""
    first, _comma, second = pair.partition(",")
    return found.pair(first, second) or next(iter((*found.holding, *found.delayed)), None)


def _pair_link(ask: Ask, wanted: Wanted, names: tuple[str, str]) -> str:
    return link(PATH, ask.view.pairs, wanted.kept, pair=",".join(names)) + "#pair"


def _linked(ask: Ask, wanted: Wanted, drawn: Matrix) -> dict[str, object]:
    """The matrix, each square with its address."""
    lines = [
        (line.label, [(square, _pair_link(ask, wanted, square.names)) for square in line.squares])
        for line in drawn.lines
    ]
    return {"columns": drawn.columns, "lines": lines, "doubtful": drawn.doubtful}


def _ranked(ask: Ask, wanted: Wanted, found: Correlations, shown: Pair | None) -> list[Ranked]:
    return [
        Ranked(_pair_link(ask, wanted, pair.names), claim(pair, found.grain.name), rho(pair.estimate.value),
               look(pair.estimate.value), pair is shown)
        for pair in found.holding[:MOST]
    ]  # fmt: skip


def _later(ask: Ask, wanted: Wanted, found: Correlations) -> list[tuple[str, str]]:
    """The pairs that are clearest with a delay, in words, and where each is shown closely."""
    pairs = [pair for pair in found.delayed if pair.delay and pair.delay.lag]
    return [(_pair_link(ask, wanted, pair.names), delayed(pair)) for pair in pairs[:MOST]]


def _detail(found: Correlations, pair: Pair) -> Detail:
    drawings = []
    if pair.course:
        title = _("{second} by {first}", second=pair.second.label, first=pair.first.label)
        drawings.append(Drawn("course", str(title), course(pair), course_grid(pair)))
    if any(each.estimate.known for each in pair.lags):
        title = _("{second}, weeks before and after {first}", second=pair.second.label, first=pair.first.label)
        drawings.append(Drawn("lags", str(title), delays(pair), delays_grid(pair)))
    both = _("{first} and {second}", first=pair.first.label, second=pair.second.label)
    grain_ = found.grain.name
    return Detail(str(both), sentence(pair, grain_), beneath(pair, grain_), tuple(drawings))


ROUTES = (Page(PATH, show, right="read"), Page(f"{PATH}/export.csv", export, right="export"))
