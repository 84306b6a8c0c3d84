"""Settings: what customers were promised, clock by clock, in the order in which it applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.config.load import declared
from latido.config.rewrite import arrange
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.metrics.names import dimension_name, value_name
from latido.metrics.value_names import CLOCKS
from latido.web import written
from latido.web.forms import text
from latido.web.page import Page
from latido.web.sheets import data, page, save
from latido.workspace.workspace import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.web.sheets import Sheet

HOME = "/settings/sla"


@dataclass(frozen=True)
class Shown:
    """A promise in the list.

    Attributes:
        number: Its place in the file.
        name: Its name.
        target: How long.
        calendar: Whose hours count.
        where: For which tickets.
    """

    number: int
    name: str
    target: str
    calendar: str
    where: Sequence[tuple[str, str]]


def show(ask: Ask) -> Response:
    """The list, by clock: only within one does the order matter."""
    return _page(ask)


def move(ask: Ask) -> Response:
    """Put one before its neighbour of the same clock, behind it, or away."""
    wanted, _space, number = text(ask.form, "do").partition(" ")
    promises: list[Mapping[str, Any]] = data(ask).get("sla", [])
    if not number.isdecimal() or int(number) >= len(promises):
        raise UnknownNameError(_("There is no promise with the number {number}.", number=number))
    here = int(number)
    name = promises[here]["name"]

    def rewrite(file: str) -> str:
        return arrange(file, ("sla",), order(declared(file).get("sla", []), here, wanted))

    said = {"delete": _("The promise “{name}” is deleted.", name=name)}.get(wanted, _("The order is changed."))
    return save(ask, rewrite, back=HOME, again=lambda form: _page(ask, form, 422), said=lambda _change: said,
                repeatable=False)  # fmt: skip


def order(promises: Sequence[Mapping[str, Any]], here: int, wanted: str) -> list[int]:
    """The numbers of the promises with one moved among those of its clock, or without it."""
    numbers = list(range(len(promises)))
    if wanted == "delete":
        return [number for number in numbers if number != here]
    same = [number for number in numbers if promises[number]["clock"] == promises[here]["clock"]]
    place = same.index(here) + {"up": -1, "down": 1}.get(wanted, 0)
    if 0 <= place < len(same):
        there = same[place]
        numbers[here], numbers[there] = there, here
    return numbers


def _page(ask: Ask, form: Sheet | None = None, status: int = 200) -> Response:
    promises = data(ask).get("sla", [])
    shown = [(p["clock"], _shown(i, p)) for i, p in enumerate(promises)]
    clocks = [(name, words, [one for clock, one in shown if clock == name]) for name, words in CLOCKS.items()]
    return page(ask, "settings_sla.html", status, form=form, clocks=clocks, any=bool(promises))


def _shown(number: int, promise: Mapping[str, Any]) -> Shown:
    where = [(dimension_name(name), ", ".join(value_name(name, value) for value in _listed(values)))
             for name, values in promise.get("where", {}).items()]  # fmt: skip
    return Shown(number, promise["name"], written.told(promise["target"]), promise.get("calendar", ALWAYS), where)


def _listed(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values


ROUTES = (
    Page(HOME, show, right="read"),
    Page(f"{HOME}/move", move, right="settings", methods=("POST",)),
)
