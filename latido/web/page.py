"""How a page is declared: an address, what answers there, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.state.people import Right
    from latido.web.ask import Ask

Verb = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True)
class Page:
    """One address of the application.

    Attributes:
        path: Its path, with parameters as Starlette writes them: `/metrics/{name}`.
        endpoint: What answers; it runs in a thread.
        right: What the asker must be allowed to do; None for what everybody may see.
        methods: The verbs that it answers.
        name: By which `url_for` finds it; else the endpoint's module and name.
        raw: Whether the endpoint reads the request's body itself, as it arrives.
    """

    path: str
    endpoint: Callable[[Ask], Response]
    right: Right | None
    methods: tuple[Verb, ...] = ("GET",)
    name: str = ""
    raw: bool = False

    @property
    def known_as(self) -> str:
        """Its name."""
        return self.name or f"{self.endpoint.__module__.rpartition('.')[2]}.{self.endpoint.__name__}"
