"""`latido rejects`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Choice, Command, Example, Number, Option
from latido.cli.import_files import show_report
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.progress import bar
from latido.errors import UsageError
from latido.i18n import _, _n

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.store.rejects import Kept


def run(
    session: Session,
    *,
    export: Path | None,
    replay: Path | None,
    dismiss: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
    **which: Any,
) -> None:
    """Show, export, replay or dismiss rejects."""
    either(as_json=as_json, as_csv=as_csv)
    if sum(map(bool, (export, replay, dismiss))) > 1:
        raise UsageError(_("--export, --replay and --dismiss exclude each other."))
    if replay:
        with bar(replay.name) as progress:
            report = session.workspace.intake.replay(replay, progress, session.who)
        show_report(report, as_json=as_json, as_csv=as_csv)
        return
    found = _found(session, **which)
    if export:
        _export(found, export)
    elif dismiss:
        session.workspace.rejects.mark([r.reject_id for r in found], "dismissed", session.who)
        rows = len({r.place for r in found})
        click.echo(_n("{count} row put aside", "{count} rows put aside", rows))
    else:
        _show(found, limit, as_json=as_json, as_csv=as_csv)


def _found(session: Session, *, file: str | None, table: str | None, state: str) -> list[Kept]:
    return session.workspace.rejects.list(file, table, None if state == "all" else state)  # type: ignore[arg-type]


def _export(found: list[Kept], folder: Path) -> None:
    """Write what is wrong, and the rows themselves to be mended."""
    from latido.store.rejects import export_reasons, export_rows

    folder.mkdir(parents=True, exist_ok=True)
    reasons = folder / "reasons.csv"
    export_reasons(found, reasons)
    rows = len({r.place for r in found})
    click.echo(_n("What is wrong with {count} row is in {file}", "What is wrong with {count} rows is in {file}", rows,
                  file=reasons))  # fmt: skip
    for path in export_rows(found, folder):
        click.echo(_("Mend {file}, then: {command}", file=path, command=f"latido rejects --replay {path}"))


def _show(found: list[Kept], limit: int, *, as_json: bool, as_csv: bool) -> None:
    from latido.report.imports import rejected
    from latido.report.terminal import show

    records = [{**asdict(r), "reason": str(r.reason), "raw": dict(r.raw)} for r in found]
    if as_csv:
        write_csv([{k: v for k, v in record.items() if k != "raw"} for record in records])
    elif as_json:
        write_json(records)
    elif found:
        show(rejected(found, limit))
    else:
        click.echo(_("There are no rejects."))


COMMAND = Command(
    "rejects",
    text=_(
        "Show the rows and values that could not be read, with file, row, column, value and reason. --export writes "
        "them to a folder: a list of reasons, and the rows themselves to be mended; --replay imports a mended file in "
        "the way in which it came."
    ),
    run=run,
    params=(
        Option("--file", value=_("NAME"), meaning=_("Only of this delivered file")),
        Option("--table", value=_("TABLE"), meaning=_("Only those meant for this table")),
        Option(
            "--state",
            type=Choice(_("state"), "open", "replayed", "dismissed", "undone", "all"),
            default="open",
            meaning=_("Only in this state; open if not said"),
        ),
        Option("--limit", type=Number(1), default=20, value=_("N"), meaning=_("How many rows to show; 20 if not said")),
        Option("--export", type=click.Path(path_type=Path), value=_("DIR"), meaning=_("Write them to this folder")),
        Option("--replay", type=click.Path(path_type=Path), value=_("FILE"), meaning=_("Import a mended file again")),
        Option("--dismiss", is_flag=True, meaning=_("Put them aside for good")),
        *FORMATS,
    ),
    examples=(
        Example("latido rejects", _("what is wrong, row by row")),
        Example("latido rejects --file tickets.csv --export mend", _("the rows of a file, to mend them")),
        Example("latido rejects --replay mend/tickets-1a2b3c4d-1.csv", _("and to bring them in")),
    ),
)
