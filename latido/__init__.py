"""latido: listen to customers on every channel, measure service and experience, prove what worked.

    import latido

    ws = latido.open("acme")
    ws.measure("nps", by="channel", period="month")

The names below are loaded when they are first used, so that importing latido costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latido import metrics
    from latido.workspace import Workspace, create, open  # noqa: A004 - `latido.open` reads as it should

__all__ = ["Workspace", "create", "metrics", "open"]

_HOMES = {"Workspace": "latido.workspace", "create": "latido.workspace", "open": "latido.workspace"}


def __getattr__(name: str) -> Any:
    if name == "metrics":
        return import_module("latido.metrics")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'latido' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
