"""One help desk on which all traps of the definitions happened, each in a ticket of its own.

Deriving facts takes a second, whatever the number of tickets: so all stories share one desk.
Every ticket was created on Monday, 4 March 2024, 9:00 UTC, unless it says otherwise; the data
speak up to thirty days later.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from latido.facts.catalog import Derived
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from tests.metrics.tables import after, became, derived, desk, event, noted, said, story, table, traced

DAYS = 1440
END = after(30 * DAYS)
UP_TO_END = Settings(data_end=END)

REPLIES = (
    story("bot first", said("customer", 0), said("bot", 5), said("agent", 60)),
    story("private note first", noted(5), said("agent", 60)),
    story("agent later demoted", said("agent", 30, author_id="ana"), said("customer", 90, author_id="ana")),
    story(
        "reopened after the bot solved it",
        said("bot", 1), became("solved", 2), said("customer", 90), became("open", 90), said("agent", 160),
        became("solved", 200),
    ),
    story("reply before creation", said("agent", -10), said("agent", 60)),
    story("proactive", said("agent", 0), said("customer", 30), said("agent", 90), opened_by="agent"),
    story("proactive and unanswered", said("agent", 0), opened_by="agent"),
    story("opened for a caller", noted(0), said("customer", 5), said("agent", 20), opened_by="agent"),
    story("unanswered"),
    story("solved unanswered", became("solved", 60)),
    story("closed unanswered", became("closed", 70)),
    story("stated reply", first_replied=after(45), solved=after(400), status="solved"),
    story("stated and seen reply", said("agent", 50), first_replied=after(45)),
    story("replied in the future", said("agent", 31 * DAYS)),
    story(
        "answered by another team",
        event("assignment", 1, team="first line", agent_id="ana"),
        said("agent", 10, team="first line", agent_id="ana"),
        event("transfer", 20, team="second line", agent_id="bob"),
        became("solved", 30, team="second line", agent_id="bob"),
        event("transfer", 40, team="archive", agent_id="eve"),
        team="archive", agent_id="eve",
    ),
)  # fmt: skip

TALKS = (
    story("several questions", said("customer", 0), said("agent", 10), said("customer", 20), said("customer", 50),
          said("agent", 60)),
    story("thanks", said("customer", 0), said("agent", 10), became("solved", 20), said("customer", 30),
          status="solved"),
    story("thanks, told by events only", said("customer", 0), said("agent", 10), became("solved", 20),
          said("customer", 30)),
    story("thanks before the solve", said("customer", 0), said("agent", 10), said("customer", 30),
          became("solved", 60)),
    story("asked again", said("customer", 0), said("agent", 10), said("customer", 40)),
    story("bot between", said("customer", 0), said("agent", 10), said("customer", 20), said("bot", 21), noted(22),
          said("agent", 80)),
    story("asked before creation", said("customer", -30), said("customer", 10), said("agent", 40)),
)  # fmt: skip

SOLVES = (
    story("reopened", became("open", 10), became("solved", 60), became("open", 120), became("solved", 300)),
    story("reopened and still open", became("solved", 60), became("open", 120)),
    story("auto-closed", became("solved", 60), became("closed", 4 * DAYS)),
    story("closed without a solve", became("closed", 200)),
    story("solved in the future", became("solved", 31 * DAYS)),
    story("stated solve", solved=after(500), status="closed"),
    story("stated solve, open again", solved=after(500), status="open"),
    story("closed, nobody says when", status="closed"),
    story("reopened twice", became("solved", 10), became("open", 20), became("solved", 30), became("open", 40),
          became("solved", 50)),
    story("events before creation", became("solved", -5), became("open", -1), became("solved", 80)),
)  # fmt: skip

LEFT_OUT = (
    story("merged", said("agent", 5), became("solved", 10), merged_into="bot first"),
    story("merged by an event", said("agent", 5), event("merge", 6, value="bot first")),
    story("spam", said("agent", 5), became("solved", 10), spam=True),
    story("deleted", said("agent", 5), status="deleted"),
)

WAITS = (
    story("every status", became("open", 10), became("pending", 30), became("open", 50), became("hold", 70),
          became("solved", 100), became("closed", 2 * DAYS)),
    story("on hold since", became("hold", 60)),
    story("pending since", became("pending", 60)),
    # Friday 17:30 to Monday 9:30, in an office that is open from nine to six.
    story("over a weekend", became("open", 15), became("solved", 64 * 60), created=after(4 * DAYS + 510)),
)  # fmt: skip

TOUCHES = (
    story("one touch", said("customer", 0), said("agent", 10), became("solved", 20)),
    story("two touches", said("agent", 10), noted(11), said("bot", 12), said("agent", 15), became("solved", 20),
          opened_by="customer"),
    story("no touch", said("bot", 1), became("solved", 20)),
    story("one touch, open", said("agent", 10)),
)  # fmt: skip

MOVES = (
    story("first assignment", event("assignment", 1, agent_id="ana", value="ana"), said("agent", 5)),
    story("transferred", event("assignment", 1, agent_id="ana"), event("transfer", 5, agent_id="bob"),
          event("transfer", 9, agent_id="eve")),
    story("stated transfers", event("transfer", 5), reassignments=3),
    story("stated reopenings", reopens=2),
)  # fmt: skip

# Two topics of one customer: the bill is asked about again within a week, the meter after ten days.
AGAIN = (
    story("bill", became("solved", 60), customer_id="cleo", topic="bill"),
    story("bill again", became("solved", 60), customer_id="cleo", topic="bill", created=after(6 * DAYS)),
    story("meter", became("solved", 60), customer_id="cleo", topic="meter", created=after(2 * DAYS)),
    story("meter again", became("solved", 60), customer_id="cleo", topic="meter", created=after(13 * DAYS)),
    story("bill of another", became("solved", 60), customer_id="dora", topic="bill"),
    story("too young", became("solved", 60), customer_id="emil", created=after(25 * DAYS)),
    story("merged in between", became("solved", 60), customer_id="fay", topic="bill"),
    story("the merged one", customer_id="fay", topic="bill", created=after(1 * DAYS), merged_into="merged in between"),
)

# Which promise held is in test_sla_attainment.py.
PROMISED = (
    story("replied in time", said("agent", 10), first_reply_target=3600.0),
    story("replied late", said("agent", 90), first_reply_target=3600.0),
    story("waits beyond its target", first_reply_target=3600.0),
    story("waits within its target", created=after(30 * DAYS - 30), first_reply_target=3600.0),
    story("closed before its target", became("closed", 30), first_reply_target=3600.0, resolution_target=3600.0),
    story("solved in time", became("solved", 10), resolution_target=3600.0),
    story("thanked", said("customer", 0), said("agent", 5), said("customer", 10), became("solved", 20),
          next_reply_target=3600.0),
    story("asked again, no answer", said("customer", 0), said("agent", 5), said("customer", 10),
          next_reply_target=3600.0),
    story("urgent", said("agent", 20), priority="urgent"),
    story("normal", said("agent", 20), priority="normal"),
    # Friday 17:30 to Monday 9:20.
    story("asked on Friday evening", said("agent", 3830), created=after(4 * DAYS + 510), priority="low"),
    story("said to be met", sla_met=True),
    story("said to be missed", sla_met=False),
)  # fmt: skip

GROUPS = {
    "replies": REPLIES, "talks": TALKS, "solves": SOLVES, "left out": LEFT_OUT, "waits": WAITS, "touches": TOUCHES,
    "moves": MOVES, "again": AGAIN, "promised": PROMISED,
}  # fmt: skip


@cache
def told() -> Derived:
    """The desk on which all stories happened; the product says to which group a story belongs."""
    stories = [s._replace(ticket={**s.ticket, "product": group}) for group, of in GROUPS.items() for s in of]
    people = table("customers", [{"customer_id": "cleo", "segment": "home", "country": "ES", "x_tier": "gold"}])
    return derived(desk(*stories, customers=people))


def of(group: str) -> tuple[Condition, ...]:
    """Only the stories of one group."""
    return (Condition("product", "=", (group,)),)


@cache
def behind(metric: str, preset: str | None = None) -> pd.DataFrame:
    """The rows behind a metric over all stories, by ticket."""
    return traced(metric, told(), UP_TO_END, preset=preset)


@cache
def facts(name: str) -> pd.DataFrame:
    """Facts of the desk, by ticket."""
    frame: pd.DataFrame = told()[name].execute()
    return frame.set_index("ticket_id")
