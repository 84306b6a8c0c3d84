"""Settings: which metrics stand on the home page, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latido.config.rewrite import at, drop, put
from latido.errors import FieldError
from latido.i18n import Message, _
from latido.metrics.catalog import METRICS
from latido.report.overview import FAMILIES
from latido.web.forms import text
from latido.web.page import Page
from latido.web.pages.pulse import CHOSEN, MOST, has_rows
from latido.web.sheets import Sheet, data, page, save, sent, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/pulse"


class Choice(NamedTuple):
    """A metric to choose."""

    name: str
    label: str
    there: bool


def show(ask: Ask) -> Response:
    """The form."""
    return _page(ask, sheet({"metric": list(_now(ask))}))


def change(ask: Ask) -> Response:
    """Save what is ticked, with one of them moved where a button for that was pressed."""
    wanted = text(ask.form, "do")
    if wanted == "usual":
        return _save(ask, None)
    chosen = _moved(_ticked(ask), wanted)
    if len(chosen) > MOST:
        said = _("The home page has room for {most} metrics; you chose {count}.", most=MOST, count=len(chosen))
        return _page(ask, sent(ask, [FieldError("metric", said, _("Untick some."))]), 422)
    if not chosen:
        return _page(ask, sent(ask, [FieldError("metric", _("Choose one metric at least."))]), 422)
    return _save(ask, chosen)


def _save(ask: Ask, chosen: Sequence[str] | None) -> Response:
    place = ("pulse", "metrics")

    def rewrite(file: str) -> str:
        return drop(file, place) if chosen is None else put(file, place, list(chosen))

    return save(ask, rewrite, back=HOME, again=lambda form: _page(ask, form, 422),
                said=lambda _change: _("The home page is changed."), fields={("pulse",): "metric"})  # fmt: skip


def _now(ask: Ask) -> Sequence[str]:
    chosen: Sequence[str] = at(data(ask), ("pulse", "metrics")) or CHOSEN
    return chosen


def _ticked(ask: Ask) -> list[str]:
    """What is ticked: those that were chosen before in their order, then the new ones."""
    ticked = [str(name) for name in ask.form.getlist("metric") if name in METRICS]
    before = [str(name) for name in ask.form.getlist("order")]
    return sorted(dict.fromkeys(ticked), key=lambda name: before.index(name) if name in before else len(before))


def _moved(chosen: list[str], wanted: str) -> list[str]:
    """The metrics with one a place further up or down: `up nps`."""
    where, _space, name = wanted.partition(" ")
    if where not in {"up", "down"} or name not in chosen:
        return chosen
    here = chosen.index(name)
    there = max(0, min(len(chosen) - 1, here + (1 if where == "down" else -1)))
    chosen.insert(there, chosen.pop(here))
    return chosen


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    ticked = form.values.get("metric", ())
    families: list[tuple[Message, list[Choice]]] = [
        (label, [Choice(m.name, str(m.label), has_rows(ask, m)) for m in METRICS.values() if m.family == family])
        for family, label in FAMILIES.items()
    ]
    return page(
        ask, "settings_pulse.html", status, form=form, families=families, most=MOST,
        chosen=[METRICS[name] for name in ticked if name in METRICS],
        usual=at(data(ask), ("pulse", "metrics")) is None,
    )  # fmt: skip


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME, change, right="settings", methods=("POST",)),
)
