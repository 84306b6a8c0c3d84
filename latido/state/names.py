"""What roles and rights are called for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from latido.i18n import Message, _
from latido.state.person import Right, Role

ROLE_NAMES: Mapping[Role, Message] = {
    "owner": _("Owner"),
    "analyst": _("Analyst"),
    "lead": _("Team lead"),
    "viewer": _("Viewer"),
}
ROLE_MEANINGS: Mapping[Role, Message] = {
    "owner": _("may do everything, and manages people"),
    "analyst": _("sees everything, imports files, changes settings"),
    "lead": _("sees the figures and rows of their teams, and exports them"),
    "viewer": _("sees figures, no single customer"),
}
RIGHT_NAMES: Mapping[Right, Message] = {
    "read": _("see figures"),
    "rows": _("see single tickets, customers and comments"),
    "export": _("export files"),
    "import": _("import files"),
    "settings": _("change settings"),
    "people": _("manage people"),
}


def listed(rights: Iterable[str]) -> str:
    """Rights by name, in the reader's language; what is none as it was written."""
    named: Mapping[str, Message] = {str(right): name for right, name in RIGHT_NAMES.items()}
    return ", ".join(str(named.get(right, right)) for right in rights)
