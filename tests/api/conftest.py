"""The API over a real shop, asked by a cast: owner, analyst, lead of one team, viewer, and the outsider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.api.app import TELLERS, routes
from latido.http.middleware import middleware
from latido.state import State
from latido.workspace import Workspace
from latido.workspace.live import Live
from tests.api.shop import shop
from tests.cast import cast_of


class Api:
    """The running API.

    Args:
        root: The workspace, which it may change.
    """

    def __init__(self, root: Path) -> None:
        self.live = Live(root)
        self.state = State.open(None, root)
        self.app = Starlette(
            routes=routes(self.live, self.state),
            middleware=list(middleware(self.state, self.live.now().workspace.config.access, TELLERS)),
        )
        self.cast = {person.role: person for person in cast_of(self.state)}
        self.keys = {role: self.key(role, *person.rights) for role, person in self.cast.items()}

    @property
    def workspace(self) -> Workspace:
        """The workspace, to compare with."""
        return self.live.now().workspace

    def key(self, role: str, *rights: str) -> str:
        """A token of somebody, for these rights."""
        return self.state.tokens.create(self.cast[role], "tests", rights).key

    def by(self, role: str, **headers: str) -> TestClient:
        """A client of somebody; the outsider has no token."""
        known = {"Authorization": f"Bearer {self.keys[role]}"} if role in self.keys else {}
        return TestClient(self.app, base_url="http://testserver/api/v1", headers={**known, **headers})

    def close(self) -> None:
        """Let go of everything."""
        self.workspace.close()
        self.state.close()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API over a shop of the module's own."""
    root = tmp_path_factory.mktemp("api") / "shop"
    copytree(shop(), root)
    made = Api(root)
    yield made
    made.close()


@pytest.fixture(scope="module")
def owner(api: Api) -> TestClient:
    """A client that may do everything."""
    return api.by("owner")


@pytest.fixture(scope="module")
def lead(api: Api) -> TestClient:
    """A client that sees the team Ventas only."""
    return api.by("lead")
