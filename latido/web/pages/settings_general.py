"""Settings: the company, its places, and what the definitions leave to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from latido.config.edit import Draft
from latido.config.lines import Place
from latido.config.load import declared
from latido.config.rewrite import at, drop, put
from latido.config.values import seconds
from latido.errors import FieldError, UsageError
from latido.i18n import Message, _
from latido.web import written
from latido.web.forms import text
from latido.web.page import Page
from latido.web.settings_fields import FIELDS, GROUPS
from latido.web.sheets import Sheet, data, page, save, sent, sheet

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/general"


QUESTIONS = ("survey", "positive_from")


def show(ask: Ask) -> Response:
    """The form, as the file fills it in."""
    told = data(ask)
    known = {field.name: at(told, field.place) for field in FIELDS}
    texts = {field.name: field.show(known[field.name]) for field in FIELDS if known[field.name] is not None}
    questions = told.get("questions", {})
    least = [written.told(reading["positive_from"]) for reading in questions.values()]
    return _page(ask, sheet({**texts, "survey": list(questions), "positive_from": least}))


def change(ask: Ask) -> Response:
    """Save it."""
    values, errors = _read(ask)
    questions, wrong = _questions(ask)
    if errors or wrong:
        return _page(ask, sent(ask, [*errors, *wrong]), 422)

    def rewrite(text: str) -> str:
        for field in FIELDS:
            text = _written(text, field.place, values[field.name])
        return _written(text, ("questions",), questions)

    fields = {field.place: field.name for field in FIELDS} | {("questions",): "survey.0"}
    return save(ask, rewrite, back=HOME, again=lambda form: _page(ask, form, 422), said=_said, fields=fields)


def _read(ask: Ask) -> tuple[dict[str, Any], list[FieldError]]:
    """What was typed, by field, and what of it cannot be read."""
    values: dict[str, Any] = {}
    errors = []
    for field in FIELDS:
        try:
            values[field.name] = field.read(text(ask.form, field.name))
        except UsageError as error:
            errors.append(FieldError(field.name, error.message, error.hint))
    return values, errors


def _questions(ask: Ask) -> tuple[dict[str, Any], list[FieldError]]:
    """Readings by survey; a row without a survey or a number is none."""
    found: dict[str, Any] = {}
    errors = []
    for row in sent(ask).rows(*QUESTIONS):
        try:
            least = written.number(row["positive_from"])
        except UsageError as error:
            errors.append(FieldError(f"survey.{row.number}", error.message, error.hint))
            continue
        if row["survey"].strip() and least is not None:
            found[row["survey"].strip()] = {"positive_from": least}
    return found, errors


def _written(text: str, place: Place, value: Any) -> str:
    """The file with a setting, unless it says the same already, in its own words."""
    old = at(declared(text), place)
    if value is None or value == {}:
        return drop(text, place)
    return text if _same(old, value) else put(text, place, value)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, list) and isinstance(new, list):
        return [_plain(one) for one in old] == [_plain(one) for one in new]
    return bool(old == new)


def _plain(value: Any) -> Any:
    try:
        return seconds(value)
    except ValueError:
        return value


def _said(change: Draft) -> Message:
    """What was changed, by the names that the page has for it."""
    labels = {field.place: field.label for field in FIELDS}
    near = [labels.get(place, labels.get(place[:2], _("Surveys"))) for place in change.changed]
    return _("Saved: {names}.", names=", ".join(dict.fromkeys(str(label) for label in near)))


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    return page(
        ask, "settings_general.html", status, form=form, groups=GROUPS, questions=form.rows(*QUESTIONS, spare=1),
        choices={field.name: field.choices(ask) for field in FIELDS if field.choices},
        named=_named(form),
    )  # fmt: skip


def _named(form: Sheet) -> Mapping[str, str]:
    """The countries that were written, by name, as a help."""
    try:
        return {code: written.country_name(code) for code in written.countries(form["countries"]) or ()}
    except UsageError:
        return {}


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME, change, right="settings", methods=("POST",)),
)
