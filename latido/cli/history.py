"""`latido history`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.store.history import Version


def run(session: Session, *, limit: float, as_json: bool, as_csv: bool) -> None:
    """Show the versions of the data, the newest first."""
    either(as_json=as_json, as_csv=as_csv)
    found = session.workspace.history(int(limit))
    if as_json:
        write_json([_record(version) for version in found])
    elif as_csv:
        write_csv([_row(version) for version in found])
    else:
        _show(session, found)


def _show(session: Session, found: list[Version]) -> None:
    from latido.report.history import history
    from latido.report.terminal import show

    show(history(found, session.workspace.config.zone))
    if any(version.can_undo for version in found):
        click.echo(_("{command} takes one of these imports back.", command="latido undo VERSION"))


def _record(version: Version) -> dict[str, Any]:
    """A version for JSON."""
    return {
        "version": version.n,
        "committed": version.committed,
        "kind": version.kind,
        "undone_by": version.undone_by,
        "can_undo": version.can_undo,
        **{name: value for name, value in asdict(version.deed).items() if name != "kind"},
    }


def _row(version: Version) -> dict[str, Any]:
    """A version for CSV: counts over all tables."""
    deed = version.deed
    counts = {n: sum(getattr(b, n) for b in deed.brought) for n in ("new", "updated", "unchanged")}
    files = "; ".join(file.name for file in deed.files)
    return {
        "version": version.n, "committed": version.committed, "kind": version.kind, "source": deed.source,
        "files": files, **counts, "rejected": deed.rejected, "emptied": deed.emptied, "who": deed.who,
        "undoes": deed.undoes, "undone_by": version.undone_by,
    }  # fmt: skip


COMMAND = Command(
    "history",
    text=_(
        "Show the versions of the data, the newest first: which files came when, who brought them, what they changed, "
        "and whether they were taken back since. Any of them can be read: latido measure --as-of VERSION."
    ),
    run=run,
    params=(
        Option("--limit", type=Number(1), default=20, value=_("N"), meaning=_("How many versions; 20 if not said")),
        *FORMATS,
    ),
    examples=(
        Example("latido history", _("what came lately")),
        Example("latido history --limit 1000 --csv", _("for a spreadsheet")),
    ),
)
