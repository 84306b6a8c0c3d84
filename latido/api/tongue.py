"""The language of an answer: what the request asks for, else the asker's own, else the workspace's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from latido.i18n import LANGUAGES, nearest, use

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from latido.http.access import Asker
    from latido.workspace.live import Live

LONGEST = 200  # characters of an Accept-Language that are looked at


class Spoken:
    """Answers every request in its language, and says in which.

    Args:
        app: What answers.
        live: The workspace, whose language is the last resort.
    """

    def __init__(self, app: ASGIApp, live: Live) -> None:
        self.app = app
        self.live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        code = self._wanted(Headers(scope=scope), scope["state"]["asker"])

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Content-Language", code)
            await send(message)

        with use(code):
            await self.app(scope, receive, telling)

    def _wanted(self, headers: Headers, asker: Asker) -> str:
        own = asker.person.language if asker.person else None
        return nearest(accepted(headers.get("accept-language", "")) or own or self.live.now().workspace.config.language)


def accepted(header: str) -> str | None:
    """The language that an `Accept-Language` likes best of those that there are; None where it likes none of them.

    >>> accepted("fr, en;q=0.5, es-MX;q=0.8"), accepted("fr"), accepted("*")
    ('es', None, None)
    """
    ranked = sorted((_ranked(part) for part in header[:LONGEST].split(",")), key=lambda one: -one[1])
    return next((code for code, weight in ranked if weight > 0 and code in LANGUAGES), None)


def _ranked(part: str) -> tuple[str, float]:
    code, _sign, weight = part.partition(";q=")
    try:
        return code.strip().split("-")[0].lower(), float(weight or 1)
    except ValueError:
        return "", 0
