"""The entries of the side bar, in the order in which people need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _

if TYPE_CHECKING:
    from latido.state.people import Right


class Entry(NamedTuple):
    """One entry."""

    path: str
    label: Message
    icon: str
    right: Right


ENTRIES = (
    Entry("/", _("Pulse"), "layout-dashboard", "read"),
    Entry("/service", _("Service"), "headset", "read"),
    Entry("/experience", _("Experience"), "mood-smile", "read"),
    Entry("/interaction", _("Interaction"), "click", "read"),
    Entry("/employees", _("Employees"), "users", "read"),
    Entry("/moved", _("Insights"), "bulb", "read"),
    Entry("/tickets", _("Tickets"), "ticket", "rows"),
    Entry("/customers", _("Customers"), "user", "rows"),
    Entry("/comments", _("Comments"), "message-2", "rows"),
    Entry("/data", _("Data"), "database", "read"),
    Entry("/settings", _("Settings"), "settings", "read"),
)

# The pages that say what figures mean, side by side behind one entry.
INSIGHTS = (
    Entry("/moved", _("What moved"), "trending-up", "read"),
    Entry("/watches", _("Watches"), "bell", "read"),
    Entry("/correlations", _("Correlations"), "grid-dots", "read"),
    Entry("/drivers", _("Drivers"), "arrows-split", "read"),
    Entry("/chain", _("Chain"), "link", "read"),
    Entry("/nonresponse", _("Who did not answer"), "message-off", "read"),
    Entry("/plan", _("Plan"), "ruler-2", "read"),
)
