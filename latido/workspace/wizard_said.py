"""What a person says about uploaded files, and what is shown of how they would be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from latido.errors import FieldError
from latido.i18n import Message, _
from latido.model.catalog import table as canonical
from latido.sources.generic import Generic
from latido.sources.mapping import UPDATED, Rule
from latido.sources.mapping import Mapping as Map
from latido.sources.numbers import Sign
from latido.sources.source import Source
from latido.sources.stamps import Order

OWN, NOTHING, ASKED = "+", "", "?"  # what a column becomes, beside the names of columns


@dataclass(frozen=True)
class Said:
    """What a person has said about files that are read together.

    Attributes:
        table: The canonical table that they are; None for the likeliest.
        dates: Order of day and month; None to find out.
        decimal: Decimal sign; None to find out.
        time_zone: Zone of stamps that state none; empty for the workspace's.
        becomes: Foreign column → canonical column, `?nps` for a question, `+` for one's own, or nothing; None
            where nobody has said anything.
        scales: Foreign column → lowest and highest point of its scale.
    """

    table: str | None = None
    dates: Order | None = None
    decimal: Sign | None = None
    time_zone: str = ""
    becomes: Mapping[str, str] | None = None
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One column of the file.

    Attributes:
        name: As the file has it.
        becomes: What it becomes; see `Said`.
        sure: How sure latido is of that, 0 to 1; None where a person has said so, or it is nothing.
        raw: Its cells in the first rows.
        mapped: What becomes of them.
        scale: Lowest and highest point, for a question.
    """

    name: str
    becomes: str
    sure: float | None
    raw: tuple[str, ...]
    mapped: tuple[Any, ...]
    scale: tuple[float, float] | None = None


@dataclass(frozen=True)
class Look:
    """How files that are read together would be read.

    Attributes:
        files: Their names.
        source: What reads them.
        said: What was said, completed by what was found out.
        lines: Their columns; none for a format that maps itself.
        made: Canonical columns that no column of the file gives, and where they come from.
        mapping: Replays the import; None where it is not complete, or the format maps itself.
        confidence: Of the least sure part; 1 where a person has said how.
        doubts: What a person should look at.
        problems: What has to be said before they can be imported.
    """

    files: tuple[str, ...]
    source: Source
    said: Said = field(default_factory=Said)
    lines: tuple[Line, ...] = ()
    made: tuple[tuple[str, Rule], ...] = ()
    mapping: Map | None = None
    confidence: float = 1.0
    doubts: tuple[Message, ...] = ()
    problems: tuple[FieldError, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it is a format that maps itself."""
        return self.source.name != Generic.name

    def problem(self, name: str) -> FieldError | None:
        """What is wrong with a field."""
        return next((p for p in self.problems if p.field == name), None)


def choices(table: str) -> tuple[str, ...]:
    """The names of the canonical columns that a person may choose for a table."""
    return (*canonical(table).names, UPDATED)


def check_becomes(table: str, becomes: Mapping[str, str]) -> None:
    """Refuse names that are no columns.

    Raises:
        FieldError: One of them is none.
    """
    known = {*choices(table), OWN, NOTHING}
    for name, target in becomes.items():
        if target not in known and not (table == "answers" and target.startswith(ASKED)):
            rule = _("“{name}” cannot become “{target}”.", name=name, target=target)
            raise FieldError(f"becomes:{name}", rule)
