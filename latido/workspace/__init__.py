"""One workspace: the object that every surface holds."""

from latido.workspace.workspace import Workspace, create, open  # noqa: A004 - `latido.open` reads as it should

__all__ = ["Workspace", "create", "open"]
