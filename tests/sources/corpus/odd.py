"""A broken or odd file, how to make it, and exactly what latido says about it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latido.errors import LatidoError
from latido.i18n import LANGUAGES, use
from latido.sources.generic import Generic
from latido.sources.open import spool
from latido.sources.source import Chunk, Options, Reject
from latido.sources.zones import zone

TICKETS = '[[tables]]\ntable = "tickets"\n[tables.columns]\nticket_id = "id"\ncreated = "created"\n'
ANSWERS = (
    '[[tables]]\ntable = "answers"\n[tables.columns]\nanswer_id = "id"\nkind = { constant = "nps" }\nscore = "score"\n'
)
ORDERS = (
    '[[tables]]\ntable = "orders"\n[tables.columns]\norder_id = "id"\n'
    'customer_id = "id"\nordered = "created"\namount = "amount"\n'
)


@dataclass(frozen=True)
class Odd:
    """One odd file.

    Attributes:
        name: What it is called.
        what: What is odd about it, by language.
        build: Writes it.
        mapping: TOML of the mapping it is read with; empty for the wizard's.
        dates: Order of day and month that the person says.
        refused: Exactly what is said, where the file is not imported at all.
        rows: How many canonical rows come out.
        set_aside: Rows and values set aside: `row 2, created “x”: reason`.
        shows: Cells of the first row.
    """

    name: str
    what: tuple[str, str]
    build: Callable[[Path], None]
    mapping: str = TICKETS
    dates: str | None = None
    refused: str = ""
    rows: int = 0
    set_aside: tuple[str, ...] = ()
    shows: dict[str, Any] = field(default_factory=dict)

    def chunks(self, folder: Path) -> list[Chunk]:
        """Make it and read it."""
        folder.mkdir(exist_ok=True)
        path = folder / self.name
        self.build(path)
        options = Options(
            time_zone=zone("Europe/Madrid"),
            dates=self.dates,
            mapping=tomllib.loads(self.mapping) if self.mapping else None,
        )
        return list(Generic().read(spool(path, folder / "unfolded"), options))

    def told(self, folder: Path) -> dict[str, tuple[str, ...]]:
        """What is said about it, by language: the refusal, or what is set aside."""
        try:
            rejects = [reject for chunk in self.chunks(folder) for reject in chunk.rejects]
        except LatidoError as error:
            return {code: tuple(said(code, error)) for code in LANGUAGES}
        return {code: tuple(told(code, reject) for reject in rejects) for code in LANGUAGES}


def said(code: str, error: LatidoError) -> Iterator[str]:
    """An error in a language."""
    with use(code):
        yield str(error)


def told(code: str, reject: Reject) -> str:
    """A reject in a language, with where it stands."""
    with use(code):
        row = {"en": "row", "es": "fila"}[code]
        where = "" if reject.column is None else f", {reject.column} “{reject.value or ''}”"
        return f"{row} {reject.row}{where}: {reject.reason}"


def text(content: str | bytes, encoding: str = "utf-8") -> Callable[[Path], None]:
    """A builder of a file with this text."""
    data = content if isinstance(content, bytes) else content.encode(encoding)
    return lambda path: path.write_bytes(data) and None
