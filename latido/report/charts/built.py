"""What the build made for drawing: scripts, fonts, widths of letters."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from latido.errors import ConfigError
from latido.i18n import _

DIST = Path(__file__).parents[2] / "web" / "static" / "dist"
FONT = "Inter, Inter Ext, system-ui, sans-serif"
UNKNOWN = 0.6  # a letter that the font lacks


def text(name: str) -> str:
    """A built file.

    Raises:
        ConfigError: It has not been built.
    """
    path = DIST / name
    if not path.exists():
        raise ConfigError(
            _("The web application's files have not been built."),
            _("Install latido anew (in a clone: make .venv/run.stamp); it needs Node 20 or PyPI for that."),
        )
    return path.read_text(encoding="utf-8")


def fonts() -> list[str]:
    """The font files."""
    return [str(path) for path in sorted(DIST.glob("*.ttf"))]


@cache
def _widths() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(text("widths.json"))
    return found


def text_width(line: str, size: float, *, semibold: bool = False) -> float:
    """How wide a line is, in pixels."""
    letters = _widths()["semibold" if semibold else "regular"]
    return size * sum(letters.get(letter, UNKNOWN) for letter in line)


def wrapped(line: str, size: float, room: float, *, semibold: bool = False) -> list[str]:
    """A text in lines no wider than there is room, broken at spaces."""
    lines = [""]
    for word in line.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, semibold=semibold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [one for one in lines if one]
