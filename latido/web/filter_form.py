"""Filters as rows of a form: a dimension, how it is compared, and with which values."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from latido.errors import FieldError, UsageError
from latido.i18n import Message, _
from latido.metrics.catalog import METRICS
from latido.metrics.query import Condition
from latido.metrics.where import MEASURED
from latido.web.sheets import Sheet
from latido.web.view import DIMENSIONS
from latido.web.written import Choice, by_name
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.web.ask import Ask

FIELDS = ("dimension", "operator", "values")
OPERATORS: Mapping[str, Message] = {
    "=": _("is one of"),
    "!=": _("is none of"),
    ">=": _("is at least"),
    "<=": _("is at most"),
    ">": _("is above"),
    "<": _("is below"),
}
HELP = 12  # values of a dimension that are shown as a help
TABLES = ("ticket_facts", "answer_facts", "activity_facts")


class Help(NamedTuple):
    """Values of a dimension that occur."""

    name: str
    label: str
    values: Sequence[str]


def columns(texts: Sequence[str]) -> dict[str, list[str]]:
    """The fields of filters."""
    found = [condition(text) for text in texts]
    return {
        "dimension": [one.dimension for one in found],
        "operator": [one.operator for one in found],
        "values": [listed(one) for one in found],
    }


def listed(one: Condition) -> str:
    """The values of a filter as a field shows them: those with a comma in quotes."""
    line = StringIO()
    csv.writer(line, lineterminator="").writerow([_plain(value) for value in one.values])
    return line.getvalue() if one.values != (None,) else ""


def _plain(value: str | float | bool | None) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def read(form: Sheet) -> tuple[list[str], list[FieldError]]:
    """The filters of a form, as texts; and what of them is none."""
    texts: list[str] = []
    errors = []
    for row in form.rows(*FIELDS, preset="operator"):
        try:
            texts.append(_text(row["dimension"], row["operator"], row["values"]))
        except UsageError as error:
            errors.append(FieldError(f"filter.{row.number}", error.message, error.hint))
    return texts, errors


def _text(dimension: str, operator: str, values: str) -> str:
    if not dimension:
        raise UsageError(_("Say of what."))
    text = f"{dimension}{operator if operator in OPERATORS else '='}{values.strip()}"
    condition(text)
    return text


def in_words(texts: Sequence[str]) -> list[str]:
    """Filters for people: `Channel is one of chat, email`."""
    return [_spoken(condition(text)) for text in texts]


def _spoken(one: Condition) -> str:
    values = ", ".join(_plain(value) or str(_("nothing")) for value in one.values)
    return f"{label(one.dimension)} {OPERATORS[one.operator]} {values}"


def label(dimension: str) -> str:
    """A dimension for people."""
    return str(DIMENSIONS.get(dimension, dimension.replace("_", " ").capitalize()))


def choices(ask: Ask, more: Sequence[str] = ()) -> list[Choice]:
    """All dimensions of all metrics, those that people ask for first."""
    there = {name for metric in METRICS.values() if not metric.protected for name in ask.answers.dimensions(metric)}
    first = [(name, label(name)) for name in DIMENSIONS if name in there]
    rest = [(name, label(name)) for name in {*there, *MEASURED, *more} if name and name not in DIMENSIONS]
    return [("", "—"), *first, *by_name(rest)]


def operators() -> list[Choice]:
    """The ways to compare."""
    return [(sign, str(words)) for sign, words in OPERATORS.items()]


def helps(ask: Ask, form: Sheet) -> list[Help]:
    """The commonest values of the dimensions that people ask for, and of those that are chosen."""
    common = tuple(DIMENSIONS)
    chosen = tuple(sorted({name for name in form.values.get("dimension", ()) if name and name not in DIMENSIONS}))
    found = [Help(name, label(name), _values(ask, name, names)) for names in (common, chosen) for name in names]
    return [one for one in found if one.values]


def _values(ask: Ask, name: str, names: tuple[str, ...]) -> list[str]:
    there = ask.workspace.snapshot()
    known = [ask.answers.values(table, names).get(name, []) for table in TABLES if there.rows(table)]
    values = list(dict.fromkeys(value for values in known for value in values[:HELP]))
    return [value for value in values if name != "team" or not ask.asker.teams or value in ask.asker.teams][:HELP]
