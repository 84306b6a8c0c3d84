"""`latido version`."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from latido.cli.grammar import Command, Example
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session


def run(session: Session) -> None:
    """Print the version."""
    del session
    click.echo(f"latido {version('latido')}")


COMMAND = Command(
    "version",
    text=_("Say which version of latido this is."),
    run=run,
    examples=(Example("latido version", _("the version")),),
)
