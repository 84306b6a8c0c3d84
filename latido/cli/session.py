"""What every command gets: the workspace in force, and somewhere to write."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

import latido
from latido.i18n import _, set_language

if TYPE_CHECKING:
    from latido.workspace import Workspace


@dataclass
class Session:
    """One run of the command line.

    Attributes:
        folder: The workspace's folder, whether or not there is one.
        speaks: Whether the reader has asked for a language, by an option or the locale.
        engine: URL of the engine to use; None for the workspace's.
    """

    folder: Path
    speaks: bool = True
    engine: str | None = None

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, opened when first needed (that loads the engine)."""
        opened = latido.open(self.folder, engine=self.engine)
        if opened.config.language and not self.speaks:
            set_language(opened.config.language)
        return opened

    @property
    def who(self) -> str:
        """Name under which the person is known to this machine; empty where it has none."""
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return ""

    def note_if_empty(self, as_of: str | None = None) -> None:
        """Say what to do next where nothing was imported yet."""
        if not self.workspace.snapshot(as_of).tables:
            click.echo(_("The workspace is empty. Next: {command}", command="latido import FILE"), err=True)
