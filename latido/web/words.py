"""What actions and ways in of the audit trail are called for people."""

from __future__ import annotations

from collections.abc import Mapping

from latido.i18n import Message, _

ACTIONS: Mapping[str, Message] = {
    "session.begun": _("signed in"),
    "person.invited": _("invited somebody"),
    "person.assigned": _("changed somebody's role"),
    "person.deactivated": _("deactivated somebody"),
    "person.activated": _("reactivated somebody"),
    "person.link_made": _("made somebody a link"),
    "password.changed": _("changed their password"),
    "token.created": _("made a token"),
    "token.revoked": _("revoked a token"),
    "settings.changed": _("changed the settings"),
    "settings.undone": _("undid a change of the settings"),
    "data.imported": _("imported files"),
    "data.undone": _("undid an import"),
    "data.mended": _("mended rejects"),
    "data.dismissed": _("put rejects aside"),
    "metric.exported": _("exported figures"),
    "rows.exported": _("exported rows"),
    "table.exported": _("exported a table"),
    "audit.exported": _("exported the audit trail"),
}
WAYS: Mapping[str, Message] = {
    "session": _("in the browser"),
    "password": _("by password"),
    "link": _("by link"),
    "provider": _("by identity provider"),
    "token": _("by token"),
    "command": _("on the command line"),
    "nobody": _("not signed in"),
}


def action_name(action: str) -> str:
    """An action in words; one that has none yet as it is."""
    return str(ACTIONS.get(action, action))


def way_name(how: str) -> str:
    """A way in, in words."""
    return str(WAYS.get(how, how))
