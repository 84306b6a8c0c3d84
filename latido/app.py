"""The application: pages, API, who may ask, and what every answer carries."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from latido.api import app as api
from latido.http.middleware import middleware
from latido.state import State
from latido.web import app as web
from latido.web.warm import Warmer
from latido.web.watching import Lookout
from latido.workspace.live import Live

WORKSPACE, ENGINE = "LATIDO_SERVE_WORKSPACE", "LATIDO_SERVE_ENGINE"


def create_app(root: Path | str, *, engine: str | None = None) -> Starlette:
    """The application over the workspace in a folder.

    Args:
        root: The folder.
        engine: URL of the engine; None for the one that the settings name.

    Raises:
        ConfigError: There is no workspace there, or its settings are wrong.
    """
    live = Live(Path(root), engine)
    config = live.now().workspace.config
    state = State.open(config.state.url, live.root, config.access.session_days)
    warmer, lookout = Warmer(live), Lookout(live, state)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        warmer.start()
        lookout.start()
        yield
        await run_in_threadpool(warmer.stop)
        await run_in_threadpool(lookout.stop)
        state.close()

    made = Starlette(
        lifespan=lifespan,
        routes=[*api.routes(live, state), *web.routes()],
        middleware=[
            *middleware(state, config.access, api.TELLERS),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={404: web.missing, 500: web.failed},
    )
    made.state.live, made.state.state = live, state
    return made


def from_environment() -> Starlette:
    """The application of a worker process, which learns from its environment what to serve."""
    return create_app(os.environ[WORKSPACE], engine=os.environ.get(ENGINE))
