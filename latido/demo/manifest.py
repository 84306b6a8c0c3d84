"""What was written, and how each group of files is imported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Group:
    """Files that are imported together.

    Attributes:
        name: What they are.
        files: Where they are.
        tables: Canonical tables that they fill.
        source: Named source that reads them; None where a mapping does.
        mapping: Mapping file of the generic source; None for a named one.
    """

    name: str
    files: tuple[Path, ...]
    tables: tuple[str, ...]
    source: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class Manifest:
    """Everything that the demo wrote.

    Attributes:
        root: The folder.
        groups: Files by how they are imported, in a good order: who people are comes before what they did.
        settings: A `latido.toml` for the workspace.
        truths: What was planted, with the figures that no export can tell; not to be imported.
        sizes: Rows of the simulation, by name.
    """

    root: Path
    groups: tuple[Group, ...]
    settings: Path
    truths: Path
    sizes: dict[str, int]

    @property
    def files(self) -> tuple[Path, ...]:
        """All files to import."""
        return tuple(path for group in self.groups for path in group.files)

    def save(self) -> Path:
        """Write the manifest itself as JSON, paths relative to the root."""
        groups = [
            {
                "name": g.name,
                "files": [p.relative_to(self.root).as_posix() for p in g.files],
                "tables": list(g.tables),
                "source": g.source,
                "mapping": g.mapping.relative_to(self.root).as_posix() if g.mapping else None,
            }
            for g in self.groups
        ]
        path = self.root / "manifest.json"
        path.write_text(
            json.dumps({"groups": groups, "sizes": self.sizes}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        return path

    @classmethod
    def load(cls, root: Path) -> Manifest:
        """The manifest that `save` wrote in a folder."""
        said = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        groups = tuple(
            Group(
                name=g["name"],
                files=tuple(root / f for f in g["files"]),
                tables=tuple(g["tables"]),
                source=g["source"],
                mapping=root / g["mapping"] if g["mapping"] else None,
            )
            for g in said["groups"]
        )
        return cls(root, groups, root / "latido.toml", root / "truths.json", said["sizes"])
