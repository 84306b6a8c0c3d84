"""Where the built files are, and the addresses under which browsers may keep them for ever."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from latido.errors import ConfigError
from latido.i18n import _

DIST = Path(__file__).parent / "static" / "dist"


@cache
def _hashes() -> dict[str, str]:
    manifest = DIST / "manifest.json"
    if not manifest.exists():
        raise ConfigError(
            _("The web application's files have not been built."),
            _("Install latido anew (in a clone: make .venv/run.stamp); it needs Node 20 or PyPI for that."),
        )
    found: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return found


def address(name: str) -> str:
    """The address of a built file: another one whenever its content is another."""
    return f"/static/{name}?v={_hashes()[name]}"
