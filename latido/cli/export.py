"""`latido export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from latido.cli.grammar import Argument, Choice, Command, Example, Option
from latido.cli.questions import AS_OF
from latido.errors import UsageError
from latido.i18n import _, _n

if TYPE_CHECKING:
    from latido.cli.session import Session

FORMATS = ("csv", "parquet", "json")


def run(session: Session, table: str, *, format_: str | None, output: Path | None, as_of: str | None) -> None:
    """Write a table to a file, whole or not at all; or to standard output."""
    named = output.suffix.lstrip(".").replace("jsonl", "json") if output else "csv"
    chosen = format_ or named
    if chosen not in FORMATS:
        raise UsageError(_("“{file}” does not say its format.", file=output), _("Add --format csv, parquet or json."))
    if output is None:
        if chosen == "parquet":
            raise UsageError(_("Parquet cannot be read in a terminal."), _("Add --output FILE."))
        with _standard_output() as to:
            session.workspace.export(table, to, chosen, as_of)
        return
    count = _replaced(session, table, output, chosen, as_of)
    click.echo(_n("{count} row in {file}", "{count} rows in {file}", count, file=output), err=True)


@contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    """Standard output as bytes; an unbuffered one (PYTHONUNBUFFERED) may take only a part and not say so."""
    out = sys.stdout.buffer
    if isinstance(out, RawIOBase):
        whole = BufferedWriter(out)
        yield whole
        whole.flush()
        whole.detach()
    else:
        yield out
        out.flush()


def _replaced(session: Session, table: str, output: Path, format_: str, as_of: str | None) -> int:
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as to:
            count = session.workspace.export(table, to, format_, as_of)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


COMMAND = Command(
    "export",
    text=_(
        "Write a canonical table (tickets, answers, …) or facts (ticket_facts, …) to a file: CSV, Parquet, or JSON "
        "with one object a line. docs/reference/tables.md says what is in them."
    ),
    run=run,
    params=(
        Argument("table", value=_("TABLE"), meaning=_("A canonical table or facts")),
        Option(
            "--format",
            "format_",
            type=Choice(_("format"), *FORMATS),
            meaning=_("Else the one that the file's name says, else csv"),
        ),
        Option(
            "--output",
            "-o",
            type=click.Path(path_type=Path, dir_okay=False),
            value=_("FILE"),
            meaning=_("Where to; else standard output"),
        ),
        AS_OF,
    ),
    examples=(
        Example("latido export tickets -o tickets.parquet", _("all tickets, for another engine")),
        Example("latido export ticket_facts --as-of 2025-06-30 > facts.csv", _("the facts as they were in June")),
    ),
)
