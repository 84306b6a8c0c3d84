"""One request, as a page sees it: who asks, what was sent, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from latido.errors import FieldError, UsageError
from latido.i18n import LANGUAGES, Message, language, nearest
from latido.web.instants import When, instant
from latido.web.nav import ENTRIES, INSIGHTS
from latido.web.render import environment
from latido.web.view import View, read

if TYPE_CHECKING:
    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request

    from latido.http.access import Asker
    from latido.metrics.metric import Metric
    from latido.state import State
    from latido.workspace import Workspace
    from latido.workspace.answers import Answers

FLASH = "flash"
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Ask:
    """A request.

    Attributes:
        request: As Starlette has it.
        latest: Figures, each computed once, about the last version of the data.
        state: People, sessions, the audit trail.
        asker: Who asks.
        form: What a form sent; empty for other requests.
    """

    request: Request
    latest: Answers
    state: State
    asker: Asker
    form: FormData
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The workspace; whoever uses its engine holds `answers.engine`."""
        return self.latest.workspace

    @cached_property
    def answers(self) -> Answers:
        """Figures, each computed once, about the version of the data that the address asks about."""
        return self.latest.pinned(self.view.as_of) if self.view.as_of else self.latest

    @property
    def query(self) -> QueryParams:
        """The address' parameters."""
        return self.request.query_params

    @property
    def path(self) -> str:
        """The address' path."""
        return self.request.url.path

    @property
    def param(self) -> dict[str, Any]:
        """What stands in the path's places: `name` of `/metrics/{name}`."""
        return self.request.path_params

    @cached_property
    def view(self) -> View:
        """Period, comparison, filters and the state of the data, as the address says."""
        found = read(self.query, self.limits, self.workspace.segments)
        try:
            self.latest.version(found.as_of or None)
        except UsageError as error:
            typed = {**found.typed, "as_of": found.as_of}
            wrong = FieldError("as_of", error.message, error.hint)
            return replace(found, as_of="", typed=typed, wrong=(*found.wrong, wrong))
        return found

    @property
    def known(self) -> When:
        """When the version that is asked about became the last one."""
        there = self.workspace.snapshot(self.answers.version())
        return instant(there.committed.astimezone(UTC).replace(tzinfo=None), self.workspace.config.zone)

    def without(self, *names: str) -> list[tuple[str, str]]:
        """The address' parameters but some."""
        return [(name, value) for name, value in self.query.multi_items() if name not in names]

    @property
    def limits(self) -> tuple[str, ...]:
        """Filters that the asker's role sets."""
        return (f"team={','.join(map(_quoted, self.asker.teams))}",) if self.asker.teams else ()

    @property
    def theme(self) -> str:
        """Light, dark, or as the device is set."""
        chosen = self.asker.person.theme if self.asker.person else self.request.cookies.get("theme")
        return chosen if chosen in THEMES else "system"

    def page(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Answer with a page.

        Args:
            template: Its template.
            status: The status: 422 where a form comes back, and where the view that is shown is not what was asked.
            **context: What the template shows.
        """
        shown = environment().get_template(template).render(ask=self, **self._surroundings(), **context)
        mistaken = status == 200 and "view" in self.__dict__ and self.view.wrong
        answer = HTMLResponse(shown, 422 if mistaken else status, headers=self.headers)
        if FLASH in self.request.cookies:
            answer.delete_cookie(FLASH, path="/")
        return answer

    def see_other(self, path: str, said: Message | None = None) -> Response:
        """Answer a write: go to this page, and say there what was done."""
        answer = RedirectResponse(path, 303)
        if said is not None:
            secure = self.request.url.scheme == "https"
            answer.set_cookie(FLASH, quote(str(said)), max_age=60, httponly=True, samesite="lax", secure=secure)
        return answer

    def not_by(self, metric: Metric) -> bool:
        """Whether the asker's teams are nothing that the metric knows: then it is not theirs to see."""
        return bool(self.asker.teams) and "team" not in self.answers.dimensions(metric)

    def _surroundings(self) -> dict[str, Any]:
        config = self.workspace.config
        return {
            "asker": self.asker,
            "bell": self.state.alerts.open() if self.asker.may("read") and not self.asker.teams else 0,
            "company": config.name or self.workspace.root.resolve().name,
            "here": self.path,
            "language": language(),
            "insights": [entry for entry in INSIGHTS if self.asker.may(entry.right)],
            "languages": LANGUAGES,
            "nav": [entry for entry in ENTRIES if self.asker.may(entry.right)],
            "theme": self.theme,
            "said": self.request.cookies.get(FLASH, ""),
        }


def language_of(request: Request, asker: Asker, otherwise: str | None) -> str:
    """The reader's language: chosen, else the browser's, else the workspace's, else English."""
    if asker.person and asker.person.language:
        return asker.person.language
    wanted = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    spoken = (nearest(code) for code in wanted if code[:2].lower() in LANGUAGES)
    return nearest(request.cookies.get("lang") or next(spoken, otherwise))


def inside(path: str | None) -> str:
    """A path of this application to go to; the home page for anything else."""
    parts = urlsplit(path or "/")
    return path if path and path.startswith("/") and not path.startswith("//") and not parts.netloc else "/"


def _quoted(team: str) -> str:
    return f'"{team}"' if "," in team else team
