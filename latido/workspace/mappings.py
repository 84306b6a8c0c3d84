"""The mappings that were accepted: one file each, which replays the import."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from latido.errors import LatidoError
from latido.sources.mapping import Mapping, load

FOLDER = "mappings"


def place(root: Path, file: str) -> Path:
    """Where the mapping of a file belongs.

    Args:
        root: The workspace's folder.
        file: The file's name.
    """
    return root / FOLDER / f"{Path(file).name.split('.')[0]}.toml"


def keep(mapping: Mapping, path: Path) -> None:
    """Write a mapping to its file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mapping.text(), encoding="utf-8")


def candidates(root: Path, columns: Collection[str]) -> Iterator[tuple[str, Mapping]]:
    """Accepted mappings that may be of a file with these columns, the one accepted last first: name and mapping.

    Args:
        root: The workspace's folder.
        columns: The file's columns; a mapping that draws on fewer than half of them is of another file.
    """
    known = {*columns}
    paths = sorted((root / FOLDER).glob("*.toml"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in paths:
        with suppress(LatidoError):
            mapping = load(path)
            used = {*mapping.foreign}
            if mapping.tables and used <= known and len(used) >= len(known) / 2:
                yield path.stem, mapping
