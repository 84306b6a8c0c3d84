"""A temporary workspace that is used as a person uses one: by commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class Company:
    """A workspace in a folder of its own.

    Args:
        folder: Where to make it.
        settings: The text of its `latido.toml`.
    """

    def __init__(self, folder: Path, settings: str = "") -> None:
        self.folder = folder
        self.run("init", str(folder))
        (folder / "latido.toml").write_text(settings, encoding="utf-8")

    def run(self, *words: str) -> str:
        """What a command prints; what went wrong is said as the command says it."""
        command = [sys.executable, "-m", "latido", "--lang", "en", "--workspace", str(self.folder), *words]
        # A workspace's settings come from its own file only.
        clean = {name: value for name, value in os.environ.items() if not name.startswith("LATIDO_")}
        done = subprocess.run(command, capture_output=True, text=True, env=clean, check=False)
        if done.returncode:
            raise RuntimeError(f"latido {' '.join(words)}\n{done.stderr.strip()}")
        return done.stdout

    def load(self, files: Sequence[Path], *options: str) -> dict[str, Record]:
        """Import files; what became of their rows, by table."""
        said = self.run("import", *map(str, files), *options, "--yes", "--json")
        return {table["table"]: table for table in json.loads(said)["tables"]}

    def measure(self, metric: str, *options: str) -> list[Record]:
        """The figures of a metric, one record per figure and part."""
        return list(json.loads(self.run("measure", metric, *options, "--json"))["figures"])

    def value(self, metric: str, *options: str, part: str = "value", field: str = "value") -> float:
        """One number of a metric's only figure."""
        return float(next(r[field] for r in self.measure(metric, *options) if r["part"] == part))
