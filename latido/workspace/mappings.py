"""The mappings that were accepted: one file each, which replays the import."""

from __future__ import annotations

from pathlib import Path

from latido.sources.mapping import Mapping

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
