"""What a figure is a figure of, in words: above its rows, in the first sheet of a workbook, in a file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import _, number
from latido.metrics.names import filter_name, group_name, preset_name
from latido.metrics.present import NOTHING, interval_cell, quantity, span_label
from latido.web.clock import clock
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.metrics.measurement import Figure, Measurement
    from latido.metrics.query import Query
    from latido.web.ask import Ask
    from latido.web.view import View

MOST = 6  # figures that are told
LONGEST = 100  # characters of a file's name


class Told(NamedTuple):
    """One thing that is said, and what about it."""

    label: str
    text: str


def summary(ask: Ask, view: View, found: Measurement) -> list[Told]:
    """Figure, period, filters, definition, calendar and state of the data."""
    metric, query = found.metric, found.query
    counted = clock(ask, metric, view)
    largest = sorted(found.figures, key=lambda figure: -figure.estimate.n)[:MOST]
    return [
        *(Told(_name(found, figure), _figure(found, figure)) for figure in largest),
        Told(str(_("Period")), _period(query)),
        Told(str(_("Filters")), "; ".join(filters(view)) or NOTHING),
        Told(str(_("Definition")), _definition(found)),
        *([Told(str(_("Calendar")), counted.text)] if counted else []),
        Told(str(_("Data")), str(_("version {version}, of {time}", version=found.version, time=ask.known.text))),
    ]


def filters(view: View) -> list[str]:
    """All filters that hold, for people; those of a saved segment after its name."""
    chosen = [filter_name(condition(text)) for text in (*view.where, *view.limits)]
    kept = ", ".join(filter_name(condition(text)) for text in view.kept)
    return [*chosen, *([f"{view.saved} ({kept})"] if view.saved else [])]


def _name(found: Measurement, figure: Figure) -> str:
    return " · ".join(filter(None, (str(found.metric.label), group_name(figure.keys))))


def _figure(found: Measurement, figure: Figure) -> str:
    if figure.withheld:
        return f"{NOTHING} ({figure.withheld})"
    interval, n = interval_cell(figure.estimate, found.metric.unit).text, number(figure.estimate.n)
    said = f"n {n}" if interval == NOTHING else _("95% interval {interval}, n {n}", interval=interval, n=n)
    return f"{quantity(figure.estimate.value, found.metric.unit)} ({said})"


def _period(query: Query) -> str:
    return span_label(query.start, query.end) if query.start and query.end else str(_("all data"))


def _definition(found: Measurement) -> str:
    if found.query.preset is None:
        return str(_("latido's own"))
    meaning = next(preset.meaning for preset in found.metric.presets if preset.name == found.query.preset)
    return f"{preset_name(found.query.preset)}: {meaning}"


def file_name(what: Sequence[str], view: View, query: Query, kind: str) -> str:
    """A name that tells one file from another: the metric, its days, its definition and its filters.

    Args:
        what: What the name begins with.
        view: The filters.
        query: The question.
        kind: The ending.
    """
    last = (query.end - timedelta(days=1)).isoformat() if query.end else ""
    days = [query.start.isoformat() if query.start else "", last]
    told = [*what, *days, query.preset or "", view.saved, *view.where, view.as_of and f"as of {view.as_of}"]
    return f"{'-'.join(filter(None, map(_plain, told)))[:LONGEST].rstrip('-')}.{kind}"


def _plain(text: str) -> str:
    """A text of letters that every system takes in a file's name."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", ascii_).strip("-")
