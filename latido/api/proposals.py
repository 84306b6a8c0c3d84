"""How files would be read, for whoever has to decide it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from latido.api.meaning import about
from latido.errors import UnsureError
from latido.i18n import _
from latido.sources.build import SURE

if TYPE_CHECKING:
    from latido.sources.propose import Proposal
    from latido.workspace.arrivals import Arrival

Cell = bool | int | float | datetime | date | str | None
Row = dict[str, Cell]


class Guess(BaseModel):
    """What one foreign column would become."""

    column: str | None = about(_("The foreign column; none for what is constant or made up"))
    table: str = about(_("The canonical table"))
    target: str = about(_("The canonical column"))
    confidence: float = about(_("How sure latido is, from 0 to 1"))
    doubt: str | None = about(_("What a person should look at"))


class Preview(BaseModel):
    """Mapped rows."""

    table: str = about(_("The canonical table"))
    rows: list[Row] = about(_("Up to three rows as they would be imported"))


class Proposed(BaseModel):
    """How files that have the same columns would be read."""

    files: str = about(_("The files"))
    confidence: float = about(_("How sure latido is of the part that it is least sure of, from 0 to 1"))
    doubts: list[str] = about(_("What a person should look at"))
    mapping: dict[str, Any] = about(_("The mapping; send it back, corrected, as `mapping`"))
    guesses: list[Guess] = about(_("Column by column, the surest first"))
    preview: list[Preview] = about(_("Rows to look at, for each table"))
    unused: list[str] = about(_("Foreign columns that would not be imported"))


class UnsureOfError(UnsureError):
    """There is only a guess how to read files, and this is it.

    Args:
        error: What is doubtful.
        proposed: How all of the files would be read.
    """

    def __init__(self, error: UnsureError, proposed: list[Proposed]) -> None:
        super().__init__(error.message, _("Send it again with yes=true, with as=TABLE, or with a mapping."))
        self.proposed = proposed


def insist(arrivals: Sequence[Arrival]) -> None:
    """Refuse to import by guessing.

    Raises:
        UnsureOfError: Something is doubtful.
    """
    for arrival in arrivals:
        if arrival.proposal and arrival.proposal.confidence < SURE:
            try:
                arrival.proposal.insist(arrival.name)
            except UnsureError as error:
                found = [_proposed(a.name, a.proposal) for a in arrivals if a.proposal]
                raise UnsureOfError(error, found) from None


def _proposed(name: str, proposal: Proposal) -> Proposed:
    guesses = [
        Guess(column=g.column, table=g.table, target=g.target, confidence=g.confidence,
              doubt=str(g.doubt) if g.doubt else None)
        for g in proposal.guesses
    ]  # fmt: skip
    return Proposed(
        files=name,
        confidence=proposal.confidence,
        doubts=[str(doubt) for doubt in proposal.doubts],
        mapping=proposal.mapping.said(),
        guesses=guesses,
        preview=[Preview(table=table, rows=list(rows)) for table, rows in proposal.preview],
        unused=list(proposal.unused),
    )
