"""`latido version`."""

from __future__ import annotations

from importlib.metadata import version

from tests.cli.conftest import run


def test_it_is_the_installed_one() -> None:
    assert run("version").output == f"latido {version('latido')}\n"
