"""Surveys of people who are not our customers: a blind market panel, and the company's own employees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.columns import Columns, Flags, Ints, Random, on_scale, pick
from latido.demo.staff import Staff
from latido.demo.world import BRANDS, COUNTRIES, DAY, ES, MEXICO, SPAIN, instant, shares

BRAND_MEAN = np.array([7.45, 7.85, 7.1, 6.6])
PANEL_WAVES = {
    "2024-S2": instant("2024-11-04T00:00:00"),
    "2025-S1": instant("2025-05-12T00:00:00"),
    "2025-S2": instant("2025-11-03T00:00:00"),
    "2026-S1": instant("2026-05-11T00:00:00"),
}
STAFF_WAVES = {
    "2024-S2": instant("2024-11-18T08:00:00"),
    "2025-S1": instant("2025-05-19T08:00:00"),
    "2025-S2": instant("2025-11-17T08:00:00"),
    "2026-S1": instant("2026-05-18T08:00:00"),
}
# Where people like to work (points of 0–10 away from the mean).
TEAM_MOOD = {
    "Facturación": -0.4, "Soporte técnico": 0.3, "Contratos": 0.5, "Atención México": -0.3,
    "Canales digitales": -0.9, "Técnicos de campo": 0.1, "Ventas": 0.4, "Finanzas": 0.2, "Producto digital": 0.9,
    "Marketing": 0.6, "Personas": 0.8, "Dirección": 1.2,
}  # fmt: skip
STAFF_READY = 0.66


@dataclass(frozen=True)
class Panel(Columns):
    """One row an answer of the blind survey: a respondent rates the company that serves their home."""

    respondent: Ints
    wave: Ints
    country: Ints
    variant: Ints
    brand: Ints
    answered: Ints
    score: Ints
    price: Ints
    service: Ints


def draw_panel(rng: Random, n: int) -> Panel:
    """`n` respondents over four waves, by the brands' shares of the market."""
    wave = np.sort(pick(rng, [1, 1, 1, 1], n))
    brand = pick(rng, shares(BRANDS), n)
    mood = BRAND_MEAN[brand] + 2.0 * rng.standard_normal(n)
    country = pick(rng, [c.share for c in COUNTRIES], n)
    start = np.array(list(PANEL_WAVES.values()))[wave]
    rating = mood / 10 * 3.4 + 0.9 + 0.8 * rng.standard_normal((2, n))
    return Panel(
        respondent=np.arange(n) + 1,
        wave=wave,
        country=country,
        variant=np.where(country == ES, SPAIN, MEXICO),
        brand=brand,
        answered=start + rng.integers(7 * 3600, 14 * DAY, n),
        score=on_scale(mood, 0, 10),
        price=on_scale(rating[0], 1, 5),
        service=on_scale(rating[1], 1, 5),
    )


@dataclass(frozen=True)
class StaffAnswers(Columns):
    """One row an employee asked in a wave; scores are only given where `replied`."""

    wave: Ints
    team: Ints
    country: Ints
    pseudonym: Ints
    asked: Ints
    answered: Ints
    replied: Flags
    esat: Ints
    enps: Ints


def draw_staff_answers(rng: Random, staff: Staff) -> StaffAnswers:
    """Everybody who works there on the day is asked; two thirds answer, whatever they think."""
    return StaffAnswers.join(_staff_wave(rng, staff, n, t) for n, t in enumerate(STAFF_WAVES.values()))


def _staff_wave(rng: Random, staff: Staff, wave: int, t: int) -> StaffAnswers:
    teams = list(TEAM_MOOD)
    here = [s for s in staff.spells if s.begins <= t < s.ends]
    team = np.array([teams.index(s.team) for s in here], dtype=np.int64)
    n = len(here)
    mood = 7.5 + np.array(list(TEAM_MOOD.values()))[team] + 1.6 * rng.standard_normal(n)
    return StaffAnswers(
        wave=np.full(n, wave),
        team=team,
        country=np.array([s.person.country for s in here], dtype=np.int64),
        pseudonym=rng.permutation(9000)[:n] + 1000 + wave * 10_000,
        asked=np.full(n, t),
        answered=t + rng.integers(600, 9 * DAY, n),
        replied=rng.random(n) < STAFF_READY,
        esat=on_scale(mood * 0.42 + 0.75 + 0.5 * rng.standard_normal(n), 1, 5),
        enps=on_scale(mood, 0, 10),
    )
