"""One workspace: the object that every surface holds."""

from latido.workspace.folder import create, open  # noqa: A004 - `latido.open` reads as it should
from latido.workspace.workspace import Workspace

__all__ = ["Workspace", "create", "open"]
