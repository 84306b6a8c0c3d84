"""The truth behind the files: what was planted, and how it shows in what everybody can count.

Two kinds of figures: those that no export can tell (what people thought who were not asked or did
not answer), and direct computations on what was written, against which analyses can be checked.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from latido.demo import surroundings
from latido.demo.columns import Flags, Floats, Ints, on_scale
from latido.demo.company import Company, nps
from latido.demo.customers import region_code
from latido.demo.demand import ORDINARY, REPEAT
from latido.demo.effects import sizes
from latido.demo.experience import doublings
from latido.demo.plans import TECHNICAL
from latido.demo.relation import REASONS, active, lost_inside
from latido.demo.surroundings import Figures
from latido.demo.surveys import CES, CSAT, ORDER, RELATIONSHIP, TICKET, TRANSACTIONAL, Asks, month, would_tick
from latido.demo.world import (
    BILLING,
    BILLING_WINDOW,
    BOT_CHANNELS,
    BOT_START,
    CHANNELS,
    DAY,
    END,
    MONTHS,
    NPS_WAVES,
    OUTAGE,
    OUTAGE_REGION,
    REGIONS,
    START,
    TARIFF_CHANGES,
    TRAINING_START,
)

WEEK = 7 * DAY


def truths(company: Company) -> Figures:
    """All figures, by truth."""
    return {
        "effects": sizes(company.effects),
        "counts": _counts(company),
        "population_nps": {wave: _population(company, n, wave, t) for n, (wave, t) in enumerate(NPS_WAVES.items())},
        "answering": _answering(company),
        "chain": _chain(company),
        "churn": _churn(company),
        "outage": _outage(company),
        "bot": _bot(company),
        "training": _training(company),
        "billing": _billing(company),
        "season": surroundings.season(company),
        "orders": _orders(company),
        "panel": surroundings.panel(company),
        "employees": surroundings.employees(company),
        "campaign": surroundings.campaign(company),
    }


def known(figures: Any) -> Any:
    """The same, with nothing in the place of what a company too small could not tell."""
    if isinstance(figures, dict):
        return {name: known(value) for name, value in figures.items()}
    return None if isinstance(figures, float) and np.isnan(figures) else figures


def _counts(company: Company) -> Figures:
    asked = company.tickets.asked
    return {
        "customers": len(company.people),
        "active_at_start": int(active(company.people, START).sum()),
        "active_at_end": int(active(company.people, END - 1).sum()),
        "tickets": len(asked),
        "events": len(company.tickets.log),
        "open_at_end": int((company.tickets.outcome.solved >= END)[np.isin(asked.kind, (ORDINARY, REPEAT))].sum()),
        "employees": len(company.staff.people),
        "answers": int(company.asks.replied.sum()),
    }


def _population(company: Company, wave: int, name: str, t: int) -> Figures:
    """NPS of everybody, of those asked, of those who answered; by region for everybody."""
    score = on_scale(would_tick(wave, t, company.relations), 0, 10)
    here = active(company.people, t)
    asks = company.asks.take(company.asks.wave == wave)
    regions = {r: round(nps(score[here & (company.people.region == n)]), 1) for n, r in enumerate(REGIONS)}
    return {
        "wave": name,
        "customers": int(here.sum()),
        "everybody": round(nps(score[here]), 1),
        "asked": round(nps(asks.score), 1),
        "answered": round(nps(asks.score[asks.replied]), 1),
        "weighted_by_bad_tickets": round(_weighted(company, asks, t), 1),
        "answers": int(asks.replied.sum()),
        "regions": regions,
    }


def _weighted(company: Company, asks: Asks, t: int) -> float:
    """NPS of the answers, weighted so that bad tickets are as common in them as among those asked."""
    bad = company.relations.bad[asks.customer, month(t)]
    came = asks.replied
    parts = [((bad == k).mean(), nps(asks.score[came & (bad == k)])) for k in np.unique(bad).tolist()]
    return float(sum(share * value for share, value in parts if not np.isnan(value)))


def _answering(company: Company) -> Figures:
    """Share that answered, by what they ticked or would have ticked (those reached only)."""
    asks = company.asks.take(~company.asks.bounced)
    surveys = (
        ("csat", asks.survey == CSAT, ((1, 2), (3, 3), (4, 5))),
        ("ces", asks.survey == CES, ((1, 3), (4, 5), (6, 7))),
        ("nps_transactional", asks.survey == TRANSACTIONAL, ((0, 6), (7, 8), (9, 10))),
        ("nps_relationship", asks.survey == RELATIONSHIP, ((0, 6), (7, 8), (9, 10))),
    )
    return {
        name: {f"{a}-{b}": _share(asks.replied, own & _within(asks.score, a, b)) for a, b in bands}
        for name, own, bands in surveys
    }


def _within(score: Ints, low: int, high: int) -> Flags:
    return (score >= low) & (score <= high)


def _share(flags: Flags, among: Flags) -> float:
    return round(float(flags[among].mean()), 4) if among.any() else float("nan")


def _chain(company: Company) -> Figures:
    """Least squares on what answerers ticked: the planted slopes, a little flattened by rounding and silence."""
    tickets, felt = company.tickets, company.felt
    ces, csat = (_scores(company, survey) for survey in (CES, CSAT))
    human = felt.first_reply > 0
    rows = np.flatnonzero(~np.isnan(ces) & human)
    causes = np.column_stack([
        doublings(felt.first_reply), doublings(felt.resolution), tickets.outcome.transfers, tickets.outcome.reopens,
        tickets.outcome.touches,
    ])  # fmt: skip
    both = np.flatnonzero(~np.isnan(ces) & ~np.isnan(csat))
    return {
        "ces_on_causes": dict(zip(("first_reply", "resolution", "transfers", "reopens", "touches"),
                                  _slopes(causes[rows], ces[rows]), strict=True)),
        "n_ces": len(rows),
        "csat_on_ces": _slopes(ces[both][:, None], csat[both])[0],
        "n_both": len(both),
        "nps_on_satisfaction": _recommending(company, csat),
    }  # fmt: skip


def _scores(company: Company, survey: int) -> Floats:
    """The answer about each ticket, NaN where there is none."""
    out = np.full(len(company.tickets), np.nan)
    asks = company.asks.take((company.asks.survey == survey) & company.asks.replied)
    out[asks.about] = asks.score
    return out


def _recommending(company: Company, csat: Floats) -> Figures:
    asks = company.asks.take(
        (company.asks.survey == TRANSACTIONAL) & company.asks.replied & (company.asks.subject == TICKET)
    )
    asks = asks.take(~np.isnan(csat[asks.about]))
    return (
        {"slope": _slopes(csat[asks.about][:, None], asks.score)[0], "n": len(asks)}
        if len(asks) > 2
        else {"n": len(asks)}
    )


def _slopes(causes: Floats, effect: Floats | Ints) -> list[float]:
    """Coefficients of ordinary least squares, without the intercept."""
    design = np.column_stack([np.ones(len(effect)), causes])
    found = np.linalg.lstsq(design, np.asarray(effect, dtype=float), rcond=None)[0]
    return [round(float(b), 3) for b in found[1:]]


def _churn(company: Company) -> Figures:
    """Monthly churn by what customers answered in a wave (the six months after it), and by reason."""
    people = company.people
    asks = company.asks.take((company.asks.survey == RELATIONSHIP) & company.asks.replied)
    later = asks.asked + 183 * DAY
    known = later < END
    left = people.lost[asks.customer] < later
    bands = {"0-6": (0, 6), "7-8": (7, 8), "9-10": (9, 10)}
    total = int(lost_inside(people, START, END).sum())
    return {
        "lost": total,
        "reasons": _reasons(company),
        "half_year_after_answer": {
            name: _share(left, known & _within(asks.score, *band)) for name, band in bands.items()
        },
        "monthly_rate": round(total / (MONTHS * active(people, (START + END) // 2).sum()), 5),
    }


def _reasons(company: Company) -> Figures:
    """Share of each reason among those who left inside the data."""
    left = lost_inside(company.people, START, END)
    return {name or "(none)": _share(company.relations.reason == n, left) for n, name in enumerate(REASONS)}


def _outage(company: Company) -> Figures:
    """The region in those nine days against the ten weeks before, and against the other regions of Spain."""
    asked, felt = company.tickets.asked, company.felt
    there = company.people.region[asked.customer] == region_code(OUTAGE_REGION)
    during = _between(asked.created, *OUTAGE)
    before = _between(asked.created, OUTAGE[0] - 10 * WEEK, OUTAGE[0])
    days = (OUTAGE[1] - OUTAGE[0]) / DAY
    waited = there & (felt.first_reply > 0)
    usual = float((there & before).sum() / 70 * days)
    alike = asked.channel * 10 + asked.priority
    return {
        "tickets": int((there & during).sum()),
        "usual_in_nine_days": round(usual, 1),
        "ratio": round(float((there & during).sum() / max(usual, 1)), 2),
        "first_reply_hours_median": _medians(
            felt.first_reply / 3600, {"during": waited & during, "before": waited & before}
        ),
        "first_reply_factor_like_for_like": _factor(felt.first_reply, alike, waited & during, waited & before),
        "nps_there": _waves(company, there=True),
        "nps_elsewhere": _waves(company, there=False),
    }


def _factor(values: Floats, alike: Ints, after: Flags, before: Flags) -> float:
    """How many times larger the values are (geometric means), comparing only what is alike."""
    cells = [(int((own & after).sum()), own) for own in (alike == kind for kind in np.unique(alike[after]).tolist())]
    steps = [(n, np.log(values[own & after]).mean() - np.log(values[own & before]).mean())
             for n, own in cells if (own & before).any()]  # fmt: skip
    total = sum(n for n, _ in steps)
    return round(float(np.exp(sum(n * step for n, step in steps) / total)), 2) if total else float("nan")


def _waves(company: Company, there: bool) -> Figures:
    """True NPS by wave inside or outside the region of the outage."""
    own = (company.people.region == region_code(OUTAGE_REGION)) == there
    waves = enumerate(NPS_WAVES.items())
    return {
        w: round(nps(on_scale(would_tick(n, t, company.relations), 0, 10)[own & active(company.people, t)]), 1)
        for n, (w, t) in waves
    }


def _between(t: Ints, first: int, last: int) -> Flags:
    return (t >= first) & (t < last)


def _medians(values: Floats, groups: dict[str, Flags]) -> Figures:
    return {name: round(float(np.median(values[own])), 2) if own.any() else None for name, own in groups.items()}


def _bot(company: Company) -> Figures:
    """Share of tickets that were handed over, on the bot's channels and the others, before and after."""
    asked = company.tickets.asked
    own = np.isin(asked.kind, (ORDINARY, REPEAT))
    moved = company.tickets.outcome.transfers > 0
    bots, late = BOT_CHANNELS[asked.channel], asked.created >= BOT_START
    cells = {
        "bot_before": bots & ~late,
        "bot_after": bots & late,
        "others_before": ~bots & ~late,
        "others_after": ~bots & late,
    }
    shares = {name: _share(moved, own & cell) for name, cell in cells.items()}
    change = (shares["bot_after"] - shares["bot_before"]) - (shares["others_after"] - shares["others_before"])
    return {
        "channels": [c for c, b in zip(CHANNELS, BOT_CHANNELS, strict=True) if b],
        **shares,
        "difference_in_differences": round(change, 4),
    }


def _training(company: Company) -> Figures:
    """Replies per solved ticket, reopened and repeated, in the trained team and the others, before and after."""
    asked, outcome = company.tickets.asked, company.tickets.outcome
    done = company.felt.counts & (outcome.touches > 0) & (asked.kind == ORDINARY)
    again = np.isin(np.arange(len(asked)), asked.parent[asked.kind == REPEAT]) | (outcome.reopens > 0)
    team, late = outcome.team == TECHNICAL, asked.created >= TRAINING_START
    cells = {
        "team_before": team & ~late,
        "team_after": team & late,
        "others_before": ~team & ~late,
        "others_after": ~team & late,
    }
    return {
        name: {
            "touches": round(float(outcome.touches[done & cell].mean()), 3),
            "back_again": _share(again, done & cell),
        }
        for name, cell in cells.items()
    }


def _billing(company: Company) -> Figures:
    """Billing tickets in the thirty days after each tariff change takes effect, against the thirty days before."""
    asked = company.tickets.asked
    billing = (asked.topic == BILLING) & np.isin(asked.kind, (ORDINARY, REPEAT))
    return {_day(t): _window(asked.created[billing], t) for t in TARIFF_CHANGES}


def _day(t: int) -> str:
    return str(np.datetime64(t + 2 * 3600, "s").astype("datetime64[D]"))


def _window(created: Ints, change: int) -> Figures:
    first, last = change + BILLING_WINDOW[0], min(change + BILLING_WINDOW[1], END)
    days = (last - first) / DAY
    after = int(_between(created, first, last).sum())
    before = int(_between(created, first - 30 * DAY, first).sum()) * days / 30
    return {
        "days": round(days),
        "tickets": after,
        "usual": round(before),
        "ratio": round(after / before, 2) if before else None,
    }


def _orders(company: Company) -> Figures:
    asks = company.asks.take((company.asks.subject == ORDER) & company.asks.replied)
    weeks = company.orders.late[asks.about] / 7
    return {
        "nps_on_time": round(nps(asks.score[weeks == 0]), 1),
        "nps_late": round(nps(asks.score[weeks > 0]), 1),
        "points_per_late_week": _slopes(weeks[:, None], asks.score)[0] if len(asks) > 2 else None,
        "answers": len(asks),
    }
