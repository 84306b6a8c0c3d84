"""The lines of a TOML text: where headings and keys stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import tomlkit

Place = tuple[str | int, ...]

_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_HEADER = re.compile(r"""\s*(\[{1,2})\s*((?:"[^"]*"|'[^']*'|[^\]"'])+?)\s*\]{1,2}\s*(?:#.*)?$""")
_NAME = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


class Heading(NamedTuple):
    """A line such as `[targets.csat]`.

    Attributes:
        names: What it heads: `("targets", "csat")`.
        element: Whether it begins an element of a list: `[[sla]]`.
    """

    names: tuple[str, ...]
    element: bool


def heading(line: str) -> Heading | None:
    """What a line heads; None where it is none.

    >>> heading("[[sla]] # the first")
    Heading(names=('sla',), element=True)
    """
    found = _HEADER.match(line)
    return Heading(_names(found[2]), found[1] == "[[") if found else None


def called(line: str, names: tuple[str, ...]) -> str:
    """A heading's line with other names; indent and comment stay.

    >>> called("[a.b] # mine", ("a", "c d"))
    '[a."c d"] # mine'
    """
    found = _HEADER.match(line)
    return line[: found.start(2)] + tomlkit.key(names).as_string() + line[found.end(2) :] if found else line


def line_of(place: Place, text: str) -> int | None:
    """Line where a setting stands, or the nearest one around it; None where it is not in the text."""
    lines = dict(_lines(text))
    steps = tuple(map(str, place))
    return next((lines[steps[:n]] for n in range(len(steps), 0, -1) if steps[:n] in lines), None)


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every heading and key of a TOML text with its line; elements of `[[lists]]` by number."""
    names: tuple[str, ...] = ()
    elements: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := heading(line):
            names = found.names
            if found.element:
                elements[names] = elements.get(names, -1) + 1
            names = (*names, str(elements[names])) if names in elements else names
            yield names, number
        elif key := _KEY.match(line):
            yield (*names, *_names(key[1])), number


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(next(filter(None, found), "") for found in _NAME.findall(dotted))
