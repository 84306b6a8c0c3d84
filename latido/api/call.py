"""One request, as a resource sees it: who asks, what there is, and what the answer carries besides its body."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response

from latido.http import trail
from latido.i18n import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latido.http.access import Asker
    from latido.state import State
    from latido.workspace import Workspace
    from latido.workspace.answers import Answers

ROWS, CSV = "application/json", "text/csv"
# The same address answers each asker in their own way.
VARY = "Accept, Accept-Language, Authorization, Cookie"


class NotModified(Exception):  # noqa: N818 - it is an answer
    """The client has the answer already.

    Args:
        headers: What the answer says nevertheless.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__("not modified")
        self.headers = headers


@dataclass(frozen=True)
class Call:
    """A request.

    Attributes:
        request: As Starlette has it.
        response: Takes what the answer's head says.
        answers: Figures, each computed once.
        state: People, tokens, the audit trail.
        asker: Who asks.
    """

    request: Request
    response: Response
    answers: Answers
    state: State
    asker: Asker

    @property
    def workspace(self) -> Workspace:
        """The workspace; whoever uses its engine holds `answers.engine`."""
        return self.answers.workspace

    @property
    def head(self) -> dict[str, str]:
        """What the answer's head says so far, for answers that are made by hand."""
        return dict(self.response.headers)

    @property
    def wants_csv(self) -> bool:
        """Whether the client would rather have a sheet."""
        wanted = [part.split(";")[0].strip() for part in self.request.headers.get("accept", "").split(",")]
        return next((kind for kind in wanted if kind in {ROWS, CSV}), ROWS) == CSV

    def tag(self, *parts: object) -> None:
        """Name the answer, so that whoever has it already need not load it again.

        Args:
            *parts: All that the answer depends on besides address, language, settings and asker's teams: the
                question, the version of the data.

        Raises:
            NotModified: The client has this very answer.
        """
        surroundings = (version("latido"), language(), self.wants_csv, self.request.url.path, self.asker.teams)
        name = sha256(repr((*surroundings, self.workspace.config, *parts)).encode("utf-8", "replace")).hexdigest()
        etag = f'W/"{name[:32]}"'
        head = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": VARY}
        if _has(self.request.headers.get("if-none-match", ""), etag):
            raise NotModified(head)
        self.response.headers.update(head)

    def record(self, action: str, target: str) -> None:
        """Note a change or an export in the audit trail."""
        trail.record(self.state, self.asker, self.request, action, target)


def call_of(request: Request, response: Response) -> Call:
    """The request of an endpoint."""
    made = request.app.state
    return Call(request, response, made.live.now(), made.state, request.state.asker)


Asking = Annotated[Call, Depends(call_of)]


def _has(header: str, etag: str) -> bool:
    """Whether an `If-None-Match` names the answer; weak and strong names of it are the same."""
    names = {name.strip().removeprefix("W/") for name in header.split(",")}
    return etag.removeprefix("W/") in names or "*" in names
