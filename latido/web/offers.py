"""What there is to choose from: values that occur in the data, how many rows have each, and what matches nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from latido.errors import LatidoError
from latido.i18n import Message, _, _n
from latido.metrics.names import dimension_name, typed_name
from latido.workspace.catch import TABLES, Caught, catch, values
from latido.workspace.question import condition, conditions

if TYPE_CHECKING:
    from latido.metrics.query import Condition
    from latido.web.ask import Ask

MOST = 12  # values of a dimension that are offered
COMMON = ("ticket_facts", "answer_facts", "activity_facts")  # whose values are offered
_COUNTS: Mapping[str, Callable[[int], Message]] = {
    "ticket_facts": lambda n: _n("{count} ticket", "{count} tickets", n),
    "answer_facts": lambda n: _n("{count} answer", "{count} answers", n),
    "ask_facts": lambda n: _n("{count} invitation", "{count} invitations", n),
    "activity_facts": lambda n: _n("{count} interaction", "{count} interactions", n),
    "mention_facts": lambda n: _n("{count} mention", "{count} mentions", n),
    "subscription_facts": lambda n: _n("{count} contract", "{count} contracts", n),
    "customer_facts": lambda n: _n("{count} customer", "{count} customers", n),
}


class Offer(NamedTuple):
    """A value that occurs.

    Attributes:
        pair: The dimension and the value, as a filter is written.
        name: The value as a field takes it.
        rows: How many rows have it, in words; empty for who may see only some of them.
    """

    pair: str
    name: str
    rows: str


class Offers(NamedTuple):
    """The values of a dimension.

    Attributes:
        name: The dimension.
        label: For people.
        values: The commonest ones.
    """

    name: str
    label: str
    values: Sequence[Offer]


class Match(NamedTuple):
    """What a choice matches: in words, and whether that is nothing."""

    text: str
    nothing: bool


def offers(ask: Ask, dimensions: Sequence[str], tables: Sequence[str] = COMMON) -> list[Offers]:
    """The commonest values of dimensions in some tables; a dimension that has none is left away."""
    found = {table: known(ask, table, tuple(dimensions)) for table in tables}
    told = [Offers(name, dimension_name(name), _offered(ask, name, found)) for name in dimensions]
    return [one for one in told if one.values]


def known(ask: Ask, table: str, dimensions: tuple[str, ...]) -> Mapping[str, Mapping[str, int]]:
    """How many rows of a table have each value of dimensions."""
    version = ask.answers.version()
    found: Mapping[str, Mapping[str, int]] = ask.answers.once(
        ("offers", table, dimensions, version), lambda: values(ask.workspace, table, dimensions, version)
    )
    return found


def _offered(ask: Ask, name: str, found: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[Offer]:
    """The commonest values of each table, each with its rows in the first one that has it."""
    theirs = ask.asker.teams if name == "team" else ()
    told: dict[str, Offer] = {}
    for table, columns in found.items():
        for value, n in list(columns.get(name, {}).items())[:MOST]:
            if value not in told and (not theirs or value in theirs):
                told[value] = Offer(f"{name}={value}", typed_name(name, value), rows_said(ask, table, n))
    return list(told.values())[:MOST]


def rows_said(ask: Ask, table: str, n: int) -> str:
    """A number of rows in words; nothing for who may see only those of some teams."""
    if ask.asker.teams:
        return ""
    counted = _COUNTS.get(table)
    return str(counted(n) if counted else _n("{count} row", "{count} rows", n))


def caught(ask: Ask, texts: Sequence[str], tables: Sequence[str] = TABLES) -> list[Caught]:
    """What filters catch, within what the asker may see.

    Raises:
        UsageError: One that no column could be compared with.
    """
    where, version = conditions((*texts, *ask.limits)), ask.answers.version()
    found: list[Caught] = ask.answers.once(
        ("catch", where, tuple(tables), version), lambda: catch(ask.workspace, where, version, tables)
    )
    return found


def match(ask: Ask, text: str, tables: Sequence[str] = TABLES) -> Match | None:
    """What a filter matches (`50 tickets, 99 answers`), and what of it nothing has; None where that cannot be said."""
    try:
        found = [one for one in caught(ask, [text], tables) if one.rows is not None]
    except LatidoError:
        return None
    if not found or ask.asker.teams:
        return None
    some = ", ".join(rows_said(ask, one.table, one.rows) for one in found if one.rows)
    warning = _unmatched(ask, condition(text), tables, nothing=not some)
    return Match(" · ".join(filter(None, [some, warning])), bool(warning))


def of_value(ask: Ask, table: str, dimension: str, value: str) -> Match | None:
    """What one value of a dimension matches in a table; None where the table has nothing to say of it."""
    there = known(ask, table, (dimension,)).get(dimension)
    if there is None or ask.asker.teams:
        return None
    if value in there:
        return Match(rows_said(ask, table, there[value]), nothing=False)
    return Match(_warning(dimension, [value], list(there)), nothing=True)


def _unmatched(ask: Ask, one: Condition, tables: Sequence[str], *, nothing: bool) -> str:
    """A warning where values of a filter occur nowhere, or where all of it matches nothing."""
    columns = [known(ask, table, (one.dimension,)).get(one.dimension) for table in tables]
    there = {value: n for column in columns for value, n in (column or {}).items()}
    strange = [str(value) for value in one.values if value is not None and str(value) not in there]
    if one.operator == "=" and strange and any(column is not None for column in columns):
        return _warning(one.dimension, strange, list(there))
    return str(_("Nothing in your data matches this. Keep it only if it is still to come.")) if nothing else ""


def _warning(dimension: str, strange: Sequence[str], there: Sequence[str]) -> str:
    """That values occur nowhere, and what may have been meant."""
    named = {typed_name(dimension, one).casefold(): typed_name(dimension, one) for one in there}
    near = [named[name] for one in strange for name in get_close_matches(one.casefold(), named, n=1, cutoff=0.6)]
    rule = _("Nothing in your data has “{names}”. Keep it only if it is still to come.", names=", ".join(strange))
    return f"{rule} {_('Did you mean {names}?', names=', '.join(dict.fromkeys(near)))}" if near else str(rule)
