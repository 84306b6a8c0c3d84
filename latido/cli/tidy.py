"""`latido tidy`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from latido.cli.grammar import Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.i18n import _, _n, number

if TYPE_CHECKING:
    from latido.cli.session import Session


def run(session: Session, *, keep_days: float | None, as_json: bool, as_csv: bool) -> None:
    """Tidy the lake and say what was done."""
    either(as_json=as_json, as_csv=as_csv)
    done = session.workspace.tidy(None if keep_days is None else int(keep_days))
    if as_csv:
        write_csv([asdict(done)])
    elif as_json:
        write_json(asdict(done))
    else:
        click.echo(_n("{count} small file joined", "{count} small files joined", done.joined))
        click.echo(_n("{count} old version dropped", "{count} old versions dropped", done.versions))
        freed = number(done.freed / 1e6, 1)
        click.echo(_n("{count} file deleted: {size} MB", "{count} files deleted: {size} MB", done.files, size=freed))


COMMAND = Command(
    "tidy",
    text=_(
        "Join the lake's small files, and drop versions older than the settings keep (30 days where they do not say). "
        "What can be read of the rest stays the same."
    ),
    run=run,
    params=(
        Option("--keep-days", type=Number(0), value=_("N"), meaning=_("Keep versions of so many days instead")),
        *FORMATS,
    ),
    examples=(
        Example("latido tidy", _("now and then, or every night")),
        Example("latido tidy --keep-days 0", _("only the current version")),
    ),
)
