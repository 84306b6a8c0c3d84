"""`latido init`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

import latido
from latido.cli.grammar import Argument, Command, Example, Option
from latido.i18n import _, language

if TYPE_CHECKING:
    from latido.cli.session import Session

DIR = Argument("folder", type=click.Path(path_type=Path), required=False, value=_("DIR"),
               meaning=_("Where; else the folder of --workspace, else the current one"))  # fmt: skip


def run(
    session: Session,
    folder: Path | None,
    *,
    name: str,
    time_zone: str | None,
    currency: str,
    countries: tuple[str, ...],
) -> None:
    """Make a workspace and say what to do next."""
    made = latido.create(
        folder or session.folder,
        name=name,
        time_zone=time_zone or system_zone(),
        language=language(),
        currency=currency,
        countries=countries,
    )
    click.echo(_("A workspace is in {folder}: its settings are in {file}.", folder=made.root, file="latido.toml"))
    click.echo(_("Days are those of {time_zone}.", time_zone=made.config.time_zone))
    click.echo(_("Next: {command}", command=f"latido -w {made.root} import FILE"))


def system_zone() -> str:
    """The time zone that this computer is set to; UTC where it does not say."""
    from latido.config.values import SettingError, zone

    said = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    try:
        return zone(said)
    except SettingError:
        return "UTC"


COMMAND = Command(
    "init",
    text=_("Make a workspace: a folder with commented settings (latido.toml) and an empty lake."),
    run=run,
    params=(
        DIR,
        Option("--name", default="", value=_("TEXT"), meaning=_("The company's name; else the folder's")),
        Option(
            "--time-zone",
            value=_("ZONE"),
            meaning=_("Zone of days and months, such as Europe/Madrid; else this computer's"),
        ),
        Option(
            "--currency",
            default="EUR",
            value=_("CODE"),
            meaning=_("Currency of amounts that state none; EUR if not said"),
        ),
        Option(
            "--country",
            "countries",
            multiple=True,
            value=_("CODE"),
            meaning=_("Where the company works; may be repeated"),
        ),
    ),
    examples=(
        Example("latido init acme", _("in the folder acme")),
        Example(
            "latido init acme --time-zone America/Mexico_City --currency MXN --country MX", _("for a company in Mexico")
        ),
    ),
)
