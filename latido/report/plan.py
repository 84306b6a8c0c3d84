"""How many values it takes, in words: what is needed, what is there, what would have to change."""

from __future__ import annotations

from math import ceil, isfinite, isnan
from typing import TYPE_CHECKING

from latido.i18n import Message, _, _n, number
from latido.metrics.names import dimension_name, group_name
from latido.metrics.periods import rolling_days
from latido.metrics.present import NOTHING, Cell, Column, Grid, quantity, span_label
from latido.report.sizes import between, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latido.insights.plan import Need, Plan

PER: dict[str, Message] = {
    "day": _("a day"),
    "week": _("a week"),
    "month": _("a month"),
    "quarter": _("a quarter"),
    "year": _("a year"),
}
_OVER: dict[str, Message] = {
    "week": _("over a week"),
    "month": _("over a month"),
    "quarter": _("over a quarter"),
    "year": _("over a year"),
}
_LONG = 600  # periods; more is said as never


def sentences(found: Plan) -> tuple[str, ...]:
    """All that is to be said of a plan, the most important first."""
    if not found.needs:
        return (str(_("There is nothing from which it could be planned.")),)
    if found.wanted.kind == "target":
        open_ = any(need.goal is not None and not need.told for need in found.needs)
        return (
            *(reached(found, need) for need in found.needs if need.goal is not None),
            *(sure(found) if open_ else ()),
        )
    return tuple(filter(None, (needed(found), there(found), asking(found), seen(found), *change(found), *sure(found))))


def needed(found: Plan) -> str:
    """How many values the size takes."""
    sizes = [need.needed.n for need in found.needs if need.needed]
    wanted, unit = found.wanted, found.metric.unit
    if wanted.size is None:
        return ""
    if not sizes:
        return str(_("A difference of {size} is more than there can be.", size=size(wanted.size, unit)))
    told = {"size": size(wanted.size, unit), "metric": found.metric.label, "per": per(wanted.period), "n": span(sizes),
            "what": values(found)}  # fmt: skip
    if wanted.kind == "survey":
        return str(_("To know {metric} to within {size} either way, it takes {n} {what} {per}.", **told))
    if wanted.kind == "test":
        return _tested(found, told)
    if len(found.needs) > 1:
        return str(_("To tell a change of {size} in {metric} from chance, it takes {n} {what} {per} in each group.",
                     **told))  # fmt: skip
    return str(_("To tell a change of {size} in {metric} from chance, it takes {n} {what} {per}.", **told))


def _tested(found: Plan, told: dict[str, object]) -> str:
    need = found.needs[0]
    if len(found.needs) > 1 or need.parts is None:
        return str(_("To tell two groups side by side apart that differ by {size} in {metric}, it takes {n} {what} in "
                     "both together.", **told))  # fmt: skip
    parts = {"one": need.parts[0], "other": need.parts[1]}
    return str(_("To tell two groups side by side apart that differ by {size} in {metric}, it takes {n} {what}: "
                 "{one} in one and {other} in the other.", **told, **parts))  # fmt: skip


def there(found: Plan) -> str:
    """How many there are, and whether they are enough."""
    have = [need.have for need in found.needs]
    told = {"n": span([round(n) for n in have]), "what": values(found), "per": per(found.wanted.period)}
    if found.wanted.size is None or not any(need.needed for need in found.needs):
        return str(_("There are {n} {what} {per}.", **told))
    if len(found.needs) > 1:
        groups = {"enough": found.enough, "groups": len(found.needs)}
        if not found.enough:
            return str(_("There are {n} {what} {per}: none of {groups} groups has enough.", **told, **groups))
        return str(_("There are {n} {what} {per}: {enough} of {groups} groups have enough.", **told, **groups))
    need = found.needs[0]
    if need.enough:
        return str(_("There are {n} {what} {per}: that is enough.", **told))
    return str(_("There are {n} {what} {per}: it would take {time}.", **told, time=lasting(need.periods, found)))


def asking(found: Plan) -> str:
    """How many have to be invited, where invitations are kept."""
    known = [need for need in found.needs if need.needed and need.present.response]
    if not known:
        return ""
    rates = [round(100 * (need.present.response or 0), 1) for need in known]
    told = {"share": quantity(min(rates), "%"), "most": quantity(max(rates), "%"),
            "n": span([need.needed.invitations for need in known if need.needed])}  # fmt: skip
    said = (_("Of those asked, {share} answer: that is {n} invitations.", **told) if min(rates) == max(rates) else
            _("Of those asked, {share} to {most} answer: that is {n} invitations.", **told))  # fmt: skip
    short = [need for need in known if need.needed and not need.needed.feasible]
    if short:
        return f"{said} " + str(_("There are not so many to ask."))
    return str(said)


def seen(found: Plan) -> str:
    """The smallest difference that the present values show."""
    known = [need for need in found.needs if isfinite(need.seen)]
    if not known:
        return str(_("So few values show no difference at all."))
    best, worst = min(known, key=lambda need: need.seen), max(known, key=lambda need: need.seen)
    unit = found.metric.unit
    told = {"size": size(best.seen, unit), "most": size(worst.seen, unit), "per": per(found.wanted.period),
            "best": group_name(best.present.keys), "worst": group_name(worst.present.keys)}  # fmt: skip
    if found.wanted.kind == "survey":
        if best is worst:
            return str(_("What comes {per} now tells the figure to within {size}.", **told))
        return str(_("What comes {per} now tells the figure to within {size} at best ({best}), to within {most} at "
                     "worst ({worst}).", **told))  # fmt: skip
    if best is worst:
        return str(_("What comes {per} now shows differences from {size} on.", **told))
    return str(_("What comes {per} now shows differences from {size} on at best ({best}), from {most} on at worst "
                 "({worst}).", **told))  # fmt: skip


def change(found: Plan) -> tuple[str, ...]:
    """What would have to change: longer periods, fewer groups."""
    if found.wanted.size is None or found.enough == len(found.needs) or not any(need.needed for need in found.needs):
        return ()
    told = [_longer(found)]
    whole = found.whole
    if whole is not None and len(found.needs) > 1:
        said = {"n": round(whole.have), "what": values(found), "per": per(found.wanted.period),
                "size": size(whole.seen, found.metric.unit)}  # fmt: skip
        told.append(_("All groups together have {n} {what} {per}: differences from {size} on.", **said))
    return tuple(map(str, told))


def _longer(found: Plan) -> Message:
    groups = len(found.needs)
    for period, enough in found.longer:
        if enough == groups:
            return _("There is enough {over}.", over=_OVER[period])
    some = [(period, enough) for period, enough in found.longer if enough]
    if some:
        period, enough = some[-1]
        return _("Even {over} only {enough} of {groups} groups have enough.", over=_OVER[period], enough=enough,
                 groups=groups)  # fmt: skip
    return _("Not even a year is enough.") if found.longer else _("A longer period would have more.")


def reached(found: Plan, need: Need) -> str:
    """Whether a group's target is reached, or how long it takes to tell."""
    unit, now = found.metric.unit, need.present.now
    told = {"who": _who(found, need), "now": quantity(now.value, unit), "range": between(now, unit),
            "goal": quantity(need.goal or 0, unit)}  # fmt: skip
    above = now.value > (need.goal or 0)
    if need.told:
        if above:
            return str(_("{who} is {now} ({range}), above the target of {goal}: that can be told already.", **told))
        return str(_("{who} is {now} ({range}), below the target of {goal}: that can be told already.", **told))
    if need.needed is None:
        return str(_("{who} is {now}: as many values as one likes do not tell it from the target of {goal}.", **told))
    more = {"n": need.needed.n, "what": values(found), "time": lasting(need.periods, found)}
    return str(_("{who} is {now} ({range}): that cannot be told from the target of {goal} yet. If it stays so, {n} "
                 "{what} tell; at the present pace that takes {time}.", **told, **more))  # fmt: skip


def _who(found: Plan, need: Need) -> str:
    told = group_name(need.present.keys)
    return f"{found.metric.label} ({told})" if told else str(found.metric.label)


def sure(found: Plan) -> tuple[str, ...]:
    """How sure that is, in hundredths."""
    wanted = found.wanted
    if wanted.kind == "survey":
        return (str(_("In {n} of 100 such surveys the figure lies within.", n=round(100 * (1 - wanted.level)))),)
    if wanted.size is None and wanted.kind != "target":
        return ()
    return (str(_("A difference of that size is then seen in {power} of 100 cases; where there is none, {level} of 100 "
                  "seem to show one.", power=round(100 * wanted.power), level=round(100 * wanted.level))),)  # fmt: skip


def grid(found: Plan, notes: Sequence[str] = ()) -> Grid:
    """Needed, there, and what can be seen, by group."""
    columns = (
        Column(_heads(found), right=False), Column(str(_("now"))),
        *((Column(str(_("target"))),) if found.wanted.kind == "target" else ()),
        Column(str(_("it needs"))), Column(str(_("there {per}", per=per(found.wanted.period)))),
        Column(str(_("to within") if found.wanted.kind == "survey" else _("seen from"))),
        Column(str(_("takes")), spare=1), Column(str(_("invitations")), spare=2),
    )  # fmt: skip
    rows = [_cells(found, need) for need in found.needs]
    whole = [_cells(found, found.whole, all_=True)] if found.whole and len(found.needs) > 1 else []
    return Grid(title(found), subtitle(found), columns, (*rows, *whole), tuple(notes))


def title(found: Plan) -> str:
    """What is planned."""
    return str(_("How many it takes: {metric}", metric=found.metric.label))


def subtitle(found: Plan) -> str:
    """From which days the present level and pace are."""
    if found.span is None:
        return str(_("from what is assumed, without data"))
    return str(_("level and pace of {days}", days=span_label(found.span.start, found.span.end)))


def _heads(found: Plan) -> str:
    return ", ".join(map(dimension_name, found.by)) or str(_("group"))


def _cells(found: Plan, need: Need, *, all_: bool = False) -> tuple[Cell, ...]:
    unit, name = found.metric.unit, group_name(need.present.keys)
    goal = quantity(need.goal, unit) if need.goal is not None else NOTHING
    needed = None if need.told else need.needed  # what can be told already needs no more
    invitations = number(needed.invitations) if needed and need.present.response else NOTHING
    return (
        Cell(str(_("all together")) if all_ else name or str(_("all"))),
        Cell(quantity(need.present.now.value, unit)),
        *((Cell(goal),) if found.wanted.kind == "target" else ()),
        Cell(number(needed.n) if needed else NOTHING),
        Cell(number(round(need.have)), "good" if need.enough else "plain"),
        Cell(size(need.seen, unit)),
        Cell(lasting(need.periods, found) if needed else NOTHING),
        Cell(invitations, "muted"),
    )


def per(period: str) -> str:
    """`a month`, `in 28 days`."""
    return str(PER[period] if period in PER else _n("in one day", "in {count} days", rolling_days(period) or 1))


def lasting(periods: float, found: Plan) -> str:
    """So many periods in words, the last one whole."""
    if isnan(periods):
        return NOTHING
    if periods > _LONG:
        return str(_("longer than anybody waits"))
    days = rolling_days(found.wanted.period)
    if days:
        return str(_n("{count} day", "{count} days", ceil(periods * days)))
    count = max(ceil(periods), 1)
    return str({
        "day": _n("{count} day", "{count} days", count), "week": _n("{count} week", "{count} weeks", count),
        "month": _n("{count} month", "{count} months", count),
        "quarter": _n("{count} quarter", "{count} quarters", count),
        "year": _n("{count} year", "{count} years", count),
    }[found.wanted.period])  # fmt: skip


def values(found: Plan) -> str:
    """What is counted: answers, tickets, values."""
    named = {"answer_facts": _("answers"), "ask_facts": _("invitations"), "ticket_facts": _("tickets"),
             "reply_facts": _("tickets")}  # fmt: skip
    return str(named.get(found.metric.table, _("values")))


def span(counts: Sequence[float]) -> str:
    """The least and the most of several numbers, or the only one."""
    low, high = number(min(counts)), number(max(counts))
    return low if low == high else str(_("{low} to {high}", low=low, high=high))
