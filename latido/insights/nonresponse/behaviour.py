"""What people had lived with the company before they were asked: nothing that came after the invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import epoch, first_known, flag, join_columns, seconds
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
    lived = _lived(people, scope, before, key)
    found = join_columns(people, lived, key, {f"_{name}": name for name in ("tickets", "rough", "open", "about")})
    counts = {name: ibis.least(found[f"_{name}"].fill_null(0), MOST).cast("int64") for name in _COUNTED}
    customers = scope.tables["customers"]
    found = join_columns(found.mutate(**counts, about=found["_about"].fill_null(0).cast("int64")), customers,
                         "customer_id", {"_since": "created"})  # fmt: skip
    return found.mutate(tenure=_tenure(seconds(found["_since"], found.asked)))


_COUNTED = ("tickets", "rough", "open")
TRAITS = ("tickets", "rough", "open", "about", "tenure")


def _lived(people: Any, scope: Scope, before: Before, key: str) -> Any:
    """The tickets of each row's customer up to the invitation, counted."""
    timed = _timed(scope, before)
    pairs = _pairs(people, timed, before.days, key)
    done = (pairs.finished <= pairs.asked).fill_null(False)
    pairs = pairs.mutate(done=flag(done), until=ibis.ifelse(done, pairs.finished, ibis.least(pairs.asked, timed.end)))
    pairs = timed.seconds(pairs, "opened", "until", "took")
    slow = (pairs.took > before.slow).fill_null(False)
    again = (pairs.done == 1) & ((pairs.reopens.fill_null(0) > 0) | (pairs.transfers.fill_null(0) > 0))
    pairs = pairs.mutate(rough=flag(slow | again) * pairs.recent)
    return pairs.group_by(key).agg(
        tickets=pairs.recent.sum(),
        rough=pairs.rough.sum(),
        open=(pairs.recent * (1 - pairs.done)).max(),
        about=(pairs.mine * ibis.ifelse(slow | again, ROUGH, SMOOTH)).max(),
    )


def _pairs(people: Any, timed: Scope, days: int, key: str) -> Any:
    """Each row with the tickets that its customer had opened before it, of the last days or asked about."""
    facts = timed.tables["ticket_facts"]
    left_out = [rule.applies(facts, timed).fill_null(False) for rule in (*TICKETS, DATELESS)]
    facts = facts.filter(*(~one for one in left_out))
    tickets = facts.select("ticket_id", "reopens", "transfers", _who="customer_id", opened="created",
                           finished=first_known(facts.solved, facts.closed))  # fmt: skip
    asked = people.select(*dict.fromkeys((key, "customer_id", "asked", "subject", "subject_id")))
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
