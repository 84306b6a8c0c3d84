"""All canonical tables, once."""

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.model.agents import AGENTS
from latido.model.commerce import ORDERS, SUBSCRIPTIONS
from latido.model.customers import CUSTOMERS, IDENTITIES
from latido.model.interactions import MENTIONS, OBSERVATIONS, TOUCHPOINTS
from latido.model.surveys import ANSWERS, ASKS
from latido.model.table import Table
from latido.model.tickets import TICKET_EVENTS, TICKETS

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        CUSTOMERS, IDENTITIES, AGENTS, TICKETS, TICKET_EVENTS, ANSWERS, ASKS,
        ORDERS, SUBSCRIPTIONS, MENTIONS, TOUCHPOINTS, OBSERVATIONS,
    )
}  # fmt: skip


def table(name: str) -> Table:
    """The canonical table of this name, or an error that names the nearest ones."""
    if name not in TABLES:
        raise UnknownNameError.among(_("table"), name, TABLES)
    return TABLES[name]
