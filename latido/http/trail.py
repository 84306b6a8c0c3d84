"""Notes in the audit trail who did what, from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

    from latido.http.access import Asker
    from latido.state import State


def record(state: State, asker: Asker, request: Request, action: str, target: str = "") -> None:
    """Note a change or an export; within `state.transaction()` it is kept with the change, or not at all.

    Whoever asks for the head of an answer alone (HEAD) takes nothing out.

    Args:
        state: Where the trail is.
        asker: Who.
        request: Tells from where.
        action: What was done: `import.undone`, `metric.exported`.
        target: To what; numbers and names of things, nothing personal.
    """
    if request.method == "HEAD":
        return
    person_id = asker.person.id if asker.person else None
    state.audit.record(action, target, person_id=person_id, how=asker.how, address=address(request))


def address(request: Request) -> str:
    """Where a request comes from; empty where that is not known."""
    return request.client.host if request.client else ""
