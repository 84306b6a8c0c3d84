"""Settings: saved filters, what they say and how much they catch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.config.rewrite import drop, put
from latido.errors import FieldError, LatidoError, UsageError
from latido.i18n import _, number, percent
from latido.metrics.names import table_name
from latido.web import filter_form as filters
from latido.web import offers
from latido.web.forms import text
from latido.web.page import Page
from latido.web.render import link
from latido.web.sheets import Sheet, data, page, save, sent, sheet, with_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/segments"
EDIT, PREVIEW = f"{HOME}/edit", f"{HOME}/preview"
SPARE = 2


@dataclass(frozen=True)
class Shown:
    """A segment in the list."""

    name: str
    words: Sequence[str]
    catch: Sequence[tuple[str, str, str]]
    href: str


def show(ask: Ask) -> Response:
    """The list."""
    known = ask.workspace.segments
    shown = [Shown(name, filters.in_words(texts), caught(ask, texts), link("/service", saved=name))
             for name, texts in known.items()]  # fmt: skip
    return page(ask, "settings_segments.html", segments=shown)


def edit(ask: Ask) -> Response:
    """The form of one, or of a new one; filters in the address are those of the page that somebody comes from."""
    name = ask.query.get("name", "")
    texts = data(ask).get("segments", {}).get(name, ask.query.getlist("where"))
    return _page(ask, sheet({"name": name, "was": name, **filters.columns(texts)}))


def preview(ask: Ask) -> Response:
    """The form as it is typed, with what it catches."""
    form = filters.added(sent(ask), *filters.FIELDS)
    _texts, errors = filters.read(form)
    return _page(ask, with_faults(form, errors))


def change(ask: Ask) -> Response:
    """Save one."""
    form = sent(ask)
    texts, errors = filters.read(form)
    name, was = form["name"].strip(), form["was"]
    empty = [] if texts or errors else [FieldError("filter.0", _("A segment needs a filter."))]
    if wrong := [*_name_errors(ask, name, was), *errors, *empty, *_unknown(ask, texts)]:
        return _page(ask, sent(ask, wrong), 422)

    def rewrite(file: str) -> str:
        file = drop(file, ("segments", was)) if was and was != name else file
        return put(file, ("segments", name), texts)

    return save(ask, rewrite, back=HOME, again=lambda shown: _page(ask, shown, 422),
                said=lambda _change: _("Segment “{name}” is saved.", name=name))  # fmt: skip


def remove(ask: Ask) -> Response:
    """Delete one."""
    name = text(ask.form, "name")
    return save(ask, lambda file: drop(file, ("segments", name)), back=HOME, again=lambda _form: show(ask),
                said=lambda _change: _("Segment “{name}” is deleted.", name=name))  # fmt: skip


def caught(ask: Ask, texts: Sequence[str]) -> list[tuple[str, str, str]]:
    """What filters catch: table, rows, share of all; nothing where they cannot be compared."""
    try:
        found = offers.caught(ask, texts)
    except LatidoError:
        return []
    told = [(one.table, one.rows, one.all) for one in found if one.rows is not None]
    return [(table_name(table), number(rows), percent(rows / every)) for table, rows, every in told]


def _name_errors(ask: Ask, name: str, was: str) -> list[FieldError]:
    if not name:
        return [FieldError("name", _("A segment needs a name."))]
    if name != was and name in data(ask).get("segments", {}):
        return [FieldError("name", _("There is a segment called “{name}” already.", name=name))]
    return []


def _unknown(ask: Ask, texts: Sequence[str]) -> list[FieldError]:
    """Filters that no table knows, or that cannot be compared."""
    errors = []
    for i, one in enumerate(texts):
        try:
            found = offers.caught(ask, [one])
            if found and all(table.rows is None for table in found):
                errors.append(FieldError(f"filter.{i}", _("Nothing in your data can be filtered by this.")))
        except UsageError as error:
            errors.append(FieldError(f"filter.{i}", error.message, error.hint))
    return errors


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    texts, errors = filters.read(form)
    rows = form.rows(*filters.FIELDS, preset="operator", spare=SPARE)
    return page(
        ask, "settings_segment.html", status, form=form, rows=rows, operators=filters.operators(),
        dimensions=filters.choices(ask, form.values.get("dimension", ())), helps=filters.helps(ask, form),
        catch=caught(ask, texts) if texts and not errors else None,
        matches=[offers.match(ask, text) for text in texts] if not errors else [],
    )  # fmt: skip


ROUTES = (
    Page(HOME, show, right="read"),
    Page(EDIT, edit, right="read"),
    Page(PREVIEW, preview, right="read"),
    Page(f"{HOME}/save", change, right="settings", methods=("POST",)),
    Page(f"{HOME}/delete", remove, right="settings", methods=("POST",)),
)
