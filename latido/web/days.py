"""The days that an address gives: as they were typed, and what of them cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from latido.errors import FieldError, UsageError
from latido.i18n import _, day
from latido.workspace import question

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Days:
    """The days that are looked at.

    Attributes:
        start: The first; None where none is given, or where anything is wrong.
        end: The day after the last; likewise.
        typed: What stands in each field.
        wrong: What cannot be.
    """

    start: date | None
    end: date | None
    typed: Mapping[str, str]
    wrong: tuple[FieldError, ...] = ()


def days(params: QueryParams) -> Days:
    """The days of an address; none at all where one of them is wrong."""
    typed = {name: params.get(name, "").strip() for name in ("start", "end")}
    found: dict[str, date | None] = {}
    wrong = []
    for name, text in typed.items():
        try:
            found[name] = _day(name, text)
        except FieldError as error:
            wrong.append(error)
    first, last = found.get("start"), found.get("end")
    if first and last and last < first:
        rule = _("The last day, {last}, comes before the first, {first}.", last=day(last), first=day(first))
        wrong.append(FieldError("end", rule, _("Choose a later one, or another first day.")))
    if wrong:
        return Days(None, None, typed, tuple(wrong))
    return Days(first, last + timedelta(days=1) if last else None, typed)


def _day(name: str, text: str) -> date | None:
    try:
        found = question.local_day(text or None)
    except UsageError as error:
        raise FieldError(name, error.message, error.hint) from None
    if found and not FIRST <= found <= LAST:
        rule = _("{day} is too far away.", day=text)
        raise FieldError(name, rule, _("Days from {first} to {last} can be chosen.", first=day(FIRST), last=day(LAST)))
    return found


def is_day(text: str) -> bool:
    """Whether a field of days can show it."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
