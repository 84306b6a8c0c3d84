"""Figures over random desks and rosters against the definitions, written out as plain loops."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from latido.model.calendar import Block, BusinessCalendar, Version
from tests.metrics.tables import (
    DAY,
    HOUR,
    Happened,
    Row,
    after,
    at,
    became,
    derived,
    desk,
    people,
    said,
    story,
    subscriptions,
    table,
    traced,
)

START, TICKETS = at("2024-03-01"), 300
END = START + timedelta(days=45)
SITE = BusinessCalendar("site", "America/Mexico_City", (Version((*((Block(9 * HOUR, 17 * HOUR),),) * 5, (), ())),))
SETTINGS = Settings(time_zone="America/Mexico_City", data_end=END, calendars={"site": SITE})
DONE, STATUSES, ROLES = (
    ("solved", "closed"),
    ("open", "pending", "hold", *["solved"] * 3, "closed"),
    ("customer", "agent", "bot"),
)


class Ticket(NamedTuple):
    """What happened, in seconds since 1970, in order."""

    created: int
    says: list[tuple[int, str, bool]]
    turns: list[tuple[int, str]]


def lived(chance: random.Random) -> tuple[datetime, list[Happened]]:
    """A ticket with up to eight events in a month; agents speak in private too."""
    created = START + timedelta(seconds=chance.randrange(17 * DAY))
    minutes = sorted(chance.uniform(0.1, 10 ** chance.uniform(1, 4.6)) for _ in range(chance.randrange(9)))
    return created, [happening(chance, m) for m in minutes]


def happening(chance: random.Random, minute: float) -> Happened:
    if chance.random() < 0.5:
        return said(chance.choice(ROLES), minute, public=chance.random() < 0.8)
    return became(chance.choice(STATUSES), minute)


@cache
def lives() -> dict[str, tuple[datetime, list[Happened]]]:
    chance = random.Random(20240301)
    return {f"t{i:03}": lived(chance) for i in range(TICKETS)}


@cache
def tables() -> Any:
    return derived(desk(*(story(name, *events, created=created) for name, (created, events) in lives().items())))


@cache
def tickets() -> dict[str, Ticket]:
    """The same lives, as the loops below read them, up to the data's end."""
    return {name: _seen(created, events) for name, (created, events) in lives().items() if created <= END}


def _seen(created: datetime, events: list[Happened]) -> Ticket:
    dated = [(after(h.minutes, created), h.columns) for h in events]
    told = [(int(when.timestamp()), c) for when, c in dated if when <= END]
    says = [(t, c["author_role"], c["public"]) for t, c in told if c["kind"] == "message"]
    return Ticket(int(created.timestamp()), says, [(t, c["value"]) for t, c in told if c["kind"] == "status"])


def stretches(ticket: Ticket) -> list[tuple[str, int, int]]:
    """Status, from, until; the last one until the data's end."""
    marks = [(ticket.created, "new"), *ticket.turns, (int(END.timestamp()), "")]
    return [(status, a, b) for (a, status), (b, _next) in pairwise(marks)]


def open_seconds(a: int, b: int) -> int:
    """From nine to five on weekdays in Mexico City, walked minute by minute, the odd seconds at both ends by hand."""
    hours = range(a // HOUR * HOUR, b + HOUR, HOUR)
    return sum(max(0, min(b, h + HOUR) - max(a, h)) for h in hours if _is_open(h))


def _is_open(hour: int) -> bool:
    local = datetime.fromtimestamp(hour, SITE.zone)
    return local.weekday() < 5 and 9 <= local.hour < 17


def kaplan_meier(waits: list[tuple[int, bool]], share: float) -> float:
    """The first time at which no more than `share` still wait."""
    left = 1.0
    for t in sorted({t for t, ended in waits if ended}):
        left *= 1 - sum(ended and w == t for w, ended in waits) / sum(w >= t for w, _e in waits)
        if left <= share + 1e-12:
            return t
    return float("inf")


def first_reply(ticket: Ticket) -> tuple[int, bool]:
    human = [t for t, role, public in ticket.says if role == "agent" and public]
    asked = [t for t, role, _public in ticket.says if role == "customer"]
    proactive = bool(human) and human[0] == ticket.created and not (asked and asked[0] <= human[0])
    replies = human[1:] if proactive else human
    if replies:
        return replies[0] - ticket.created, True
    return min(resolution(ticket)[0], int(END.timestamp()) - ticket.created), False


def resolution(ticket: Ticket) -> tuple[int, bool]:
    status, since = "new", ticket.created
    solved = None
    for t, value in ticket.turns:
        if value == "solved" and status != "solved":
            solved = t
        solved = solved if value in DONE else None
        status, since = value, t
    if solved is not None:
        return solved - ticket.created, True
    return (since if status in DONE else int(END.timestamp())) - ticket.created, False


def frame(metric: str, **asked: Any) -> pd.DataFrame:
    found = traced(metric, tables(), SETTINGS, **asked)
    return found.sort_index()


@pytest.mark.parametrize(("metric", "oracle"), [("first_reply_time", first_reply), ("resolution_time", resolution)])
def test_each_ticket_s_time_is_that_of_the_definition(metric: str, oracle: Any) -> None:
    rows = frame(metric)
    direct = {name: oracle(ticket) for name, ticket in tickets().items()}
    assert {n: (int(v), bool(e)) for n, v, e in zip(rows.index, rows.value, rows.ended, strict=True)} == direct


@pytest.mark.parametrize(("metric", "oracle"), [("first_reply_time", first_reply), ("resolution_time", resolution)])
@pytest.mark.parametrize(("part", "share"), [("median", 0.5), ("p90", 0.1)])
def test_quantiles_are_those_of_a_kaplan_meier_curve(metric: str, oracle: Any, part: str, share: float) -> None:
    found = measure(metric, tables(), SETTINGS).figure.parts[part].value
    assert found == kaplan_meier([oracle(ticket) for ticket in tickets().values()], share)


def first_answer(ticket: Ticket) -> tuple[int, bool]:
    """As `first_reply`, of agents and bots."""
    spoken = [t - ticket.created for t, role, public in ticket.says if role in {"agent", "bot"} and public]
    return (spoken[0], True) if spoken else first_reply(ticket)


def test_a_bot_s_reply_is_found_message_by_message() -> None:
    rows = frame("first_reply_time", preset="with_bots")
    direct = {name: first_answer(ticket) for name, ticket in tickets().items()}
    assert {n: (int(v), bool(e)) for n, v, e in zip(rows.index, rows.value, rows.ended, strict=True)} == direct


@pytest.mark.parametrize(("preset", "clock"), [("zendesk", lambda a, b: b - a), ("replied", open_seconds)])
def test_other_tools_take_the_median_of_what_was_replied(preset: str, clock: Any) -> None:
    found = measure("first_reply_time", tables(), SETTINGS, preset=preset, calendar="site").figure.parts
    replied = [(t.created, t.created + wait) for t in tickets().values() for wait, ended in [first_reply(t)] if ended]
    waits = [clock(a, b) for a, b in replied]
    assert found["median"].value == float(np.quantile(waits, 0.5, method="inverted_cdf"))
    assert (found["median"].n, found["mean_finished"].value) == (len(waits), pytest.approx(float(np.mean(waits))))


def test_the_mean_of_other_tools_is_that_of_what_was_replied() -> None:
    found = measure("first_reply_time", tables(), SETTINGS, preset="mean").figure.estimate
    waits = [wait for wait, ended in map(first_reply, tickets().values()) if ended]
    assert (found.n, found.value) == (len(waits), pytest.approx(float(np.mean(waits))))


@pytest.mark.parametrize(
    ("metric", "statuses"),
    [
        ("requester_wait_time", ("new", "open", "hold")),
        ("agent_work_time", ("new", "open")),
        ("on_hold_time", ("hold",)),
    ],
)
@pytest.mark.parametrize("calendar", ["24x7", "site"])
def test_time_in_statuses_is_the_sum_of_its_stretches(metric: str, statuses: tuple[str, ...], calendar: str) -> None:
    rows = frame(metric, calendar=calendar)
    length = open_seconds if calendar == "site" else lambda a, b: b - a
    direct = {
        name: sum(length(a, b) for status, a, b in stretches(ticket) if status in statuses)
        for name, ticket in tickets().items()
    }
    assert rows.value.astype(int).to_dict() == direct


def test_the_backlog_is_who_is_unsolved_at_each_midnight() -> None:
    found = measure("backlog", tables(), SETTINGS, period="day", start=date(2024, 3, 1), end=date(2024, 4, 10))
    midnights = [datetime(2024, 3, 2, tzinfo=SITE.zone) + timedelta(days=i) for i in range(40)]
    direct = [sum(_open_at(t, int(m.astimezone(UTC).timestamp())) for t in tickets().values()) for m in midnights]
    assert [f.estimate.value for f in found.figures] == direct


def _open_at(ticket: Ticket, instant: int) -> bool:
    return any(a <= instant < b and status not in DONE for status, a, b in stretches(ticket))


def test_touches_reopenings_and_replies_are_counted_event_by_event() -> None:
    facts = tables()["ticket_facts"].execute().set_index("ticket_id")
    human = {n: sum(h.columns["kind"] == "message" and h.columns["author_role"] == "agent" and h.columns["public"]
                    for h in events) for n, (_c, events) in lives().items()}  # fmt: skip
    assert facts.replies.to_dict() == human
    assert facts.reopens.to_dict() == {n: _reopens(events) for n, (_c, events) in lives().items()}


def _reopens(events: list[Happened]) -> int:
    turns = ["new", *(h.columns["value"] for h in events if h.columns["kind"] == "status")]
    return sum(a in DONE and b not in DONE for a, b in pairwise(turns))


def days(chance: random.Random, first: date, span: int) -> str:
    return (first + timedelta(days=chance.randrange(span))).isoformat()


@pytest.mark.parametrize("seed", range(3))
def test_churn_is_counted_customer_by_customer(seed: int) -> None:
    chance = random.Random(seed)
    starts = [days(chance, date(2023, 1, 1), 500) for _ in range(200)]
    ends = [max(s, days(chance, date(2023, 6, 1), 500)) if chance.random() < 0.6 else None for s in starts]
    contracts = subscriptions(*zip(starts, ends, strict=True))
    found = measure(
        "churn_rate", {"subscriptions": contracts}, Settings(data_end=at("2024-12-31")), period="month",
        start=date(2023, 9, 1), end=date(2024, 9, 1),
    )  # fmt: skip
    months = [f"{p:%Y-%m-%d}" for p in pd.date_range("2023-09-01", "2024-09-01", freq="MS")]
    there = [[e for s, e in zip(starts, ends, strict=True) if s < a and (e is None or e >= a)] for a in months[:-1]]
    lost = [sum(e is not None and e < b for e in cohort) for cohort, b in zip(there, months[1:], strict=True)]
    assert [(f.estimate.numerator, f.estimate.n) for f in found.figures] == list(
        zip(lost, map(len, there), strict=True)
    )


@pytest.mark.parametrize("seed", range(3))
def test_turnover_is_counted_day_by_day(seed: int) -> None:
    chance = random.Random(seed)
    hired = [days(chance, date(2022, 1, 1), 900) for _ in range(60)]
    left = [max(h, days(chance, date(2023, 1, 1), 600)) if chance.random() < 0.5 else None for h in hired]
    staff: list[Row] = [{"hired": h, "departed": x} for h, x in zip(hired, left, strict=True)]
    asked = {"period": "quarter", "start": date(2023, 4, 1), "end": date(2024, 4, 1)}
    found = measure("turnover_rate", {"agents": people(*staff)}, Settings(data_end=at("2025-01-01")), **asked).figures
    quarters = [
        [f"{d:%Y-%m-%d}" for d in pd.date_range(f.period.start, f.period.end, inclusive="left")]
        for f in found
        if f.period
    ]
    headcount = [
        [sum(h <= d and (x is None or d <= x) for h, x in zip(hired, left, strict=True)) for d in q] for q in quarters
    ]
    departures = [sum(x in q for x in left) for q in quarters]
    assert [f.estimate.numerator for f in found] == departures
    assert [f.estimate.denominator for f in found] == pytest.approx([float(np.mean(h)) for h in headcount])


def test_a_customer_counts_once_a_month_whatever_the_number_of_visits() -> None:
    chance = random.Random(7)
    visits = [
        {
            "touchpoint_id": f"v{i}",
            "customer_id": f"c{chance.randrange(20)}",
            "occurred": days(chance, date(2024, 1, 1), 90),
        }
        for i in range(150)
    ]
    found = measure("engagement", {"touchpoints": table("touchpoints", visits)}, period="month").figures
    direct = pd.DataFrame(visits).assign(month=lambda f: f.occurred.str[:7]).groupby("month").customer_id.nunique()
    assert [f.estimate.value for f in found] == direct.tolist()
