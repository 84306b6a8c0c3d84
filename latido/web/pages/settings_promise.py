"""Settings: one promise: which tickets, which clock, how long, in whose hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latido.config.lines import Place
from latido.config.load import declared
from latido.config.rewrite import arrange, merge
from latido.errors import FieldError, UnknownNameError, UsageError
from latido.i18n import _
from latido.metrics.catalog import metric as find
from latido.metrics.names import dimension_name
from latido.metrics.query import Condition
from latido.metrics.scope import LOCAL
from latido.metrics.value_names import CLOCKS
from latido.web import filter_form as filters
from latido.web import written
from latido.web.offers import match
from latido.web.page import Page
from latido.web.pages.settings_sla import HOME
from latido.web.sheets import Sheet, data, page, save, sent, sheet
from latido.web.view import DIMENSIONS
from latido.workspace.workspace import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.web.offers import Match

EDIT, PREVIEW = f"{HOME}/edit", f"{HOME}/preview"
ROWS = ("dimension", "values")
TICKETS = ("ticket_facts",)
SPARE = 2
UNFIT = {*LOCAL, "clock", "promise"}  # what a promise cannot ask for: it is chosen by what a ticket is


def show(ask: Ask) -> Response:
    """The form of one, by its number, or of a new one."""
    number = ask.query.get("number", "")
    return _page(ask, sheet(_filled(_known(ask, number), number) if number else {"clock": "first_reply", "number": ""}))


def preview(ask: Ask) -> Response:
    """The form as it is typed, with what it matches, what was picked, and more rows."""
    return _page(ask, filters.added(sent(ask), *ROWS))


def change(ask: Ask) -> Response:
    """Save it: in its place, or a new one before those of its clock that are for all tickets."""
    form = sent(ask)
    known = _known(ask, form["number"]) if form["number"] else None
    promise, errors = _read(ask, form)
    if errors:
        return _page(ask, sent(ask, errors), 422)
    number = int(form["number"] or 0)

    def rewrite(file: str) -> str:
        promises = declared(file).get("sla", [])
        if known is None:
            return arrange(file, ("sla",), _with(promises, promise))
        return merge(file, ("sla", number), promises[number], promise)

    return save(
        ask,
        rewrite,
        back=HOME,
        again=lambda shown: _page(ask, shown, 422),
        said=lambda _change: _("The promise “{name}” is saved.", name=promise["name"]),
        fields=_fields(len(data(ask).get("sla", []))),
        repeatable=known is None,
    )


def _fields(promises: int) -> dict[Place, str]:
    """The fields in which the settings of any promise stand, of one more among them."""
    return {("sla", i, name): name for i in range(promises + 1) for name in ("name", "clock", "target", "calendar")}


def _known(ask: Ask, number: str) -> Mapping[str, Any]:
    """A promise by its number.

    Raises:
        UnknownNameError: There is none.
    """
    promises: Sequence[Mapping[str, Any]] = data(ask).get("sla", [])
    if not number.isdecimal() or int(number) >= len(promises):
        raise UnknownNameError(_("There is no promise with the number {number}.", number=number))
    return promises[int(number)]


def _filled(promise: Mapping[str, Any], number: str) -> dict[str, Any]:
    where: Mapping[str, Any] = promise.get("where", {})
    listed = [(values,) if isinstance(values, str) else tuple(values) for values in where.values()]
    return {
        "number": number,
        "name": promise["name"],
        "clock": promise["clock"],
        "target": written.told(promise["target"]),
        "calendar": promise.get("calendar", ALWAYS),
        "dimension": list(where),
        "values": [filters.listed(Condition(name, "=", found)) for name, found in zip(where, listed, strict=True)],
    }


def _read(ask: Ask, form: Sheet) -> tuple[dict[str, Any], list[FieldError]]:
    """The promise as the file would have it, and what of it cannot be."""
    promise: dict[str, Any] = {"name": form["name"].strip(), "clock": form["clock"]}
    errors = [] if promise["name"] else [FieldError("name", _("A promise needs a name."))]
    try:
        promise["target"] = _span(form["target"])
    except UsageError as error:
        errors.append(FieldError("target", error.message, error.hint))
    if form["calendar"] not in {"", ALWAYS}:
        promise["calendar"] = form["calendar"]
    where: dict[str, Any] = {}
    for row in form.rows(*ROWS):
        try:
            where |= _values(ask, row["dimension"], row["values"])
        except UsageError as error:
            errors.append(FieldError(f"filter.{row.number}", error.message, error.hint))
    return promise | ({"where": where} if where else {}), errors


def _span(text: str) -> str:
    found = written.span(text)
    if found is None:
        raise UsageError(_("Say how long."))
    if isinstance(found, int):
        raise UsageError(_("“{value}” has no unit.", value=text.strip()), _("Write it as 45min, 4h, 1h 30min or 2d."))
    return str(found)


def _values(ask: Ask, dimension: str, values: str) -> dict[str, Any]:
    if not dimension:
        raise UsageError(_("Say of what."))
    known = dict(_dimensions(ask))
    if dimension not in known and len(known) > 1:
        raise UsageError(_("Tickets have no “{name}”.", name=dimension))
    found = [value for value in filters.split(dimension, values) if value]
    if not found:
        raise UsageError(_("Say which values."))
    return {dimension: found if len(found) > 1 else found[0]}


def _with(promises: Sequence[Mapping[str, Any]], promise: Mapping[str, Any]) -> list[int | Mapping[str, Any]]:
    """The numbers of all promises and a new one: a promise for all tickets would leave nothing for those behind it."""
    all_ = [i for i, p in enumerate(promises) if p["clock"] == promise["clock"] and not p.get("where")]
    place = all_[0] if all_ and promise.get("where") else len(promises)
    return [*range(place), promise, *range(place, len(promises))]


def _dimensions(ask: Ask) -> list[written.Choice]:
    there = [name for name in ask.answers.dimensions(find("sla_attainment")) if name not in UNFIT]
    first = [(name, dimension_name(name)) for name in DIMENSIONS if name in there]
    rest = [(name, dimension_name(name)) for name in there if name not in DIMENSIONS]
    return [("", "—"), *first, *written.by_name(rest)]


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    known = dict(_dimensions(ask))
    chosen = [(name, dimension_name(name)) for name in form.values.get("dimension", ()) if name and name not in known]
    return page(
        ask, "settings_promise.html", status, form=form, rows=form.rows(*ROWS, spare=SPARE),
        clocks=[(name, str(words)) for name, words in CLOCKS.items()], dimensions=[*known.items(), *chosen],
        calendars=[(name, name) for name in ask.workspace.calendars], helps=filters.helps(ask, form, TICKETS),
        matches=_matches(ask, form),
    )  # fmt: skip


def _matches(ask: Ask, form: Sheet) -> list[Match | None]:
    """How many tickets each row matches; None for one that says nothing yet."""
    known = dict(_dimensions(ask))
    told = [(row["dimension"], filters.split(row["dimension"], row["values"])) for row in form.rows(*ROWS)]
    return [match(ask, f"{name}={filters.written_out(found)}", TICKETS) if name in known and found else None
            for name, found in told]  # fmt: skip


ROUTES = (
    Page(EDIT, show, right="read"),
    Page(PREVIEW, preview, right="read"),
    Page(f"{HOME}/save", change, right="settings", methods=("POST",)),
)
