"""An engine that cannot be reached or made says so at once, with the way out."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from latido.errors import EngineError
from latido.store import engine
from latido.store.engine import connect, public


def test_an_unknown_url_names_those_there_are() -> None:
    with pytest.raises(EngineError, match=r"“mysql://db” names no engine\. It can be duckdb, spark"):
        connect("mysql://db")


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _name: None)
    with pytest.raises(EngineError, match=r"extra “spark”.* pip install 'latido\[spark\]'"):
        connect("spark://localhost:7077")


def test_a_password_is_never_shown() -> None:
    assert public("postgresql://ana:secret@db:5432/x") == "postgresql://ana:…@db:5432/x"


@pytest.mark.spark
@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_a_server_that_is_not_there_is_said_at_once(scheme: str) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        url = f"{scheme}://127.0.0.1:{found.getsockname()[1]}"
        with pytest.raises(EngineError, match=r"Nobody answers at .*Is Spark running there"):
            connect(url)


@pytest.mark.spark
def test_java_comes_as_a_wheel_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from latido.store.engines import java

    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    java.java_home.cache_clear()
    home = java.java_home()
    java.java_home.cache_clear()
    monkeypatch.undo()
    assert (home.name.startswith("latido-java-"), java.major(home / "bin" / "java")) == (True, 17)


@pytest.mark.spark
def test_a_java_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    from latido.store.engines import java

    fake = tmp_path / "java"
    fake.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    fake.chmod(0o755)
    assert java.major(fake) == 1
    assert java.major(tmp_path / "none") is None


@pytest.mark.postgres
def test_a_warehouse_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(EngineError, match=r"PostgreSQL at postgresql://ana:…@127\.0\.0\.1:1/x did not answer"):
        connect("postgresql://ana:secret@127.0.0.1:1/x")
