"""What moved: every change that chance cannot explain, what made it, and what could have been seen of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import isinf
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import LatidoError, UnknownNameError
from latido.http.trail import record
from latido.i18n import _
from latido.metrics.present import NOTHING, quantity
from latido.report.charts.reach import Reach, reach
from latido.report.moves import amount, contributions, notes, segment, sentence, spans, untested
from latido.report.moves_tables import grid, made_of, tone, totals
from latido.report.sheet import sheet
from latido.web.bar import bar
from latido.web.moves import asked, found, narrowed, there, waited_for
from latido.web.page import Page
from latido.web.render import link
from latido.web.summary import Told, filters
from latido.web.take import KINDS, about, download

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.insights.moved import Breakdown, Move, Moved
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

PATH = "/moved"
BRIEF = 8  # changes that the pulse shows
FIRST, MOST = 12, 60  # changes that are in sight, and all that are told as sentences
ROWS = 300  # of the table; a file has all


class Line(NamedTuple):
    """A change in the list."""

    href: str
    sentence: str
    tone: str
    drawn: Reach | None


class Whole(NamedTuple):
    """A metric as a whole."""

    href: str
    label: str
    segment: str
    before: str
    now: str
    change: str
    tone: str
    drawn: Reach | None
    holds: bool
    visible: str


class Made(NamedTuple):
    """What segments made of the change of a whole."""

    sentence: str
    parts: tuple[str, ...]


def show(ask: Ask) -> Response:
    """The page; with `?brief=1` the clearest changes alone, for the pulse."""
    metrics = _seen(ask)
    question = asked(ask.answers, ask.view, metrics)
    brief = bool(ask.query.get("brief"))
    frame: dict[str, Any] = {
        "view": ask.view, "brief": brief, "bar": bar(ask, metrics), "any": bool(there(ask.answers)),
        "address": link(PATH, ask.view.pairs, brief="1" if brief else None),
    }  # fmt: skip
    try:
        what = found(ask, question) if question else None
    except LatidoError as error:
        return ask.page("moved.html", comparing=True, error=error, **frame)
    if what is None:
        return ask.page("moved.html", comparing=question is not None, **frame)
    return ask.page("moved.html", comparing=True, found=what, **frame, **_shown(ask, what, brief=brief))


def export(kind: str, ask: Ask) -> Response:
    """All changes that are told, each metric as a whole, and what made it, as a file of this kind."""
    ask.view.insist()
    question = asked(ask.answers, ask.view, _seen(ask))
    if question is None:
        raise UnknownNameError(_("There is nothing to compare yet."))
    what = waited_for(ask, question)
    body = what.to_pandas().to_csv(index=False).encode("utf-8-sig") if kind == "csv" else _workbook(ask, what)
    record(ask.state, ask.asker, ask.request, "moved.exported", kind)
    return download(body, f"moved-{what.now.start}-{what.now.end}.{kind}", KINDS[kind])


def _seen(ask: Ask) -> list[Metric]:
    """The metrics that the asker may see; whether they know what is filtered by, the comparison says."""
    return [metric for metric in there(ask.answers) if not ask.not_by(metric)]


def _shown(ask: Ask, what: Moved, *, brief: bool) -> dict[str, Any]:
    leading = what.leading
    lines = [_line(ask, what, move) for move in leading[: BRIEF if brief else MOST]]
    if brief:
        return {"lines": lines, "more": (), "notes": notes(what, len(lines))}
    return {
        "lines": lines[:FIRST],
        "more": lines[FIRST:],
        "rest": max(len(leading) - MOST, 0),
        "notes": notes(what, len(lines)),
        "spans": spans(what),
        "grid": grid(what, what.moves[:ROWS]),
        "wholes": [_whole(ask, what, move) for move in what.totals if move.difference.known],
        "totals": totals(what),
        "made": _made(what.breakdowns),
        "made_of": made_of(what.breakdowns),
        "untested": untested(what),
        "exported": [(kind, link(f"{PATH}/export.{kind}", ask.view.pairs)) for kind in ("csv", "xlsx")],
    }


def _line(ask: Ask, what: Moved, move: Move) -> Line:
    return Line(_href(ask, what, move), sentence(move), tone(move), reach(move.difference))


def _whole(ask: Ask, what: Moved, move: Move) -> Whole:
    unit, change = move.metric.unit, move.difference.value
    return Whole(
        href=_href(ask, what, move),
        label=str(move.metric.label),
        segment=segment(move),
        before=quantity(move.then.value, unit),
        now=quantity(move.now.value, unit),
        change=_signed(change, unit),
        tone=tone(move),
        drawn=reach(move.difference),
        holds=move.holds,
        visible=amount(move.visible, unit) if move.visible > 0 else NOTHING,
    )


def _signed(change: float, unit: str) -> str:
    """A difference with its sign; what is too small to be written has none, and what has no end is none."""
    if isinf(change):
        return NOTHING
    said = amount(abs(change), unit)
    sign = "+" if change > 0 else "−"
    return f"{sign}{said}" if said != amount(0, unit) else said


def _href(ask: Ask, what: Moved, move: Move) -> str:
    return link(f"/metrics/{move.metric.name}", narrowed(ask.view, what.now, move).pairs)


def _made(breakdowns: Sequence[Breakdown]) -> list[Made]:
    """Each total that is told, with what is told of its segments."""
    told: dict[int, tuple[Move, list[str]]] = {}
    for breakdown in breakdowns:
        told.setdefault(id(breakdown.total), (breakdown.total, []))[1].extend(contributions(breakdown))
    return [Made(sentence(total), tuple(texts)) for total, texts in told.values() if texts]


def _workbook(ask: Ask, what: Moved) -> bytes:
    import pandas as pd  # noqa: PLC0415 - needed for this alone

    data = _("version {version}, of {time}", version=ask.answers.version(), time=ask.known.text)
    told = [
        Told(str(_("Period")), spans(what)),
        Told(str(_("Filters")), "; ".join(filters(ask.view)) or NOTHING),
        *(Told(str(_("Note")), text) for text in (*notes(what, len(what.leading)), *untested(what))),
        Told(str(_("Data")), str(data)),
    ]
    return sheet({
        **about(told),
        str(_("What moved")): what.to_pandas(),
        str(_("Each metric as a whole")): pd.DataFrame(what.records(what.totals)),
        str(_("What made it")): pd.DataFrame(what.contributions()),
    })  # fmt: skip


ROUTES = (
    Page(PATH, show, right="read"),
    Page(f"{PATH}/export.csv", partial(export, "csv"), right="export", name="moved_export.csv"),
    Page(f"{PATH}/export.xlsx", partial(export, "xlsx"), right="export", name="moved_export.xlsx"),
)
