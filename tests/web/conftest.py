"""An application over a workspace without data, and the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.app import create_app
from latido.state import State
from tests.cast import Cast, cast_of
from tests.company import made
from tests.web.visitors import state_of, visitor


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Starlette]:
    """An application; nobody has joined yet."""
    found = create_app(made(tmp_path / "acme"))
    yield found
    state_of(found).close()


@pytest.fixture
def state(app: Starlette) -> State:
    """The application's state."""
    return state_of(app)


@pytest.fixture
def people(state: State) -> Cast:
    """The cast, who have joined."""
    return cast_of(state)


@pytest.fixture
def outsider(app: Starlette) -> TestClient:
    """Somebody who is not signed in."""
    return visitor(app)


@pytest.fixture
def owner(app: Starlette, people: Cast) -> TestClient:
    """The owner's browser."""
    return visitor(app, people.owner)


@pytest.fixture
def viewer(app: Starlette, people: Cast) -> TestClient:
    """The viewer's browser."""
    return visitor(app, people.viewer)
