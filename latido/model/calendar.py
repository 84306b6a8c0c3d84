"""When we are open: weekly hours, holidays, exceptions, in a time zone, as they change over the years.

A calendar is a declaration. `opening` turns it into instants and business seconds, `slots` into the
table that engines join with, `calendar_settings` reads it from and writes it to `latido.toml`.

The rule is one sentence: **we are open at an instant if the wall clock there shows opening time.**
So daylight saving needs no rule of its own: hours inside the hole of spring shrink or vanish, hours
inside the doubled hour of autumn last longer.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from latido.errors import ConfigError
from latido.i18n import Message, _, language

DAY = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Block(NamedTuple):
    """Opening hours without a break, in seconds after the local day's 00:00.

    A block belongs to the day on which it opens. One that passes midnight closes after 24:00:
    22:00–30:00 is open until six in the morning, also where the next day is a holiday.
    """

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"


Blocks = tuple[Block, ...]


def clock(seconds: int) -> str:
    """Seconds after midnight as people write them: 34200 → 09:30; 30:00 is six on the next day."""
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


@dataclass(frozen=True)
class Version:
    """The hours in force from one local day on.

    Attributes:
        week: Blocks of each weekday, Monday first.
        valid_from: First local day; None for the first version, which holds from the beginning.
        country: ISO 3166 code whose public holidays are days off; None for none.
        region: Subdivision of the country, for its own holidays too.
        closed: Local days off besides.
        special: Local days with hours of their own; they win over weekday and holiday.
    """

    week: tuple[Blocks, ...]
    valid_from: date | None = None
    country: str | None = None
    region: str | None = None
    closed: tuple[date, ...] = ()
    special: tuple[tuple[date, Blocks], ...] = ()


@dataclass(frozen=True)
class BusinessCalendar:
    """A named calendar, checked as it is made.

    Attributes:
        name: Its name in the settings and in queries.
        time_zone: IANA name of the zone whose wall clock counts.
        versions: By `valid_from`; on each local day the last one that has begun holds.

    Raises:
        ConfigError: An unknown zone, country or region; hours that close before they open or
            overlap; a day both closed and special; versions out of order.
    """

    name: str
    time_zone: str
    versions: tuple[Version, ...]

    def __post_init__(self) -> None:
        self._check_order()
        self._check_places()
        for version in self.versions:
            self._check_week(version.week)
            self._check_dates(version)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock counts."""
        return zone(self.time_zone)

    def _check_order(self) -> None:
        days = [v.valid_from for v in self.versions]
        if not days or days[0] is not None or None in days[1:]:
            raise self._error(
                _("the first hours hold from the beginning, without valid_from; all later ones need it."), None
            )
        for earlier, later in pairwise(days[1:]):
            if earlier and later and later <= earlier:
                raise self._error(_("the versions of {day} are not in order.", day=later), None)

    def _check_places(self) -> None:
        try:
            zone(self.time_zone)
            for version in self.versions:
                holiday_names(version.country, version.region, 2026)
        except ConfigError as wrong:
            raise self._error(wrong.message, wrong.hint) from None

    def _check_week(self, week: tuple[Blocks, ...]) -> None:
        if len(week) != len(WEEKDAYS) or not any(week):
            raise self._error(
                _("it never opens."),
                _("Give it hours, such as {example}.", example='blocks = {mon-fri = ["09:00-18:00"]}'),
            )
        for day, blocks in zip(WEEKDAYS, week, strict=True):
            self._check_blocks(day, blocks)
        for today, tomorrow in zip(range(7), (*range(1, 7), 0), strict=True):
            late = [Block(b.opens - DAY, b.closes - DAY) for b in week[today][-1:]]
            self._check_apart(WEEKDAYS[tomorrow], (*late, *week[tomorrow][:1]))

    def _check_dates(self, version: Version) -> None:
        if version.region and not version.country:
            raise self._error(_("region “{region}” needs its country.", region=version.region), None)
        for day, blocks in version.special:
            self._check_blocks(day.isoformat(), blocks)
            if day in version.closed:
                raise self._error(_("{day} is both closed and open.", day=day), None)

    def _check_blocks(self, day: str, blocks: Blocks) -> None:
        for block in blocks:
            if block.closes <= block.opens:
                later = Block(block.opens, block.closes + DAY)
                raise self._error(
                    _("{block} on {day} closes before it opens.", block=block, day=day),
                    _("Hours that pass midnight are counted on: {block}.", block=later),
                )
            if block.opens < 0 or block.opens >= DAY or block.closes > block.opens + DAY:
                raise self._error(_("{block} on {day} is not within one day.", block=block, day=day), None)
        self._check_apart(day, blocks)

    def _check_apart(self, day: str, blocks: Blocks) -> None:
        for one, other in pairwise(blocks):
            if other.opens < one.closes:
                raise self._error(
                    _("{one} and {other} overlap on {day}.", one=_wrapped(one), other=other, day=day), None
                )

    def _error(self, what: Message, hint: Message | None) -> ConfigError:
        return ConfigError(_("Calendar “{calendar}”: {what}", calendar=self.name, what=what), hint)


def _wrapped(block: Block) -> Block:
    return block if block.opens >= 0 else Block(block.opens + DAY, block.closes + DAY)


def always(time_zone: str = "UTC", name: str = "24x7") -> BusinessCalendar:
    """The calendar with no gaps: its business seconds are plain seconds, its local days the zone's."""
    return BusinessCalendar(name, time_zone, (Version(((Block(0, DAY),),) * 7),))


def zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name, or an error that names the nearest ones."""
    if name not in zone_names():
        raise _unknown(_("There is no time zone called “{name}”.", name=name), near_zones(name))
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The IANA names known here."""
    return frozenset(available_timezones())


def near_zones(name: str) -> list[str]:
    """Zones that somebody may have meant: the city alone, another case, a slip."""
    said = name.lower().replace(" ", "_")
    by_name = {known.lower(): known for known in zone_names()}
    by_city = {known.split("/")[-1].lower(): known for known in sorted(zone_names()) if "/" in known}
    near = get_close_matches(said, by_name, n=2, cutoff=0.7)
    city = get_close_matches(said.split("/")[-1], by_city, n=2, cutoff=0.8)
    return list(dict.fromkeys([*(by_name[n] for n in near), *(by_city[c] for c in city)]))


def holiday_names(country: str | None, region: str | None, year: int) -> dict[date, str]:
    """Public holidays of a country and its region in a year, named in the reader's language where that is known.

    Raises:
        ConfigError: Nobody knows the country, or it has no such region.
    """
    return {} if country is None else _holidays(country, region, year, language())


@lru_cache(maxsize=4096)
def _holidays(country: str, region: str | None, year: int, spoken: str) -> dict[date, str]:
    import holidays  # noqa: PLC0415 — takes 0.1 s, which most commands need not wait for

    countries = holidays.list_supported_countries(include_aliases=False)
    if country not in countries:
        raise _unknown(
            _("There is no country “{name}” whose holidays are known.", name=country), _near(country, countries)
        )
    known = holidays.country_holidays(country)
    if region is not None and region not in {*known.subdivisions, *known.subdivisions_aliases}:
        raise _no_region(country, region, {**{s: s for s in known.subdivisions}, **known.subdivisions_aliases})
    said = next((code for code in known.supported_languages if code.startswith(spoken)), known.default_language)
    return dict(holidays.country_holidays(country, subdiv=region, years=year, language=said))


def _near(country: str, known: Container[str]) -> list[str]:
    """Codes of the countries that a name, in either language, may have meant: España → ES."""
    codes = {code: code for lang in ("en", "es") for code in Locale(lang).territories if code in known}
    names = {name: code for lang in ("en", "es") for code, name in Locale(lang).territories.items() if code in known}
    by_name = {name.lower(): code for name, code in {**codes, **names}.items()}
    return list(dict.fromkeys(by_name[n] for n in get_close_matches(country.lower(), by_name, n=2, cutoff=0.6)))


def _no_region(country: str, region: str, codes: dict[str, str]) -> ConfigError:
    said = _("{country} has no region “{name}”.", country=country, name=region)
    by_name = {name.lower(): code for name, code in codes.items()}
    near = [by_name[n] for n in get_close_matches(region.lower(), by_name, n=2, cutoff=0.6)]
    if near or not codes:
        return _unknown(said, list(dict.fromkeys(near)))
    return ConfigError(said, _("Known: {names}.", names=", ".join(sorted(set(codes.values())))))


def _unknown(said: Message, near: list[str]) -> ConfigError:
    return ConfigError(said, _("Did you mean {names}?", names=", ".join(near)) if near else None)


ALWAYS = always()
