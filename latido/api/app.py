"""The API as an application: every operation, problems for errors, and its own description."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from latido.api import problems, reference
from latido.api.call import NotModified
from latido.api.openapi import document, extra, responses
from latido.api.operation import guarded
from latido.api.resources import OPERATIONS
from latido.api.tongue import Spoken
from latido.errors import LatidoError
from latido.http.refusal import Tellers
from latido.i18n import language

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from latido.api.operation import Operation
    from latido.state import State
    from latido.workspace.live import Live

TELLERS: Tellers = {"/api/": problems.of_latido}  # of what is refused before it gets here
HANDLERS: dict[Any, Any] = {
    LatidoError: problems.of_latido,
    RequestValidationError: problems.of_validation,
    HTTPException: problems.of_framework,
    ClientDisconnect: problems.of_parting,
    NotModified: problems.of_unchanged,
    Exception: problems.of_defect,
}


def routes(live: Live, state: State) -> list[BaseRoute]:
    """The API at `/api/v1`, and its reference for people at `/api/docs`.

    Args:
        live: The workspace.
        state: People, tokens, the audit trail.
    """
    made = api(live, state)
    described = cache(partial(document, made))

    async def openapi(_request: Request) -> Response:
        return JSONResponse(described(language()))

    made.router.routes.append(Route("/openapi.json", openapi, include_in_schema=False))
    inner = Router([*reference.routes(described), _mounted("/v1", made)])
    return [_mounted("/api", Spoken(inner, live))]


def _mounted(path: str, app: ASGIApp) -> Mount:
    """Everything below a path, even what holds the end of a line: a problem is what it gets, not a page."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def api(live: Live, state: State) -> FastAPI:
    """The operations, without a prefix."""
    made = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, exception_handlers=HANDLERS)
    made.state.live, made.state.state = live, state
    for operation in OPERATIONS:
        _add(made, operation)
    return made


def _add(made: FastAPI, operation: Operation) -> None:
    """Add an operation, and beside every GET its HEAD, which the description need not repeat."""
    made.router.add_api_route(
        operation.path,
        operation.endpoint,
        methods=[operation.method],
        response_model=operation.answer,
        status_code=operation.status,
        summary=operation.summary.template,
        description=operation.meaning.template,
        response_description="OK",
        operation_id=operation.name,
        tags=[operation.group.template],
        responses=responses(operation),
        openapi_extra=extra(operation),
        route_class_override=guarded(operation),
    )
    if operation.method == "GET":
        made.router.add_api_route(
            operation.path,
            operation.endpoint,
            methods=["HEAD"],
            response_model=operation.answer,
            include_in_schema=False,
            route_class_override=guarded(operation),
        )
