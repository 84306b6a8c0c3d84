"""Long work beside short questions: whoever computes for seconds gives the engine back after each query."""

from __future__ import annotations

from copy import copy
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latido.workspace.workspace import Workspace


class InTurn:
    """An object whose methods wait for their turn, each for itself.

    Args:
        whose: The object.
        lock: Whoever holds it has the turn.
    """

    def __init__(self, whose: object, lock: Any) -> None:
        self._whose = whose
        self._lock = lock

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whose, name)
        if not callable(found):
            return found

        @wraps(found)
        def waiting(*given: Any, **named: Any) -> Any:
            with self._lock:
                return found(*given, **named)

        return waiting


def in_turn(workspace: Workspace, lock: Any) -> Workspace:
    """The same workspace for a thread beside others: each of its queries takes a turn of its own."""
    with lock:
        same = copy(workspace)
        same.__dict__["engine"] = InTurn(workspace.engine, lock)
        same.__dict__.pop("execute", None)
    return same
