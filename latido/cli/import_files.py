"""`latido import`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Argument, Choice, Command, Example, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.progress import bar
from latido.errors import UsageError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.sync import Report
    from latido.workspace.arrivals import Arrival


def run(
    session: Session,
    files: tuple[str, ...],
    *,
    yes: bool,
    save_map: Path | None,
    as_json: bool,
    as_csv: bool,
    **said: Any,
) -> None:
    """Import files: show what is proposed, ask where it is doubtful, say what was done."""
    from latido.workspace.arrivals import Instructions, merged

    either(as_json=as_json, as_csv=as_csv)
    given = [sys.stdin.buffer if file == "-" else Path(file) for file in files]
    with session.workspace.intake.receive(given, Instructions(**said)) as found:
        if save_map and len([a for a in found if a.proposal]) != 1:
            raise UsageError(_("--save-map needs exactly one mapping to write."), _("Import the files one by one."))
        for arrival in found:
            _look(session, arrival, quiet=as_json or as_csv)
            _agree(arrival, yes=yes, asking="-" not in files)
        for arrival in found:
            _keep(session, arrival, save_map)
        report = merged([take(session, arrival) for arrival in found])
    show_report(report, as_json=as_json, as_csv=as_csv)


def _look(session: Session, arrival: Arrival, *, quiet: bool) -> None:
    """Show what is proposed."""
    from latido.report.imports import proposed
    from latido.report.terminal import console, show

    if arrival.proposal and not quiet:
        for grid in proposed(arrival.name, arrival.proposal, session.workspace.config.zone):
            show(grid, console(stderr=True))


def _agree(arrival: Arrival, *, yes: bool, asking: bool) -> None:
    """Where a proposal is doubtful, a person has to agree to it."""
    from latido.sources.build import SURE

    if arrival.proposal is None or arrival.proposal.confidence >= SURE or yes:
        return
    if not (asking and sys.stdin.isatty() and click.confirm(str(_("Import it like this?")), err=True)):
        arrival.proposal.insist(arrival.name)


def _keep(session: Session, arrival: Arrival, save_map: Path | None) -> None:
    """Write the accepted mapping to a file that replays it."""
    from latido.workspace import mappings

    if arrival.proposal is None:
        return
    path = save_map or mappings.place(session.workspace.root, arrival.deliveries[0].name)
    mappings.keep(arrival.proposal.mapping, path)
    click.echo(_("The mapping is in {file}: --map {file} repeats it.", file=path), err=True)


def take(session: Session, arrival: Arrival) -> Report:
    """Import one arrival, with a bar."""
    with bar(arrival.name) as progress:
        return session.workspace.intake.take(arrival, progress, session.who)


def show_report(report: Report, *, as_json: bool = False, as_csv: bool = False) -> None:
    """Say what an import did, one line a table."""
    from latido.report.imports import imported
    from latido.report.terminal import show

    tables = [{**asdict(t), "rows_per_second": round(t.rate, 1)} for t in report.tables]
    if as_csv:
        write_csv(tables)
    elif as_json:
        write_json({**asdict(report), "tables": tables})
    else:
        show(imported(report))


COMMAND = Command(
    "import",
    text=_(
        "Read files into the workspace: CSV, TSV, XLSX, JSON, JSON Lines, Parquet, and zip or gz of these; “-” is "
        "standard input. Named formats are recognised; for any other file latido proposes how its columns map and "
        "shows three mapped rows. What it is not sure of it does not import without your word. Rows that cannot be "
        "read are kept: “latido rejects” shows them. The same file twice changes nothing."
    ),
    run=run,
    params=(
        Argument("files", nargs=-1, required=True, value=_("FILE"), meaning=_("The files; “-” for standard input")),
        Option("--as", "table", value=_("TABLE"), meaning=_("The canonical table that they are: tickets, answers, …")),
        Option(
            "--map",
            "mapping",
            type=click.Path(path_type=Path),
            value=_("FILE"),
            meaning=_("Read them by this mapping (TOML), as --save-map writes it"),
        ),
        Option("--source", value=_("NAME"), meaning=_("Their format: zendesk, servicenow, qualtrics, …")),
        Option("--dates", type=Choice(_("order of dates"), "dmy", "mdy", "ymd"), meaning=_("Order of day and month")),
        Option("--time-zone", value=_("ZONE"), meaning=_("Zone of stamps that state none; else the workspace's")),
        Option("--yes", is_flag=True, meaning=_("Import even what is only a guess")),
        Option(
            "--save-map",
            type=click.Path(path_type=Path),
            value=_("FILE"),
            meaning=_("Where to write the proposed mapping; else the workspace's folder mappings"),
        ),
        *FORMATS,
    ),
    examples=(
        Example("latido import tickets.csv", _("any export; the columns are recognised")),
        Example("latido import tickets.json.gz audits.json.gz users.json", _("a Zendesk export, recognised as such")),
        Example("latido import survey.xlsx --as answers --dates dmy", _("say what the file cannot")),
        Example("latido import april.csv --map mappings/march.toml", _("as the month before")),
        Example("zcat events.csv.gz | latido import - --as touchpoints --yes", _("from another program")),
    ),
)
