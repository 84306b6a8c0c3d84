"""What only a whole column can tell: the order of day and month, the decimal sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pyarrow as pa

from latido.errors import InputError, UnsureError
from latido.i18n import _
from latido.model.table import Type
from latido.sources.dates import Orders
from latido.sources.mapping import Mapping, Rule
from latido.sources.numbers import Sign, Signs
from latido.sources.sheet import Sheet
from latido.sources.stamps import ORDERS, Order
from latido.sources.transform import Context, cells

T = TypeVar("T")


@dataclass
class _Open:
    """Rules that do not say how their columns are written, by the place they stand in."""

    stamps: dict[tuple[int, str], Orders] = field(default_factory=dict)
    numbers: dict[tuple[int, str], Signs] = field(default_factory=dict)


def decide(sheets: Iterable[Sheet], mapping: Mapping, dates: Order | None = None) -> Mapping:
    """The mapping with every date's order and every number's decimal sign settled, by a pass over the files.

    Args:
        sheets: The files that the mapping is for.
        mapping: What it says already is left as it is.
        dates: The order that a person has said.

    Raises:
        UnsureError: A column mixes two orders, or can be read in both.
    """
    unsettled = _unsettled(mapping, dates)
    if unsettled.stamps or unsettled.numbers:
        wanted = _foreign(mapping, unsettled)
        for sheet in sheets:
            present = tuple(name for name in wanted if name in sheet.columns)
            _count(sheet, present, mapping, unsettled)
    return _settled(mapping, unsettled, dates)


def _unsettled(mapping: Mapping, dates: Order | None) -> _Open:
    found = _Open()
    for i, name, rule, kind in _rules(mapping):
        if kind is Type.INSTANT and rule.foreign and not (rule.dates or mapping.dates or dates):
            found.stamps[i, name] = Orders()
        if kind in {Type.NUMBER, Type.INTEGER} and rule.foreign and not (rule.decimal or mapping.decimal):
            found.numbers[i, name] = Signs()
    return found


def _rules(mapping: Mapping) -> Iterator[tuple[int, str, Rule, Type]]:
    for i, part in enumerate(mapping.tables):
        table = part.canonical
        for name, rule in part.columns.items():
            yield i, name, rule, table[name].type if name in table else Type.TEXT


def _foreign(mapping: Mapping, unsettled: _Open) -> tuple[str, ...]:
    places = [*unsettled.stamps, *unsettled.numbers]
    return tuple(dict.fromkeys(f for i, name in places for f in mapping.tables[i].columns[name].foreign))


def _count(sheet: Sheet, columns: tuple[str, ...], mapping: Mapping, unsettled: _Open) -> None:
    context = Context(sheet.file, missing=mapping.missing)
    everything: dict[tuple[int, str], Orders | Signs] = {**unsettled.stamps, **unsettled.numbers}
    for frame in sheet.frames(columns):
        for (i, name), votes in everything.items():
            values = cells(frame, mapping.tables[i].columns[name], context)
            if pa.types.is_string(values.type):
                votes.add(values)


def _settled(mapping: Mapping, unsettled: _Open, dates: Order | None) -> Mapping:
    orders = {place: _order(mapping, place, unsettled) for place in unsettled.stamps}
    signs = {place: _sign(mapping, place, unsettled) for place in unsettled.numbers}
    usual = mapping.dates or dates or _most(orders.values())
    point = mapping.decimal or _most(signs.values())
    tables = tuple(
        part.model_copy(
            update={
                "columns": {
                    name: _with(rule, orders.get((i, name)), usual, signs.get((i, name)), point)
                    for name, rule in part.columns.items()
                }
            }
        )
        for i, part in enumerate(mapping.tables)
    )
    return mapping.model_copy(update={"tables": tables, "dates": usual, "decimal": point})


def _with(rule: Rule, order: Order | None, usual: Order | None, sign: Sign | None, point: Sign | None) -> Rule:
    """The rule with what differs from the mapping's own."""
    said: dict[str, str] = {}
    if order is not None and order != usual:
        said["dates"] = order
    if sign is not None and sign != point:
        said["decimal"] = sign
    return rule.model_copy(update=said) if said else rule


def _most(found: Iterable[T]) -> T | None:
    common = Counter(found).most_common(1)
    return common[0][0] if common else None


def _order(mapping: Mapping, place: tuple[int, str], unsettled: _Open) -> Order:
    votes = unsettled.stamps[place]
    if votes.decided is not None:
        return votes.decided
    column = _named(mapping, place)
    if votes.mixed:
        raise UnsureError(
            _(
                "The dates in “{column}” mix two orders: {one} can only be day first, {other} only month first.",
                column=column,
                one=votes.examples["dmy"],
                other=votes.examples["mdy"],
            ),
            _("Say which counts with --dates dmy or --dates mdy; what cannot be read so is set aside as rejects."),
        )
    others = {v.decided for v in unsettled.stamps.values()} & {"dmy", "mdy"}
    if len(others) == 1:
        return others.pop()  # type: ignore[return-value]
    raise UnsureError(
        _(
            "Every date in “{column}” can be read as day/month and as month/day, for instance {example}.",
            column=column,
            example=votes.examples[""],
        ),
        _("Say which it is with --dates dmy or --dates mdy."),
    )


def _sign(mapping: Mapping, place: tuple[int, str], unsettled: _Open) -> Sign:
    votes = unsettled.numbers[place]
    if votes.decided is not None:
        return votes.decided
    column = _named(mapping, place)
    if votes.mixed:
        raise UnsureError(
            _(
                "The numbers in “{column}” mix decimal points and decimal commas: {one}, {other}.",
                column=column,
                one=votes.examples["."],
                other=votes.examples[","],
            ),
            _DECIMAL,
        )
    others: set[Sign | None] = {v.decided for v in unsettled.numbers.values() if sum(v.votes.values())} - {None}
    if len(others) == 1 and (sign := others.pop()):
        return sign
    raise UnsureError(
        _(
            "Every number in “{column}” can be read with a decimal point or a decimal comma, for instance {example}.",
            column=column,
            example=votes.examples[""],
        ),
        _DECIMAL,
    )


_DECIMAL = _("Say which in a mapping file: {line}", line='decimal = "," or decimal = "."')


def _named(mapping: Mapping, place: tuple[int, str]) -> str:
    i, name = place
    return ", ".join(mapping.tables[i].columns[name].foreign)


def order(said: str | None) -> Order | None:
    """The order of day and month that a person has named, checked."""
    for known in ORDERS:
        if said == known:
            return known
    if said is None:
        return None
    raise InputError(
        _("“{said}” is no order of day and month.", said=said), _("It can be {orders}.", orders=", ".join(ORDERS))
    )
