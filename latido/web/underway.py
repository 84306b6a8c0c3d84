"""Pages whose figures take seconds: shown when they are there, and until then the browser asks again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

from latido.web.cards import PATIENCE

if TYPE_CHECKING:
    from latido.web.ask import Ask
    from latido.workspace import Workspace

T = TypeVar("T")


def computed(ask: Ask, compute: Callable[[Workspace], T], *key: Hashable) -> T | None:
    """What `compute` gives; None while it is underway (then the template shows `insights_ui.working`).

    Args:
        ask: The request; with `?whole=1` it waits, for browsers without scripts.
        compute: Makes the result from a workspace whose queries take turns with everybody's; it must name
            `ask.answers.version()` as `as_of` itself.
        *key: What tells this result from others of the same version: the page's name and what was chosen on it.

    Raises:
        LatidoError: What `compute` raised.
    """
    patience = None if ask.query.get("whole") else PATIENCE
    work = ask.answers.begun((*key, ask.answers.version()), compute, patience=patience)
    return work.result() if work.done() else None
