"""One customer from all sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from latido.errors import UnknownNameError
from latido.i18n import Message, _, number
from latido.metrics.names import value_name
from latido.web.instants import When, on_day
from latido.web.labels import Look, band
from latido.web.life import months, scored
from latido.web.page import Page
from latido.web.pages.customers import paid
from latido.web.render import link
from latido.workspace.customer import KINDS, profile, stretch
from latido.workspace.listing import sayable
from latido.workspace.question import local_day

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.workspace.customer import Kind, Profile, Score, Stretch

# What the time line can be narrowed to: several kinds of entries where one without the other says little.
SHOWN: Mapping[str, tuple[Message, tuple[Kind, ...]]] = {
    "tickets": (_("Tickets"), ("ticket",)),
    "answers": (_("Answers"), ("answer",)),
    "orders": (_("Purchases"), ("order",)),
    "contracts": (_("Contracts"), ("begun", "ended")),
    "visits": (_("Visits"), ("touch",)),
    "mentions": (_("Mentions"), ("mention",)),
}
TO_FIND = _("The list of customers finds them by number, name and e-mail address.")


@dataclass(frozen=True)
class Last:
    """The last answer to a kind of question."""

    label: str
    score: str
    look: Look | None
    when: When | None


@dataclass(frozen=True)
class Choice:
    """A way to narrow the time line, and how much there is of it."""

    label: str
    href: str
    count: str
    chosen: bool


def show(ask: Ask) -> Response:
    """The page."""
    customer_id, version = sayable(ask.param["customer_id"]), ask.answers.version()
    who = _who(ask, customer_id)
    if who is None:
        error = UnknownNameError(_("There is no customer {number}.", number=customer_id[:80]), TO_FIND)
        return ask.page("missing.html", 404, error=error, href="/customers", label=_("Look for customers"))
    here, zone = f"/customers/{quote(customer_id, safe='')}", ask.workspace.config.zone
    chosen = ask.query.get("kind", "")
    kinds = SHOWN[chosen][1] if chosen in SHOWN else KINDS
    before = local_day(ask.query.get("before") or None)
    key = ("life", customer_id, kinds, before, ask.asker.teams, version)
    teams = ask.asker.teams
    life: Stretch = ask.answers.once(
        key,
        lambda: stretch(ask.workspace, customer_id, kinds=kinds, before=before, teams=teams, version=version),
    )
    return ask.page(
        "customer.html",
        who=who,
        name=who.name or customer_id,
        known=_known(who),
        identities=[(_system(one.system, one.kind), one.value) for one in who.identities],
        value=[paid(money) for money in who.value],
        purchases=sum(money.orders for money in who.value),
        scores=[_last(score, ask) for score in who.scores],
        since=on_day(who.created, zone) if who.created else None,
        last=on_day(who.last, zone) if who.last else None,
        tickets=who.counts.get("ticket", 0),
        months=months(life.entries, zone),
        choices=_choices(who, here, chosen if chosen in SHOWN else ""),
        earlier=link(here, kind=chosen, before=life.before.isoformat()) if life.before else "",
        newest=link(here, kind=chosen) if before else "",
    )


def _who(ask: Ask, customer_id: str) -> Profile | None:
    teams, version = ask.asker.teams, ask.answers.version()
    key = ("customer", customer_id, teams, version)
    found: Profile | None = ask.answers.once(key, lambda: profile(ask.workspace, customer_id, teams, version))
    return found


def _known(who: Profile) -> list[tuple[str, str]]:
    """What is known of the customer, beside their name."""
    told = [
        (_("Segment"), who.segment),
        (_("Plan or tariff"), who.plan),
        (_("Country"), " · ".join(part for part in (who.region, value_name("country", who.country)) if part)),
        (_("Language"), value_name("language", who.language)),
        (_("E-mail"), who.email),
        (_("Telephone"), who.phone),
        (_("Running contracts"), number(who.contracts) if who.contracts else None),
    ]
    return [(str(label), text) for label, text in told if text]


def _system(system: str, kind: str) -> str:
    return f"{system} · {value_name('identity', kind)}"


def _last(score: Score, ask: Ask) -> Last:
    when = on_day(score.answered, ask.workspace.config.zone) if score.answered else None
    label = str(_("Last {question}", question=value_name("kind", score.kind)))
    return Last(label, scored(score.score, score.high), band(score.band), when)


def _choices(who: Profile, here: str, chosen: str) -> list[Choice]:
    """Only what there is."""
    counted = {name: sum(who.counts.get(kind, 0) for kind in kinds) for name, (_label, kinds) in SHOWN.items()}
    everything = Choice(str(_("All")), here, number(sum(counted.values())), not chosen)
    told = [
        Choice(str(SHOWN[name][0]), link(here, kind=name), number(n), name == chosen)
        for name, n in counted.items()
        if n
    ]
    return [everything, *told]


ROUTES = (Page("/customers/{customer_id:path}", show, right="rows"),)
