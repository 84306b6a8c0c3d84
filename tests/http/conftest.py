"""An empty state, the cast, and an identity provider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from latido.state import State
from tests.cast import Cast, cast_of
from tests.http.provider import running


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """An empty state."""
    found = State.open(None, tmp_path)
    yield found
    found.close()


@pytest.fixture
def people(state: State) -> Cast:
    """The cast."""
    return cast_of(state)


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A provider that runs."""
    with running() as found:
        yield found
