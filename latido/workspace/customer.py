"""One customer from all sides: who they are, and everything they did and said on every channel, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args

import ibis

from latido.facts.expr import epoch, flag, union_all
from latido.facts.timeline import OPEN
from latido.metrics.periods import local_day
from latido.model import Type
from latido.workspace import reach
from latido.workspace.bands import Band, banded
from latido.workspace.customers import PROFILE, Money, values_of
from latido.workspace.listing import Span

if TYPE_CHECKING:
    from latido.workspace.workspace import Workspace

Kind = Literal["ticket", "answer", "order", "begun", "ended", "touch", "mention"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 200  # entries of a page
QUARTER = 900  # seconds: visits of a quarter of an hour are one entry, since every zone's days begin at one
SCORED = ("nps", "csat", "ces")

_COLUMNS: dict[str, Type] = {
    "kind": Type.TEXT, "key": Type.TEXT, "occurred": Type.INSTANT, "channel": Type.TEXT, "title": Type.TEXT,
    "text": Type.TEXT, "state": Type.TEXT, "about": Type.TEXT, "score": Type.NUMBER, "low": Type.NUMBER,
    "high": Type.NUMBER, "amount": Type.NUMBER, "currency": Type.TEXT, "n": Type.INTEGER, "replies": Type.INTEGER,
}  # fmt: skip
_IN_ENGINE = {Type.TEXT: "string", Type.INSTANT: "timestamp(6)", Type.NUMBER: "float64", Type.INTEGER: "int64"}


@dataclass(frozen=True)
class Entry:
    """Something that a customer did or said.

    Attributes:
        kind: What it is.
        key: Its number; None for visits.
        occurred: When; UTC, naive.
        channel: Where.
        title: Subject, survey, product, plan, kind of visit, network.
        text: Comment, reason, place, or what was said in public.
        state: Status of a ticket, band of an answer, `cancelled` of an order, sentiment of a mention.
        about: Topic of a ticket, kind of question, number of the ticket that was answered about, stage of a visit.
        score: Of an answer.
        low: Where the scale begins.
        high: Where it ends.
        amount: Of an order or a contract.
        currency: Of the amount.
        n: The customer's messages in a ticket, how many visits.
        replies: Replies to a ticket.
    """

    kind: Kind
    key: str | None
    occurred: datetime
    channel: str | None
    title: str | None
    text: str | None
    state: str | None
    about: str | None
    score: float | None
    low: float | None
    high: float | None
    amount: float | None
    currency: str | None
    n: int | None
    replies: int | None


@dataclass(frozen=True)
class Identity:
    """An identifier by which a system knows a customer."""

    system: str
    kind: str
    value: str


@dataclass(frozen=True)
class Score:
    """What a customer last answered to a kind of question."""

    kind: str
    score: float
    low: float
    high: float
    band: Band | None
    answered: datetime | None


@dataclass(frozen=True)
class Profile:
    """A customer.

    Attributes:
        customer_id: Their number.
        name: Their name.
        email: Their address.
        phone: Their telephone.
        created: Since when they are a customer.
        segment: Their segment.
        country: Where they are.
        region: Where in it.
        language: What they speak.
        plan: What they have.
        identities: Who they are to other systems.
        value: What they paid, by currency.
        scores: What they last answered, by kind of question.
        open: How many of their tickets are open.
        contracts: How many of their contracts run.
        counts: How many entries the time line has, by kind; a quarter of an hour of visits is one.
        last: Their last entry.
    """

    customer_id: str
    name: str | None
    email: str | None
    phone: str | None
    created: datetime | None
    segment: str | None
    country: str | None
    region: str | None
    language: str | None
    plan: str | None
    identities: tuple[Identity, ...]
    value: tuple[Money, ...]
    scores: tuple[Score, ...]
    open: int
    contracts: int
    counts: Mapping[Kind, int]
    last: datetime | None


@dataclass(frozen=True)
class Stretch:
    """A page of a time line.

    Attributes:
        entries: The newest first, whole local days.
        before: The day before which there is more; None where there is none.
    """

    entries: tuple[Entry, ...]
    before: date | None


def profile(
    workspace: Workspace, customer_id: str, teams: tuple[str, ...] = (), version: int | None = None
) -> Profile | None:
    """A customer; None where nothing is known of one of this number, or none of these teams' tickets is theirs."""
    tables, arrow = workspace.tables(version), workspace.engine.arrow
    if teams and not arrow(_own(reach.tickets(tables, teams), customer_id).limit(1)).num_rows:
        return None
    people = arrow(_own(tables["customers"], customer_id).select(*PROFILE).limit(1)).to_pylist()
    counts = {row["kind"]: row for row in arrow(_counted(workspace, tables, customer_id, teams)).to_pylist()}
    if not people and not counts:
        return None
    person = people[0] if people else dict.fromkeys(PROFILE)
    identities = arrow(_own(tables["identities"], customer_id).order_by("system", "kind", "value").limit(MOST))
    return Profile(
        customer_id=customer_id,
        **person,
        identities=tuple(Identity(row["system"], row["kind"], row["value"]) for row in identities.to_pylist()),
        value=values_of(workspace, tables, [customer_id]).get(customer_id, ()),
        scores=_scores(workspace, tables, customer_id, teams),
        open=counts.get("ticket", {}).get("open", 0),
        contracts=counts.get("begun", {}).get("open", 0),
        counts={kind: counts[kind]["n"] for kind in KINDS if kind in counts},
        last=max((row["last"] for row in counts.values()), default=None),
    )


def stretch(
    workspace: Workspace,
    customer_id: str,
    *,
    kinds: tuple[Kind, ...] = KINDS,
    before: date | None = None,
    teams: tuple[str, ...] = (),
    version: int | None = None,
) -> Stretch:
    """What a customer did and said, the newest first.

    Args:
        workspace: Where it is known.
        customer_id: Who.
        kinds: Which of it.
        before: Only what came before this local day.
        teams: Only tickets, and answers about them, of these; empty for all.
        version: Of the data; None for the last.
    """
    tables, zone = workspace.tables(version), workspace.config.time_zone
    rows = union_all([_stream(kind, workspace, tables, customer_id, teams) for kind in kinds])
    rows = Span.of_days(None, before, zone).of(rows, "occurred")
    newest = rows.order_by([ibis.desc("occurred"), "kind", "key", "title", "about"]).limit(MOST + 1)
    entries = [Entry(**row) for row in workspace.engine.arrow(newest.select(*_COLUMNS)).to_pylist()]
    return _whole_days(entries, zone)


def _whole_days(entries: list[Entry], zone: str) -> Stretch:
    """Without the last day, of which there may be more, unless it is the only one."""
    if len(entries) <= MOST:
        return Stretch(tuple(entries), None)
    days = [local_day(entry.occurred, zone) for entry in entries]
    kept = [entry for entry, day in zip(entries, days, strict=True) if day != days[-1]]
    return Stretch(tuple(kept), days[-1] + timedelta(days=1)) if kept else Stretch(tuple(entries[:MOST]), days[-1])


def _own(rows: Any, customer_id: str) -> Any:
    return rows.filter(rows.customer_id == customer_id)


def _counted(workspace: Workspace, tables: Mapping[str, Any], customer_id: str, teams: tuple[str, ...]) -> Any:
    rows = union_all([_stream(kind, workspace, tables, customer_id, teams) for kind in KINDS])
    still = rows.state.isin(OPEN) | (rows.state == "running")
    return rows.group_by("kind").agg(n=rows.count(), open=flag(still).sum(), last=rows.occurred.max())


def _scores(
    workspace: Workspace, tables: Mapping[str, Any], customer_id: str, teams: tuple[str, ...]
) -> tuple[Score, ...]:
    rows = banded(_own(reach.answers(tables, teams), customer_id), tables, workspace.settings)
    given = rows.filter(rows.kind.isin(SCORED) & rows.score.notnull() & ~rows.blind.fill_null(False))
    shown = given.order_by([ibis.desc("answered"), "answer_id"]).limit(MOST)
    told = shown.select("kind", "score", "band", "answered", low="scale_low", high="scale_high")
    last: dict[str, Score] = {}
    for row in workspace.engine.arrow(told).to_pylist():
        last.setdefault(row["kind"], Score(**row))
    return tuple(last[kind] for kind in SCORED if kind in last)


def _stream(
    kind: Kind, workspace: Workspace, tables: Mapping[str, Any], customer_id: str, teams: tuple[str, ...]
) -> Any:
    """One kind of entries in the columns that all of them share."""
    if kind == "answer":
        return _answers(_own(reach.answers(tables, teams), customer_id), workspace, tables)
    if kind == "ticket":
        return _tickets(_own(reach.tickets(tables, teams), customer_id))
    table, told = _PLAIN[kind]
    return told(_own(tables[table], customer_id))


def _tickets(t: Any) -> Any:
    return _shaped(t, "ticket", key=t.ticket_id, occurred=t.created, channel=t.channel, title=t.subject, about=t.topic,
                   state=t.status_now, n=t.customer_messages, replies=t.replies)  # fmt: skip


def _answers(rows: Any, workspace: Workspace, tables: Mapping[str, Any]) -> Any:
    a = banded(rows, tables, workspace.settings)
    ticket = ibis.ifelse(a.subject == "ticket", a.subject_id, ibis.null("string"))
    return _shaped(a, "answer", key=ticket, occurred=a.answered, channel=a.channel, title=a.survey, text=a.comment,
                   state=a.band, about=a.kind, score=a.score, low=a.scale_low, high=a.scale_high)  # fmt: skip


def _orders(o: Any) -> Any:
    state = ibis.ifelse(o.cancelled.fill_null(False), "cancelled", ibis.null("string"))
    return _shaped(o, "order", key=o.order_id, occurred=o.ordered, channel=o.channel, title=o.product, state=state,
                   amount=o.amount, currency=o.currency)  # fmt: skip


def _begun(s: Any) -> Any:
    runs = s.ended.isnull() & ~s.churned.fill_null(False)
    return _shaped(s, "begun", key=s.subscription_id, occurred=s.started, title=s.plan, amount=s.amount,
                   currency=s.currency, state=ibis.ifelse(runs, "running", ibis.null("string")))  # fmt: skip


def _ended(s: Any) -> Any:
    return _shaped(s, "ended", key=s.subscription_id, occurred=s.ended, title=s.plan, text=s.reason)


def _touches(t: Any) -> Any:
    """Visits and calls, those of the same kind within a quarter of an hour as one."""
    placed = t.mutate(_quarter=epoch(t.occurred) // QUARTER)
    grouped = placed.group_by("_quarter", "channel", "kind", "stage", "place").agg(
        occurred=placed.occurred.max(), n=placed.count()
    )
    return _shaped(grouped, "touch", occurred=grouped.occurred, channel=grouped.channel, title=grouped.kind,
                   text=grouped.place, about=grouped.stage, n=grouped.n)  # fmt: skip


def _mentions(m: Any) -> Any:
    return _shaped(m, "mention", key=m.mention_id, occurred=m.occurred, channel=ibis.literal("social"),
                   title=m.network, text=m.text, state=m.sentiment)  # fmt: skip


_PLAIN = {
    "order": ("orders", _orders),
    "begun": ("subscriptions", _begun),
    "ended": ("subscriptions", _ended),
    "touch": ("touchpoints", _touches),
    "mention": ("mentions", _mentions),
}


def _shaped(rows: Any, kind: Kind, **said: Any) -> Any:
    known = {**{name: ibis.null(_IN_ENGINE[type_]) for name, type_ in _COLUMNS.items()}, **said}
    cells = {name: value.cast(_IN_ENGINE[_COLUMNS[name]]) for name, value in known.items() if name != "kind"}
    told = rows.select(kind=ibis.literal(kind), **cells)
    return told.filter(told.occurred.notnull())
