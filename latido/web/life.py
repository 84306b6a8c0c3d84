"""A customer's time line as people read it: by month, what was done on a day, visits of a day as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from latido.i18n import _, _n, number
from latido.metrics.names import value_name
from latido.web.instants import When, at_clock, instant, local, month, weekday
from latido.web.labels import SENTIMENT_TONES, STATUS_TONES, Look, band

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from latido.workspace.customer import Entry, Kind

ICONS: dict[Kind, str] = {
    "ticket": "ticket",
    "answer": "star",
    "order": "shopping-cart",
    "begun": "file-text",
    "ended": "file-off",
    "touch": "click",
    "mention": "speakerphone",
}


@dataclass(frozen=True)
class Deed:
    """One entry.

    Attributes:
        kind: What it is, for the look.
        icon: Its icon.
        when: When; the day alone for visits.
        day: The day, where it is another than that of the entry above.
        what: What it is, in words.
        title: What it is called.
        href: Where there is more of it.
        badge: Its state.
        tone: Of its state.
        score: How an answer is meant.
        scored: The score in words.
        quote: What was said.
        beside: What else there is to say.
    """

    kind: str
    icon: str
    when: When
    day: str
    what: str
    title: str = ""
    href: str = ""
    badge: str = ""
    tone: str = ""
    score: Look | None = None
    scored: str = ""
    quote: str = ""
    beside: Sequence[str] = ()


@dataclass(frozen=True)
class Month:
    """A month's entries, the newest first."""

    label: str
    deeds: Sequence[Deed]


def months(entries: Sequence[Entry], zone: ZoneInfo) -> list[Month]:
    """Entries, the newest first, by month."""
    told = [(day, deed) for day, mine in _by_day(entries, zone) for deed in _deeds_of(day, list(mine), zone)]
    by_month = groupby(told, key=lambda pair: pair[0].replace(day=1))
    return [Month(month(first), [deed for _day, deed in pairs]) for first, pairs in by_month]


def _by_day(entries: Iterable[Entry], zone: ZoneInfo) -> Iterable[tuple[date, Iterable[Entry]]]:
    return groupby(entries, key=lambda entry: local(entry.occurred, zone).date())


def _deeds_of(day: date, entries: Sequence[Entry], zone: ZoneInfo) -> list[Deed]:
    """The day's entries; its visits as one per channel, where the last of them was."""
    channels = dict.fromkeys(entry.channel for entry in entries if entry.kind == "touch")
    visits = {channel: [e for e in entries if e.kind == "touch" and e.channel == channel] for channel in channels}
    told: list[Deed] = []
    for entry in entries:
        said = weekday(day) if not told else ""
        if entry.kind != "touch":
            told.append(_TOLD[entry.kind](entry, zone, said))
        elif entry is visits[entry.channel][0]:
            told.append(_visits(visits[entry.channel], zone, said))
    return told


def _ticket(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    messages = str(_n("{count} message", "{count} messages", e.n or 0))
    replies = str(_n("{count} reply", "{count} replies", e.replies or 0))
    return Deed(
        e.kind, ICONS[e.kind], at_clock(e.occurred, zone), day, str(_("Ticket")),
        title=e.title or str(_("Ticket {number}", number=e.key)), href=f"/tickets/{quote(e.key or '', safe='')}",
        badge=value_name("status", e.state), tone=STATUS_TONES.get(e.state or "", ""),
        beside=_some(e.key, value_name("channel", e.channel), e.about, messages, replies),
    )  # fmt: skip


def _answer(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    return Deed(
        e.kind, ICONS[e.kind], at_clock(e.occurred, zone), day, value_name("kind", e.about),
        href=f"/tickets/{quote(e.key, safe='')}" if e.key else "",
        title=str(_("about ticket {number}", number=e.key)) if e.key else "",
        score=band(e.state), scored=scored(e.score, e.high), quote=e.text or "",
        beside=_some(e.title, value_name("channel", e.channel)),
    )  # fmt: skip


def scored(score: float | None, high: float | None) -> str:
    """A score of its scale: 9/10."""
    return "" if score is None else f"{number(score)}/{number(high or 0)}"


def _order(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    return Deed(
        e.kind, ICONS[e.kind], at_clock(e.occurred, zone), day, str(_("Purchase")), title=e.title or e.key or "",
        badge=str(_("cancelled")) if e.state else "", tone="bad" if e.state else "",
        beside=_some(_money(e), e.key if e.title else "", value_name("channel", e.channel)),
    )  # fmt: skip


def _begun(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    price = str(_("{amount} a month", amount=_money(e))) if e.amount is not None else ""
    return Deed(e.kind, ICONS[e.kind], _whole_day(e, zone), day, str(_("Contract begun")), title=e.title or "",
                beside=_some(price, e.key))  # fmt: skip


def _ended(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    why = str(_("Reason: {reason}", reason=e.text)) if e.text else ""
    return Deed(e.kind, ICONS[e.kind], _whole_day(e, zone), day, str(_("Contract ended")), title=e.title or "",
                tone="bad", badge=why, beside=_some(e.key))  # fmt: skip


def _mention(e: Entry, zone: ZoneInfo, day: str) -> Deed:
    return Deed(
        e.kind, ICONS[e.kind], at_clock(e.occurred, zone), day, str(_("Public mention")), title=e.title or "",
        badge=value_name("sentiment", e.state), tone=SENTIMENT_TONES.get(e.state or "", ""), quote=e.text or "",
    )  # fmt: skip


def _visits(mine: Sequence[Entry], zone: ZoneInfo, day: str) -> Deed:
    """What was done in a day on one channel, and where."""
    counts: dict[str, int] = {}
    for entry in mine:
        counts[entry.title or ""] = counts.get(entry.title or "", 0) + (entry.n or 0)
    done = [str(_("{what} × {count}", what=what, count=n)) if n > 1 else what for what, n in counts.items() if what]
    places = dict.fromkeys(entry.text for entry in reversed(mine) if entry.text)
    return Deed("visit", ICONS["touch"], at_clock(mine[0].occurred, zone), day, value_name("channel", mine[0].channel),
                title=", ".join(done), beside=_some(" → ".join(places)))  # fmt: skip


def _money(e: Entry) -> str:
    return amount(e.amount, e.currency or "") if e.amount is not None else ""


def amount(value: float, currency: str) -> str:
    """Money, with cents where there are any: 1,204 EUR, 237.90 EUR."""
    cents = round(value, 2)
    return "\u00a0".join(part for part in (number(cents, 0 if cents.is_integer() else 2), currency) if part)


def _whole_day(e: Entry, zone: ZoneInfo) -> When:
    """Contracts begin and end with a day."""
    known = instant(e.occurred, zone)
    return When(known.iso[:10], "", known.text)


def _some(*texts: str | None) -> list[str]:
    return [text for text in texts if text]


_TOLD: dict[Kind, Callable[[Entry, ZoneInfo, str], Deed]] = {
    "ticket": _ticket,
    "answer": _answer,
    "order": _order,
    "begun": _begun,
    "ended": _ended,
    "mention": _mention,
}
