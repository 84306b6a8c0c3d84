"""A workspace that stays open for long: settings that change under it are read anew."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from threading import Lock

from latido.config import FILE
from latido.errors import ConfigError
from latido.workspace.answers import Answers
from latido.workspace.check import check
from latido.workspace.folder import open as open_workspace
from latido.workspace.kept import Kept

CACHE = "cache"  # folder of the workspace for what can be computed again
Stamp = tuple[int, int]


class Live:
    """The workspace in a folder, for a server.

    New data need no reopening: every question reads the last version. New settings do, and settings that
    cannot be read leave the last good ones in force.

    Args:
        root: The folder.
        engine: URL of the engine; None for the one that the settings name.
    """

    def __init__(self, root: Path, engine: str | None = None) -> None:
        self.root = root
        self._engine = engine
        self._lock = Lock()
        self._stamp = self._read()
        self._answers = self._opened()
        self.wrong: ConfigError | None = None

    def now(self) -> Answers:
        """The workspace as its settings are now."""
        if self._read() != self._stamp:
            with self._lock:  # who comes second waits for what the first one reads
                stamp = self._read()
                if stamp != self._stamp:
                    self._reopen()
                    self._stamp = stamp
        return self._answers

    def _reopen(self) -> None:
        try:
            self._answers, self.wrong = self._opened(), None
        except ConfigError as error:
            self.wrong = error

    def _opened(self) -> Answers:
        workspace = open_workspace(self.root, engine=self._engine)
        check(workspace.config)
        return Answers(workspace, Kept(self.root / CACHE, workspace.config, version("latido")))

    def _read(self) -> Stamp:
        try:
            told = (self.root / FILE).stat()
        except FileNotFoundError:
            return 0, 0
        return told.st_mtime_ns, told.st_size
