"""Changes a TOML text and leaves the rest of it as somebody wrote it: comments, order, the way of writing.

Each function takes a text and gives the changed one. What it gives is read back and compared with what was wanted,
so that a text that is written in a way nobody foresaw is refused, never spoilt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable, Item

from latido.config.lines import Place
from latido.config.load import declared
from latido.config.parts import Part, elements, ended, join, split
from latido.errors import ConfigError
from latido.i18n import _

Order = Sequence[int | Mapping[str, Any]]


def put(text: str, place: Place, value: Any) -> str:
    """Set one setting.

    Args:
        text: The file.
        place: Which setting: `("targets", "csat")`, `("sla", 0, "target")`.
        value: What it shall be; an empty table is the same as none.

    Raises:
        ConfigError: The text is written so that it cannot be changed by a program.
    """
    return _sure(lambda: _put(text, place, value), _with(declared(text), place, value))


def drop(text: str, place: Place) -> str:
    """Take one setting or table away; what is not there is none already."""
    return _sure(lambda: _drop(text, place), _without(declared(text), place))


def arrange(text: str, place: Place, order: Order) -> str:
    """Give a list of tables another order.

    Args:
        text: The file.
        place: Which list: `("sla",)`.
        order: Its elements: numbers of those that stay, tables that are new; who is not named goes.
    """
    old = at(declared(text), place) or []
    wanted = [dict(old[entry]) if isinstance(entry, int) else dict(entry) for entry in order]
    return _sure(lambda: _arranged(text, place, order), _with(declared(text), place, wanted))


def rename(text: str, place: Place, name: str) -> str:
    """Call a setting or a table otherwise, where it stands.

    Args:
        text: The file.
        place: Which one: `("calendars", "support")`.
        name: Its new name, which nothing beside it has.
    """
    value = at(declared(text), place)
    return _sure(
        lambda: _renamed(text, place, name), _with(_without(declared(text), place), (*place[:-1], name), value)
    )


def merge(text: str, place: Place, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Write what differs between two states of a table, and nothing else."""
    for key in before:
        if key not in after:
            text = drop(text, (*place, key))
    for key, value in after.items():
        if key not in before or before[key] != value:
            text = put(text, (*place, key), value)
    return text


def at(data: Any, place: Place) -> Any:
    """What stands at a place of plain data; None where nothing does."""
    for step in place:
        there = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not there and not (isinstance(data, Mapping) and step in data):
            return None
        data = data[step]
    return data


def _sure(change: Callable[[], str], wanted: Mapping[str, Any]) -> str:
    try:
        made = change()
    except (TOMLKitError, ConfigError, ValueError, KeyError, TypeError):
        made = None
    if made is None or not _says(made, wanted):
        raise ConfigError(
            _("latido.toml is written in a way that cannot be changed here."), _("Change it with an editor.")
        )
    return made


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return bool(_pruned(declared(text)) == _pruned(wanted))
    except ConfigError:
        return False


def _put(text: str, place: Place, value: Any) -> str:
    old = at(declared(text), place)
    if isinstance(old, dict) and isinstance(value, Mapping):
        return merge(text, place, old, value)
    if _tables(value) and (old is None or _tables(old)):
        return _arranged(text, place, [_known(entry, old or []) for entry in value])
    if old is None:
        return _added(text, place, value)
    if isinstance(old, dict) or _tables(old):
        return _added(_drop(text, place), place, value)
    document = tomlkit.parse(text)
    _container(document, place[:-1])[place[-1]] = _item(value)
    return tomlkit.dumps(document)


def _renamed(text: str, place: Place, name: str) -> str:
    names, parts = tuple(str(step) for step in place), split(text)
    if any(part.below(names) for part in parts):
        return join([part.renamed(len(names) - 1, name) if part.below(names) else part for part in parts])
    return put(drop(text, place), (*place[:-1], name), at(declared(text), place))


def _known(entry: Mapping[str, Any], old: Sequence[Mapping[str, Any]]) -> int | Mapping[str, Any]:
    return old.index(entry) if entry in old else entry


def _added(text: str, place: Place, value: Any) -> str:
    """A setting that was not there, as near as can be to those that it belongs to."""
    data = declared(text)
    depth = next(n for n in range(len(place) - 1, -1, -1) if n == 0 or at(data, place[:n]) is not None)
    keys = [str(step) for step in place[depth:]]
    if depth == 0 and len(keys) > 1:
        *names, key = (*keys, None) if isinstance(value, Mapping) else keys
        new = _section(tuple(map(str, names)), value if key is None else {key: value})
        return join(_after(split(text), [], new))
    for key in reversed(keys[1:]):
        value = {key: value}
    return _added_to(text, place[:depth], keys[0], value)


def _added_to(text: str, place: Place, key: str, value: Any) -> str:
    parts = split(text)
    own = _own(parts, place)
    names = tuple(str(step) for step in place)
    inside = [i for i, part in enumerate(parts) if names and part.below(names)]
    if own is not None and (place or not isinstance(value, Mapping)):
        parts[own] = _with_key(parts[own], key, value)
    elif not place or (inside and isinstance(value, Mapping)):
        parts = _after(parts, inside, _section((*names, key), value))
    elif inside:
        parts.insert(inside[0], Part(heading=ended(_section(names, {key: value}))))
    else:
        document = tomlkit.parse(text)
        _container(document, place)[key] = _item(value)
        return tomlkit.dumps(document)
    return join(parts)


def _own(parts: Sequence[Part], place: Place) -> int | None:
    """The part in which the settings of a table stand."""
    if place and isinstance(place[-1], int):
        groups = elements(parts, tuple(str(step) for step in place[:-1]))
        return parts.index(groups[place[-1]][0]) if place[-1] < len(groups) else None
    return next((i for i, part in enumerate(parts) if part.names == place and not part.element), None)


def _with_key(part: Part, key: str, value: Any) -> Part:
    """A part with one more setting, behind its last one and before what comments on nothing of it."""
    body = tomlkit.parse(part.body)
    tail: list[Item] = []
    while body.body and body.body[-1][0] is None:
        tail.insert(0, body.body.pop()[1])
    heading = part.heading if part.heading.endswith("\n") or not part.heading else part.heading + "\n"
    comments = [] if body.body or part.heading else [tail.pop(0) for _ in range(_first_gap(tail))]
    written = "".join(item.as_string() for item in comments)
    first = tomlkit.dumps(body)
    line = tomlkit.dumps(_document({key: value}))
    rest = "".join(item.as_string() for item in tail)
    between = "\n" if first and not first.endswith("\n") else ""
    return Part(part.lead, heading, written + first + between + line + rest, part.names, part.element)


def _first_gap(tail: Sequence[Item]) -> int:
    """How many of the items that stand before the first setting are the file's own title."""
    return next((i for i, item in enumerate(tail) if not item.as_string().strip()), len(tail))


def _after(parts: Sequence[Part], inside: Sequence[int], new: str) -> list[Part]:
    """The parts with a new one behind these, or at the end."""
    where = inside[-1] + 1 if inside else len(parts)
    before, behind = ended(join(parts[:where])), join(parts[where:])
    return [Part(body=before), Part(heading=ended(new) if behind else new), Part(body=behind)]


def _section(names: tuple[str, ...], value: Any) -> str:
    """A table, or a list of tables, below headings."""
    path = ".".join(tomlkit.key(name).as_string() for name in names)
    if _tables(value):
        return "\n".join(f"[[{path}]]\n{tomlkit.dumps(_document(entry))}" for entry in value)
    lists = {key: inner for key, inner in value.items() if _tables(inner)}
    rest = {key: inner for key, inner in value.items() if key not in lists}
    below = "".join(f"\n{_section((*names, key), inner)}" for key, inner in lists.items())
    return f"[{path}]\n{tomlkit.dumps(_document(rest))}{below}"


def _document(values: Mapping[str, Any]) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    for key, value in values.items():
        document.append(tomlkit.key([key]), _item(value))
    return document


def _item(value: Any) -> Item:
    """A value as it is written on one line."""
    if isinstance(value, Mapping):
        table: InlineTable = tomlkit.inline_table()
        for key, inner in value.items():
            table.append(tomlkit.key([key]), _item(inner))
        return table
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(_item(inner) for inner in value)
        return array
    item: Item = tomlkit.item(value)
    return item


def _drop(text: str, place: Place) -> str:
    if place and isinstance(place[-1], int):
        old = at(declared(text), place[:-1]) or []
        return _arranged(text, place[:-1], [i for i in range(len(old)) if i != place[-1]])
    text = join([part for part in split(text) if not part.below(place)]) if _all_names(place) else text  # type: ignore[arg-type]
    if at(declared(text), place) is None:
        return text
    document = tomlkit.parse(text)
    del _container(document, place[:-1])[place[-1]]
    return tomlkit.dumps(document)


def _all_names(place: Place) -> bool:
    return all(isinstance(step, str) for step in place)


def _arranged(text: str, place: Place, order: Order) -> str:
    names, parts = tuple(str(step) for step in place), split(text)
    groups, title = _elements(parts, names)
    if not groups and at(declared(text), place):
        return _rearranged_inline(text, place, order)
    made = "".join(
        ended(join(groups[entry]) if isinstance(entry, int) else _section(names, [entry])) for entry in order
    )
    numbers = [i for i, part in enumerate(parts) if groups and part.below(names)] or [_behind(parts, names)]
    before = join(parts[: numbers[0]])
    behind = join([part for i, part in enumerate(parts) if i >= numbers[0] and not (groups and i in numbers)])
    return (before + title if groups else ended(before)) + (made if behind else _closed(made)) + behind


def _behind(parts: Sequence[Part], names: tuple[str, ...]) -> int:
    """Where a list begins that is not there yet: behind what it belongs to, or at the end."""
    around = [i for i, part in enumerate(parts) if names[:-1] and part.below(names[:-1])]
    return around[-1] + 1 if around else len(parts)


def _elements(parts: Sequence[Part], names: tuple[str, ...]) -> tuple[list[list[Part]], str]:
    """The elements of a list, and the comment above the first: it speaks of the list, so it stays where it is."""
    groups = elements(parts, names)
    title = groups[0][0].lead if groups else ""
    return [
        [replace(group[0], lead="" if i == 0 else group[0].lead), *group[1:]] for i, group in enumerate(groups)
    ], title


def _closed(text: str) -> str:
    return text.rstrip() + "\n" if text else ""


def _rearranged_inline(text: str, place: Place, order: Order) -> str:
    document = tomlkit.parse(text)
    container, key = _container(document, place[:-1]), place[-1]
    old = container[key].unwrap()
    container[key] = _item([old[entry] if isinstance(entry, int) else entry for entry in order])
    return tomlkit.dumps(document)


def _container(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


def _tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _with(data: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    data = deepcopy(data)
    inner: Any = data
    for step in place[:-1]:
        inner = inner[step] if isinstance(step, int) else inner.setdefault(step, {})
    inner[place[-1]] = value
    return data


def _without(data: dict[str, Any], place: Place) -> dict[str, Any]:
    data = deepcopy(data)
    inner = at(data, place[:-1])
    if inner is not None and at(inner, place[-1:]) is not None:
        del inner[place[-1]]
    return data


def _pruned(data: Any) -> Any:
    """Data without what is empty: whether `[targets]` stands there with nothing below it makes no difference."""
    if isinstance(data, Mapping):
        inner = {key: _pruned(value) for key, value in data.items()}
        return {key: value for key, value in inner.items() if value not in ({}, [])}
    return [_pruned(value) for value in data] if isinstance(data, list | tuple) else data
