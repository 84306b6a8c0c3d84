"""What people had lived with the company before they were asked: nothing that came after the invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import digest, epoch, first_known, flag, join_columns, seconds
from latido.metrics.measure import scope_of
from latido.metrics.query import Query
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.shapes import shape
from latido.model.calendar import DAY

if TYPE_CHECKING:
    from latido.metrics.scope import Scope

DAYS = 180
MOST = 3  # counts are told apart up to it
YEARS = (182.5, 365.25 * 2, 365.25 * 5)  # days of being a customer that divide newcomers from old friends
SLOWEST = 0.75
UNKNOWN = -1
SMOOTH, ROUGH = 1, 2  # 0 where an invitation is about no ticket


@dataclass(frozen=True)
class Before:
    """How far behaviour is looked back on, and what is a slow ticket.

    Attributes:
        days: Days before the invitation.
        slow: A ticket took long beyond so many seconds; NaN where there are no tickets.
        calendar: Business calendar of these seconds.
    """

    days: int
    slow: float
    calendar: str


def slow_from(scope: Scope) -> float:
    """The resolution time that a quarter of all tickets exceed, where nobody has promised another."""
    query = Query("resolution_time", calendar=scope.query.calendar)
    curve = shape(query, scope.tables, scope.settings, scope.execute).curve
    return curve.quantile(SLOWEST).value if curve is not None and curve.n else float("nan")


def with_behaviour(people: Any, scope: Scope, before: Before, key: str) -> Any:
    """Add what each person had lived: columns of small whole numbers, named as in `TRAITS`.

    A ticket's course is taken as it stood at the invitation: one that was solved later was open then, and
    what became of it afterwards is not known yet.

    Args:
        people: Rows with `key`, customer_id, asked (an instant), subject and subject_id.
        scope: The question's surroundings.
        before: How far to look back.
        key: Column that names a row.

    Returns:
        The rows with `tickets` and `rough` (slow, handed over or reopened), 0…3, `open` (whether one was), `about`
        (whether the ticket that is asked about was a rough one), `tenure` (place among `YEARS`, −1 unknown).
    """
    rows = people.mutate(_row=digest(people[key]))
    lived = _lived(rows, _timed(scope, before), before)
    found = join_columns(rows, lived, "_row", {f"_{name}": name for name in ("tickets", "rough", "open", "about")})
    counts = {name: ibis.least(found[f"_{name}"].fill_null(0), MOST).cast("int64") for name in _COUNTED}
    customers = scope.tables["customers"]
    found = join_columns(found.mutate(**counts, about=found["_about"].fill_null(0).cast("int64")), customers,
                         "customer_id", {"_since": "created"})  # fmt: skip
    return found.mutate(tenure=_tenure(seconds(found["_since"], found.asked)))


_COUNTED = ("tickets", "rough", "open")
TRAITS = ("tickets", "rough", "open", "about", "tenure")


def _lived(people: Any, timed: Scope, before: Before) -> Any:
    """The tickets of each row's customer up to the invitation, counted."""
    pairs = _pairs(people, _tickets(timed, before), before.days)
    done = (pairs.finished <= pairs.asked).fill_null(False)
    came_back = (pairs.again == 1) & (pairs.over <= pairs.asked).fill_null(False)
    pairs = pairs.mutate(rough=flag((pairs.rough == 1) | came_back))
    # Only what was open then has to be timed anew for each invitation: that is little.
    waiting = pairs.filter(~done).mutate(until=ibis.least(pairs.asked, timed.end))
    waiting = timed.seconds(waiting, "opened", "until", "took")
    took = waiting.mutate(rough=flag(waiting.took > before.slow), open=1)
    both = pairs.filter(done).mutate(open=0).select(*_KEPT).union(took.select(*_KEPT))
    return both.group_by("_row").agg(
        tickets=both.recent.sum(),
        rough=(both.rough * both.recent).sum(),
        open=(both.open * both.recent).max(),
        about=(both.mine * (both.rough * (ROUGH - SMOOTH) + SMOOTH)).max(),
    )


_KEPT = ("_row", "recent", "mine", "rough", "open")


def _tickets(timed: Scope, before: Before) -> Any:
    """The tickets that count, each with whether it was slow or handed over until it was first solved.

    And whether it came back, with when it was over in the end: only what came back and was over before an invitation
    is known to have come back before it.
    """
    facts = timed.tables["ticket_facts"]
    left_out = [rule.applies(facts, timed).fill_null(False) for rule in (*TICKETS, DATELESS)]
    facts = facts.filter(*(~one for one in left_out))
    ends = {"finished": first_known(facts.first_solved, facts.closed), "over": first_known(facts.solved, facts.closed)}
    facts = timed.seconds(facts.mutate(**ends), "created", "finished", "took")
    rough, again = flag((facts.took > before.slow) | (facts.transfers > 0)), flag(facts.reopens > 0)
    return facts.select("ticket_id", "finished", "over", _who="customer_id", opened="created", rough=rough, again=again)


def _pairs(people: Any, tickets: Any, days: int) -> Any:
    """Each row with the tickets that its customer had opened before it, of the last days or asked about."""
    asked = people.select("_row", "customer_id", "asked", "subject", "subject_id")
    pairs = asked.join(tickets, asked.customer_id == tickets["_who"])
    pairs = pairs.filter(pairs.opened < pairs.asked)
    mine = (pairs.subject == "ticket") & (pairs.subject_id == pairs.ticket_id)
    pairs = pairs.mutate(mine=flag(mine), recent=flag(epoch(pairs.asked) - epoch(pairs.opened) <= days * DAY))
    return pairs.filter((pairs.mine == 1) | (pairs.recent == 1))


def _timed(scope: Scope, before: Before) -> Scope:
    """The same surroundings for the times of tickets, in the calendar of durations."""
    query = Query("resolution_time", calendar=before.calendar)
    return scope_of(query, scope.tables, scope.settings, scope.execute)


def _tenure(since: Any) -> Any:
    bands = [(since < days * DAY, place) for place, days in enumerate(YEARS)]
    return ibis.cases((since.isnull(), UNKNOWN), *bands, else_=len(YEARS)).cast("int64")
