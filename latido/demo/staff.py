"""Agents by seat and spell, and everybody else who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from latido.demo.clock import midnight
from latido.demo.columns import Flags, Floats, Ints, Random, ints, pick
from latido.demo.names import full_names, staff_emails
from latido.demo.world import DAY, END, MX, START, TEAM_SEATS, TEAMS, instant

SEATS = sum(TEAM_SEATS)
TEAM_OF_SEAT = np.repeat(np.arange(len(TEAMS)), TEAM_SEATS)
FIRST_SEAT = np.cumsum((0, *TEAM_SEATS))[:-1]
MEAN_STAY = 44 * 30.4 * DAY
DEMOTED = instant("2025-11-03T00:00:00+01:00")
AGENT_ID = 9_100_000_000
BOTS = {"Chispa": 9_000_000_001, "Lumbre IA": 9_000_000_002}

# Departments beside the service teams: people, country, share lost a year.
DEPARTMENTS = {
    "Técnicos de campo": (38, 0.16), "Ventas": (18, 0.24), "Finanzas": (8, 0.08), "Producto digital": (9, 0.14),
    "Marketing": (4, 0.12), "Personas": (4, 0.08), "Dirección": (3, 0.05),
}  # fmt: skip
REASONS = {
    "otra oferta": (0.36, True), "horarios": (0.14, True), "estudios": (0.07, True), "motivos personales": (0.15, True),
    "fin de contrato": (0.13, False), "bajo rendimiento": (0.10, False), "jubilación": (0.05, False),
}  # fmt: skip


@dataclass
class Person:
    """An employee: from when to when, and where."""

    number: int
    hired: int
    departed: int
    reason: str = ""
    voluntary: bool | None = None
    name: str = ""
    email: str = ""
    country: int = 0


@dataclass(frozen=True)
class Spell:
    """One person in one role and team (`seat` is −1 away from the service desk)."""

    person: Person
    team: str
    role: str
    begins: int
    ends: int
    seat: int = -1


@dataclass
class Staff:
    """The roster, and who sat where when."""

    people: list[Person]
    spells: list[Spell]
    skill: Floats = field(default_factory=lambda: np.zeros(0))
    keys: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    ends: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    holder: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def agent(self, seat: Ints, t: Ints) -> Ints:
        """Position in `people` of who sits there then, or of a colleague while the seat is empty."""
        found, free = self._at(seat, t)
        for _again in range(6):
            seat = np.where(free, neighbour(seat), seat)
            other, still = self._at(seat, t)
            found, free = np.where(free, other, found), free & still
        return found

    def _at(self, seat: Ints, t: Ints) -> tuple[Ints, Flags]:
        i = np.searchsorted(self.keys, seat * SPAN + t, side="right") - 1
        return self.holder[i], (t >= self.ends[i]) | (self.keys[i] // SPAN != seat)


SPAN = 1 << 34


def day_of(t: int) -> int:
    """Midnight in Madrid at the beginning of that day: contracts begin and end with the day."""
    return int(midnight(np.array([min(t + 2 * 3600, FOREVER)]))[0])


def neighbour(seat: Ints) -> Ints:
    """The next seat of the same team."""
    team = TEAM_OF_SEAT[seat]
    return ints(FIRST_SEAT[team] + (seat - FIRST_SEAT[team] + 1) % np.array(TEAM_SEATS)[team])


def draw_staff(rng: Random) -> Staff:
    """Sixty seats and the people who filled them, and the other departments."""
    spells = [s for seat in range(SEATS) for s in _seat(rng, seat)]
    spells = _change_teams(rng, _demote(spells))
    spells += [s for team, (size, yearly) in DEPARTMENTS.items() for s in _department(rng, team, size, yearly)]
    people = _known(rng, spells)
    return _seated(Staff(people, spells, skill=0.35 * rng.standard_normal(len(people))))


def _seat(rng: Random, seat: int) -> list[Spell]:
    team = int(TEAM_OF_SEAT[seat])
    begins = day_of(START - int(rng.integers(60, 2200)) * DAY)
    spells, floor = [], START
    while begins < END - 20 * DAY:
        ends = day_of(floor + int(rng.exponential(MEAN_STAY)))
        person = _person(rng, begins, ends, country=MX if team == 3 else 0)
        spells.append(Spell(person, TEAMS[team], "agent", begins, person.departed, seat))
        begins = day_of(ends + int(rng.integers(8, 40)) * DAY)
        floor = begins + 45 * DAY
    return spells


def _person(rng: Random, hired: int, departed: int, country: int) -> Person:
    if departed >= END:
        return Person(0, hired, FOREVER, country=country)
    reason = list(REASONS)[int(pick(rng, [w for w, _ in REASONS.values()], 1)[0])]
    return Person(0, hired, departed, reason, REASONS[reason][1], country=country)


FOREVER = END + 10_000 * DAY


def _demote(spells: list[Spell]) -> list[Spell]:
    """One agent of the first team becomes a light agent: may read and note, no longer reply."""
    old = next(s for s in spells if s.seat >= 0 and s.begins < START and s.person.departed == FOREVER)
    newcomer = Person(0, day_of(DEMOTED + 14 * DAY), FOREVER)
    cut = [
        replace(old, ends=DEMOTED),
        Spell(old.person, old.team, "employee", DEMOTED, FOREVER),
        Spell(newcomer, old.team, "agent", newcomer.hired, FOREVER, old.seat),
    ]
    return [part for s in spells for part in (cut if s is old else [s])]


def _change_teams(rng: Random, spells: list[Spell]) -> list[Spell]:
    """Three times a vacancy is filled from another team, and the newcomer takes the seat left empty."""
    fresh = [s for s in spells if s.seat >= 0 and START + 60 * DAY < s.begins < END - 120 * DAY and s.ends == FOREVER]
    for new in rng.permutation(np.array(fresh, dtype=object)).tolist()[:3]:
        old = next((s for s in spells if _may_swap(s, new)), None)
        if old is not None:
            spells = [part for s in spells for part in _swapped(s, old, new)]
    return spells


def _may_swap(s: Spell, new: Spell) -> bool:
    return (
        s.seat >= 0
        and s.team != new.team
        and s.begins < START
        and s.ends == FOREVER
        and s.person.country == new.person.country
    )


def _swapped(s: Spell, old: Spell, new: Spell) -> list[Spell]:
    if s is old:
        return [replace(old, ends=new.begins), replace(new, seat=old.seat, team=old.team)]
    return [replace(old, begins=new.begins, seat=new.seat, team=new.team)] if s is new else [s]


def _department(rng: Random, team: str, size: int, yearly: float) -> list[Spell]:
    spells = []
    for n in range(size):
        begins = day_of(START - int(rng.integers(90, 3000)) * DAY)
        ends = day_of(START + int(rng.exponential(365 * DAY / yearly)))
        country = MX if n % 3 == 2 else 0
        person = _person(rng, begins, ends, country)
        spells.append(Spell(person, team, "employee", begins, person.departed))
        if person.departed < END - 60 * DAY:
            newcomer = Person(0, day_of(person.departed + 30 * DAY), FOREVER, country=country)
            spells.append(Spell(newcomer, team, "employee", newcomer.hired, FOREVER))
    return spells


def _known(rng: Random, spells: Sequence[Spell]) -> list[Person]:
    """Everybody once, by date of joining, with a number, a name and an address."""
    people = sorted({id(s.person): s.person for s in spells}.values(), key=lambda p: p.hired)
    names = full_names(rng, np.array([p.country for p in people], dtype=np.int64)).tolist()
    for n, (person, name, email) in enumerate(zip(people, names, staff_emails(names), strict=True)):
        person.number, person.name, person.email = AGENT_ID + n * 11, name, email
    return people


def _seated(staff: Staff) -> Staff:
    position = {p.number: n for n, p in enumerate(staff.people)}
    seated = sorted((s for s in staff.spells if s.seat >= 0), key=lambda s: (s.seat, s.begins))
    staff.keys = np.array([s.seat * SPAN + s.begins for s in seated], dtype=np.int64)
    staff.ends = np.array([s.ends for s in seated], dtype=np.int64)
    staff.holder = np.array([position[s.person.number] for s in seated], dtype=np.int64)
    return staff
