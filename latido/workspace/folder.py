"""Workspaces are folders: opening one, and making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from latido.config import FILE, load, parse
from latido.errors import UsageError
from latido.i18n import _
from latido.store.lake import Lake
from latido.workspace.template import written
from latido.workspace.workspace import LAKE, Workspace


def open(path: Path | str = ".", *, engine: str | None = None) -> Workspace:  # noqa: A001 - `latido.open("acme")`
    """The workspace in a folder.

    Args:
        path: The folder.
        engine: URL of the engine that computes: `duckdb`, `spark://host:port`, `sc://host:port`; None for the one
            that the settings name.

    Raises:
        ConfigError: There is none there, or its settings are wrong.
    """
    root = Path(path)
    config = load(root)
    if engine:
        config = config.model_copy(update={"engine": config.engine.model_copy(update={"url": engine})})
    return Workspace(root, config)


def create(
    path: Path | str,
    *,
    name: str = "",
    time_zone: str = "UTC",
    language: str | None = None,
    currency: str = "EUR",
    countries: Sequence[str] = (),
) -> Workspace:
    """Make a workspace in a folder: a commented `latido.toml` and an empty lake.

    Raises:
        UsageError: There is one already.
        ConfigError: A value that cannot be.
    """
    root = Path(path)
    if (root / FILE).exists():
        raise UsageError(
            _("{folder} is a workspace already.", folder=root), _("Change its {file} with any editor.", file=FILE)
        )
    chosen = {"name": name or root.resolve().name, "time_zone": time_zone, "language": language, "currency": currency,
              "countries": list(countries)}  # fmt: skip
    text = written({key: value for key, value in chosen.items() if value})
    parse(text)
    root.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_text(text, encoding="utf-8")
    Lake.create(root / LAKE)
    return open(root)
