"""The truth around the service desk: competitors, colleagues, the campaign."""

from __future__ import annotations

from typing import Any

import numpy as np

from latido.demo.columns import Flags, Ints
from latido.demo.company import Company, nps
from latido.demo.panels import TEAM_MOOD
from latido.demo.traffic import CAMPAIGN_NETWORKS
from latido.demo.world import BRANDS, CAMPAIGN, DAY, END, HEATING, NETWORKS, START

Figures = dict[str, Any]
YEARS = (END - START) / (365.25 * DAY)


def season(company: Company) -> Figures:
    """Heating tickets in December to February against June to August; Mondays against the other weekdays."""
    asked = company.tickets.asked
    months = asked.created.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12
    heating = asked.topic == HEATING
    winter, summer = (int((heating & np.isin(months, m)).sum()) for m in ((11, 0, 1), (5, 6, 7)))
    weekday = (asked.created // DAY + 3) % 7
    mondays, others = int((weekday == 0).sum()), int(np.isin(weekday, (1, 2, 3, 4)).sum())
    return {
        "heating_winter_to_summer": round(winter / summer, 2) if summer else None,
        "monday_to_other_weekday": round(4 * mondays / others, 2),
    }


def panel(company: Company) -> Figures:
    """Blind NPS by brand, over all waves."""
    own = company.panel
    return {
        name: {"nps": round(nps(own.score[own.brand == n]), 1), "n": int((own.brand == n).sum())}
        for n, name in enumerate(BRANDS)
    }


def employees(company: Company) -> Figures:
    """Departures, day-weighted headcount, and what all employees of a team would have said, asked or not."""
    people, answers = company.staff.people, company.staff_answers
    hired, left = np.array([(p.hired, p.departed) for p in people]).T
    gone = (left >= START) & (left < END)
    present = np.minimum(left, END) - np.maximum(hired, START)
    head = float(np.maximum(present, 0).sum() / (END - START))
    own = np.array([bool(p.voluntary) for p in people])
    return {
        "departures": int(gone.sum()),
        "voluntary": int((gone & own).sum()),
        "average_headcount": round(head, 1),
        "yearly_turnover": round(float(gone.sum()) / head / YEARS, 4),
        "enps_everybody": {t: round(nps(answers.enps[answers.team == n]), 1) for n, t in enumerate(TEAM_MOOD)},
        "answers_by_team_and_wave": _cells(answers.team[answers.replied], answers.wave[answers.replied]),
    }


def _cells(team: Ints, wave: Ints) -> dict[str, list[int]]:
    return {name: [int(((team == n) & (wave == w)).sum()) for w in range(4)] for n, name in enumerate(TEAM_MOOD)}


def campaign(company: Company) -> Figures:
    """Mentions on the campaign's networks and on the others, in its three weeks and the three before."""
    own = company.mentions
    on = np.isin(own.network, [n for n, name in enumerate(NETWORKS) if name in CAMPAIGN_NETWORKS])
    during = _between(own.occurred, *CAMPAIGN)
    before = _between(own.occurred, 2 * CAMPAIGN[0] - CAMPAIGN[1], CAMPAIGN[0])
    counts = {
        "during": on & during,
        "before": on & before,
        "control_during": ~on & during,
        "control_before": ~on & before,
    }
    found = {name: int(cell.sum()) for name, cell in counts.items()}
    expected = found["before"] * _ratio(found["control_during"], found["control_before"])
    return {**found, "ratio": round(_ratio(found["during"], expected), 2)}


def _between(t: Ints, first: int, last: int) -> Flags:
    return (t >= first) & (t < last)


def _ratio(a: float, b: float) -> float:
    return a / b if b else float("nan")
