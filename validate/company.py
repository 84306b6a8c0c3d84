"""A temporary workspace that is used as a person uses one: by commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from math import nan
from pathlib import Path
from typing import Any, NamedTuple

MAPPINGS = Path(__file__).parent / "mappings"


class Figure(NamedTuple):
    """A figure as `latido measure --json` tells it."""

    keys: dict[str, str | None]
    parts: dict[str, dict[str, float | None]]
    month: str | None


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

    def load(self, files: Sequence[Path], *options: str) -> dict[str, dict[str, Any]]:
        """Import files; what became of their rows, by table."""
        said = json.loads(self.run("import", *map(str, files), *options, "--yes", "--json"))
        return {table["table"]: table for table in said["tables"]}

    def mapped(self, files: Sequence[Path], mapping: str) -> dict[str, dict[str, Any]]:
        """Import files by a mapping of `validate/mappings`."""
        return self.load(files, "--map", str(MAPPINGS / f"{mapping}.toml"))

    def figures(self, metric: str, *options: str) -> list[Figure]:
        """The figures of a metric."""
        told = json.loads(self.run("measure", metric, *options, "--json"))["figures"]
        return [Figure(f["keys"], f["parts"], (f["period"] or {}).get("start")) for f in told]

    def value(self, metric: str, *options: str, part: str = "value", field: str = "value") -> float:
        """One number of a metric's only figure."""
        (only,) = self.figures(metric, *options)
        found = only.parts[part][field]
        return nan if found is None else found

    def by(self, dimension: str, metric: str, *options: str) -> dict[str | None, float | None]:
        """The main values of a metric, by the values of a dimension."""
        found = self.figures(metric, "--by", dimension, *options)
        return {f.keys[dimension]: next(iter(f.parts.values()))["value"] for f in found}
