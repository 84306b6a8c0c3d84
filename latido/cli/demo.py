"""`latido demo`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import latido
from latido.cli.grammar import Argument, Command, Example, Number, Option
from latido.cli.progress import bar
from latido.errors import UsageError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.demo import Group, Manifest
    from latido.workspace import Workspace

EXPORTS = "exports"  # folder of the workspace with what the company's systems delivered
NEXT = (
    "latido -w {folder} measure nps --by channel --period quarter",
    "latido -w {folder} trace first_reply_time --by channel=chat",
    "latido metrics",
)


def run(session: Any, folder: Path, *, seed: int, scale: float) -> None:
    """Simulate the company, import what its systems exported, show its figures."""
    del session
    made = _made(folder, seed, scale)
    workspace = latido.open(folder)
    for group in made.groups:
        _import(workspace, group)
    _summary(workspace)


def _made(folder: Path, seed: int, scale: float) -> Manifest:
    """The company's exports; those that are there already are taken up again."""
    from latido.demo import Manifest, generate

    exports = folder / EXPORTS
    settings = folder / "latido.toml"
    if not settings.exists():
        with _status(str(_("Simulating two years of Lumbre Hogar …"))):
            made = generate(exports, seed, scale)
        settings.write_text(made.settings.read_text(encoding="utf-8"), encoding="utf-8")
        return made
    if not (exports / "manifest.json").exists():
        raise UsageError(_("{folder} is another workspace.", folder=folder), _("Name a new folder: latido demo DIR"))
    click.echo(_("The company in {folder} is taken as it is; another folder gets a new one.", folder=folder), err=True)
    return Manifest.load(exports)


def _status(text: str) -> Any:
    from latido.report.terminal import console

    out = console(stderr=True)
    return out.status(text) if out.is_terminal else nullcontext()


def _import(workspace: Workspace, group: Group) -> None:
    """Import files as anybody's are, unless they were imported before."""
    from latido.report.imports import in_a_line
    from latido.workspace.arrivals import Instructions

    said = Instructions(source=group.source, mapping=group.mapping)
    with workspace.intake.receive(group.files, said) as found:
        for arrival in found:
            if workspace.intake.knows(arrival):
                continue
            with bar(group.name) as progress:
                report = workspace.intake.take(arrival, progress)
            click.echo(in_a_line(group.name, report))


def _summary(workspace: Workspace) -> None:
    from latido.report.overview import overview, summary
    from latido.report.terminal import show

    click.echo()
    for grid in overview(workspace, summary(workspace)):
        show(grid)
    for line in NEXT:
        click.echo(_("Next: {command}", command=line.format(folder=workspace.root)))


COMMAND = Command(
    "demo",
    text=_(
        "Simulate two years of Lumbre Hogar, an invented home-energy company in Spain and Mexico: write what its "
        "systems would export, import that as any export, and show the figures of the last quarter against the one "
        "before. A run that was interrupted is taken up again."
    ),
    run=run,
    params=(
        Argument(
            "folder",
            type=click.Path(path_type=Path),
            default="demo",
            value=_("DIR"),
            meaning=_("Folder for the workspace; demo if not said"),
        ),
        Option(
            "--seed", type=Number(0), default=7, value=_("N"), meaning=_("Seed of all random numbers; 7 if not said")
        ),
        Option(
            "--scale",
            type=Number(0.001),
            default=1.0,
            value=_("SHARE"),
            meaning=_("Share of 40,000 customers and 150,000 tickets; 1 if not said"),
        ),
    ),
    examples=(
        Example("latido demo", _("the whole company, in the folder demo")),
        Example("latido demo tiny --scale 0.02", _("a small one, in seconds")),
    ),
)
