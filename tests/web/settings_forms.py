"""Forms of the settings: filled in by a visitor, and what the file says afterwards."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient


def seen(browser: TestClient, page: str = "/settings/general") -> str:
    """The state of the file that a page was made from."""
    found = re.search(r'name="seen" value="(\w+)"', browser.get(page).text)
    assert found
    return found[1]


def send(browser: TestClient, path: str, **typed: Any) -> Response:
    """Send a form that was made from the file as it is now."""
    return browser.post(path, data={"seen": seen(browser), **typed})


def text(app: Starlette) -> str:
    """What the settings file says."""
    found: str = (app.state.live.root / "latido.toml").read_text(encoding="utf-8")
    return found


def settings(app: Starlette) -> dict[str, Any]:
    """What the settings file declares."""
    return tomllib.loads(text(app))


def write(app: Starlette, more: str) -> None:
    """Add to the settings file, as with an editor."""
    path = app.state.live.root / "latido.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
