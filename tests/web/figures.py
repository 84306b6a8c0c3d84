"""An application over a company with figures, for the modules that look at its pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

from starlette.applications import Starlette

from latido.app import create_app
from tests.cast import Cast, cast_of
from tests.company import company
from tests.web.visitors import state_of


@cache
def served() -> tuple[Starlette, Cast]:
    """The application and the people in it; made once, only read."""
    root = Path(mkdtemp(prefix="latido-web-")) / "acme"
    copytree(company(), root, ignore=lambda _folder, names: {"state.db", "cache"} & set(names))
    app = create_app(root)
    return app, cast_of(state_of(app))
