"""A TOML text in parts: what stands before the first heading, then each heading with what is below it.

A comment directly above a heading speaks of what comes, so it belongs to that part and moves and goes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from latido.config.lines import Heading, called, heading


@dataclass(frozen=True)
class Part:
    """One heading and its lines.

    Attributes:
        lead: The comments directly above the heading.
        heading: The heading's line; empty for what stands before the first one.
        body: The lines below it.
        names: What it heads.
        element: Whether it begins an element of a list.
    """

    lead: str = ""
    heading: str = ""
    body: str = ""
    names: tuple[str, ...] = ()
    element: bool = False

    @property
    def text(self) -> str:
        """All its lines."""
        return self.lead + self.heading + self.body

    def below(self, names: tuple[str, ...]) -> bool:
        """Whether it heads something inside of what these names head, or that itself."""
        return self.names[: len(names)] == names

    def renamed(self, step: int, name: str) -> Part:
        """With another name at one step of what it heads."""
        names = (*self.names[:step], name, *self.names[step + 1 :])
        return replace(self, heading=called(self.heading, names), names=names)


def split(text: str) -> list[Part]:
    """The parts of a text; joined they are the text."""
    parts = [Part()]
    for line in text.splitlines(keepends=True):
        if found := heading(line):
            parts.extend(_begun(parts.pop(), line, found))
        else:
            parts[-1] = replace(parts[-1], body=parts[-1].body + line)
    return parts


def join(parts: Sequence[Part]) -> str:
    """The text of parts."""
    return "".join(part.text for part in parts)


def _begun(before: Part, line: str, found: Heading) -> tuple[Part, Part]:
    """A part ends, another begins, and takes the comments directly above it along."""
    lines = before.body.splitlines(keepends=True)
    runs = [(comment, list(run)) for comment, run in groupby(lines, key=lambda text: text.lstrip().startswith("#"))]
    lead = "".join(runs[-1][1]) if runs and runs[-1][0] else ""
    kept = before.body.removesuffix(lead)
    return replace(before, body=kept), Part(lead, line, names=found.names, element=found.element)


def elements(parts: Sequence[Part], names: tuple[str, ...]) -> list[list[Part]]:
    """The elements of a list of tables, each with the headings inside of it."""
    found: list[list[Part]] = []
    for part in parts:
        if part.element and part.names == names:
            found.append([part])
        elif found and part.below(names):
            found[-1].append(part)
    return found


def ended(text: str) -> str:
    """A text that another part may follow: with an empty line at its end."""
    return f"{text.rstrip()}\n\n" if text.strip() else ""
