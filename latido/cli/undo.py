"""`latido undo`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from latido.cli.grammar import Argument, Command, Example, Number
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session


def run(session: Session, version: float, *, as_json: bool, as_csv: bool) -> None:
    """Take an import back and say what that did."""
    from latido.report.history import undone
    from latido.report.terminal import show

    either(as_json=as_json, as_csv=as_csv)
    done = session.workspace.undo(int(version), session.who)
    if as_csv:
        write_csv([asdict(one) for one in done.tables])
    elif as_json:
        write_json(asdict(done))
    else:
        show(undone(done))


COMMAND = Command(
    "undo",
    text=_(
        "Take an import back: as a new version, in which the rows that it added are gone and those that it changed are "
        "as before. What a later import changed again stays, and is counted. Nothing is erased: the versions before "
        "can still be read, and the same files can be imported again."
    ),
    run=run,
    params=(
        Argument(
            "version", type=Number(1), value=_("VERSION"), meaning=_("The import's version, as latido history shows it")
        ),
        *FORMATS,
    ),
    examples=(Example("latido undo 7", _("the import that made version 7")),),
)
