"""A temporary workspace that is used as a person uses one: by commands."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from math import nan
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from latido.cli.main import cli

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
        self._known: dict[tuple[str, ...], list[Figure]] = {}
        self.run("init", str(folder))
        (folder / "latido.toml").write_text(settings, encoding="utf-8")

    def run(self, *words: str) -> str:
        """What a command prints; what went wrong is said as the command says it.

        It runs in this process: to start one takes longer than most commands.
        """
        # A workspace's settings come from its own file only.
        clean = {name: None for name in os.environ if name.startswith("LATIDO_")}
        done = CliRunner().invoke(cli, ["--lang", "en", "--workspace", str(self.folder), *words], env=clean)
        if done.exit_code:
            raise RuntimeError(f"latido {' '.join(words)}\n{done.stderr.strip()}")
        return done.stdout

    def load(self, files: Sequence[Path], *options: str) -> dict[str, dict[str, Any]]:
        """Import files; what became of their rows, by table."""
        self._known.clear()
        said = json.loads(self.run("import", *map(str, files), *options, "--yes", "--json"))
        return {table["table"]: table for table in said["tables"]}

    def mapped(self, files: Sequence[Path], mapping: str) -> dict[str, dict[str, Any]]:
        """Import files by a mapping of `validate/mappings`."""
        return self.load(files, "--map", str(MAPPINGS / f"{mapping}.toml"))

    def figures(self, metric: str, *options: str) -> list[Figure]:
        """The figures of a metric; a question is asked once for the same data."""
        asked = (metric, *options)
        if asked not in self._known:
            told = json.loads(self.run("measure", *asked, "--json"))["figures"]
            self._known[asked] = [Figure(f["keys"], f["parts"], (f["period"] or {}).get("start")) for f in told]
        return self._known[asked]

    def value(self, metric: str, *options: str, part: str = "value", field: str = "value") -> float:
        """One number of a metric's only figure."""
        (only,) = self.figures(metric, *options)
        found = only.parts[part][field]
        return nan if found is None else found

    def by(self, dimension: str, metric: str, *options: str) -> dict[str | None, float | None]:
        """The main values of a metric, by the values of a dimension."""
        found = self.figures(metric, "--by", dimension, *options)
        return {f.keys[dimension]: next(iter(f.parts.values()))["value"] for f in found}
