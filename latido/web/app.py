"""The web application's routes: each page with its right, and errors as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from latido.errors import LatidoError, NotSignedInError, UsageError
from latido.http.access import require
from latido.http.headers import ALWAYS, NOT_KEPT
from latido.http.origin import SAFE
from latido.http.status import status_of
from latido.i18n import _, use
from latido.web.ask import Ask, language_of
from latido.web.pages import PAGES
from latido.web.static import DIST

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from latido.web.page import Page
    from latido.workspace.live import Live

FOREVER = "public, max-age=31536000, immutable"
FORM_FIELDS, FORM_FILES = 2_000, 20


class Static(StaticFiles):
    """Built files: their addresses change with their content, so browsers may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        if isinstance(answer, FileResponse):
            answer.headers["Cache-Control"] = FOREVER
        return answer


def routes() -> list[BaseRoute]:
    """Every address of the web application."""
    pages = [Route(page.path, _endpoint(page), methods=list(page.methods), name=page.known_as) for page in PAGES]
    return [Mount("/static", Static(directory=DIST, check_dir=False), name="static"), *pages]


def _endpoint(page: Page) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        form = FormData() if page.raw or request.method in SAFE else await _form(request)
        return await run_in_threadpool(_answered, page, request, form)

    return answer


async def _form(request: Request) -> FormData:
    return await request.form(max_fields=FORM_FIELDS, max_files=FORM_FILES)


def _ask(request: Request, form: FormData) -> Ask:
    live: Live = request.app.state.live
    return Ask(request, live.now().pinned(), request.app.state.state, request.state.asker, form)


def _answered(page: Page, request: Request, form: FormData) -> Response:
    ask = _ask(request, form)
    with use(language_of(request, ask.asker, ask.workspace.config.language)):
        try:
            if page.right is not None:
                require(ask.asker, page.right)
            _readable(request)
            return page.endpoint(ask)
        except NotSignedInError:
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?next={quote(wanted)}", 303)
        except LatidoError as error:
            return ask.page("error.html", status_of(error), error=error)


def _readable(request: Request) -> None:
    """Refuse what no text contains, before it comes anywhere near a query."""
    if any("\0" in value for _name, value in request.query_params.multi_items()):
        raise UsageError(_("The address contains a character that no text has."))


async def missing(request: Request, _error: Exception) -> Response:
    """Answer an address that is none."""
    error = UsageError(_("There is no page at {path}.", path=request.url.path))
    return await run_in_threadpool(_told, request, error, 404)


async def failed(request: Request, _error: Exception) -> Response:
    """Answer a defect: nothing of it is shown, the log has it."""
    error = UsageError(_("Something went wrong here, and it is not your fault."), _("The server's log says what."))
    answer = await run_in_threadpool(_told, request, error, 500)
    answer.headers.update(ALWAYS | {"Cache-Control": NOT_KEPT})  # it passes by what else adds them
    return answer


def _told(request: Request, error: LatidoError, status: int) -> Response:
    ask = _ask(request, FormData())
    with use(language_of(request, ask.asker, ask.workspace.config.language)):
        return ask.page("error.html", status, error=error)
