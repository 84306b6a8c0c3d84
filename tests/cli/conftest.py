"""Commands as they are typed, in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from latido.cli.main import cli
from tests.company import company, made

Run = Callable[..., Result]


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    """Run a command line in English unless it says otherwise."""
    lang = () if "--lang" in words else ("--lang", "en")
    return CliRunner().invoke(cli, [*lang, *words], input=stdin)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for every column, and nothing of the surroundings."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("LATIDO_WORKSPACE", raising=False)
    monkeypatch.delenv("LATIDO_LANG", raising=False)


@pytest.fixture
def acme() -> Run:
    """Run a command on the company's workspace."""
    return lambda *words, **more: run("-w", str(company()), *words, **more)


@pytest.fixture
def empty(tmp_path: Path) -> Run:
    """Run a command on a workspace with nothing in it."""
    root = made(tmp_path / "acme")
    return lambda *words, **more: run("-w", str(root), *words, **more)
