"""Filters as rows of a form: a dimension, how it is compared, and with which values."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from latido.errors import FieldError, UsageError
from latido.i18n import Message, _
from latido.metrics.catalog import METRICS
from latido.metrics.names import dimension_name, typed_name, value_code, value_said
from latido.metrics.query import Condition
from latido.metrics.where import MEASURED
from latido.web.offers import COMMON, Offers, offers
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


def columns(texts: Sequence[str]) -> dict[str, list[str]]:
    """The fields of filters."""
    found = [condition(text) for text in texts]
    return {
        "dimension": [one.dimension for one in found],
        "operator": [one.operator for one in found],
        "values": [listed(one) for one in found],
    }


def listed(one: Condition) -> str:
    """The values of a filter as a field shows them, by name: those with a comma in quotes."""
    return written_out([_plain(one.dimension, value) for value in one.values]) if one.values != (None,) else ""


def _plain(dimension: str, value: str | float | bool | None) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else typed_name(dimension, str(value))


def split(dimension: str, typed: str) -> list[str]:
    """The values that a field names, as the data have them: `Chat, E-mail` are `chat` and `email`."""
    given = next(csv.reader([typed.strip()], skipinitialspace=True), [])
    return [value_code(dimension, value) for value in given]


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
    text = f"{dimension}{operator if operator in OPERATORS else '='}{_coded(dimension, values.strip())}"
    condition(text)
    return text


def _coded(dimension: str, typed: str) -> str:
    """Values as they were typed, names among them as the data have them."""
    given, meant = (next(csv.reader([typed], skipinitialspace=True), []), split(dimension, typed))
    return typed if given == meant else written_out(meant)


def written_out(values: Sequence[str]) -> str:
    """Values in a line, those with a comma in quotes."""
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def in_words(texts: Sequence[str]) -> list[str]:
    """Filters for people: `Channel is one of Chat, E-mail`."""
    return [_spoken(condition(text)) for text in texts]


def _spoken(one: Condition) -> str:
    values = ", ".join(value_said(one.dimension, value) for value in one.values)
    return f"{dimension_name(one.dimension)} {OPERATORS[one.operator]} {values}"


def choices(ask: Ask, more: Sequence[str] = ()) -> list[Choice]:
    """All dimensions of all metrics, those that people ask for first."""
    there = {name for metric in METRICS.values() if not metric.protected for name in ask.answers.dimensions(metric)}
    first = [(name, dimension_name(name)) for name in DIMENSIONS if name in there]
    rest = [(name, dimension_name(name)) for name in {*there, *MEASURED, *more} if name and name not in DIMENSIONS]
    return [("", "—"), *first, *by_name(rest)]


def operators() -> list[Choice]:
    """The ways to compare."""
    return [(sign, str(words)) for sign, words in OPERATORS.items()]


def helps(ask: Ask, form: Sheet, tables: Sequence[str] = COMMON) -> list[Offers]:
    """The commonest values of the dimensions that people ask for, and of those that are chosen."""
    chosen = sorted({name for name in form.values.get("dimension", ()) if name and name not in DIMENSIONS})
    return [one for names in (DIMENSIONS, chosen) if names for one in offers(ask, names, tables)]


def added(form: Sheet, *names: str) -> Sheet:
    """The form with a value that somebody picked: in the row of its dimension, or in one more.

    Args:
        form: What was typed; `add` says the dimension and the value: `channel=chat`.
        *names: The fields of a row.
    """
    dimension, _sign, value = form["add"].partition("=")
    if not dimension:
        return form
    rows = [dict(row.values) for row in form.rows(*names, preset="operator")]
    mine = next((row for row in rows if row["dimension"] == dimension and row.get("operator", "=") in {"", "="}), None)
    if mine is None:
        mine = dict.fromkeys(names, "") | {"dimension": dimension, "operator": "="}
        rows.append(mine)
    values = dict.fromkeys([*split(dimension, mine["values"]), value])
    mine["values"] = written_out([typed_name(dimension, one) for one in values])
    return replace(form, values={**form.values, **{name: tuple(row[name] for row in rows) for name in names}})
