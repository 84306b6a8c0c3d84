"""What a workspace decides about its figures; the defaults serve tables without a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from latido.model.calendar import BusinessCalendar


@dataclass(frozen=True)
class Promise:
    """A service-level promise: tickets that match `where` get `target` seconds of `calendar` for `clock`."""

    name: str
    clock: str
    target: float
    calendar: str = "24x7"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Choices that the definitions leave open.

    Attributes:
        time_zone: Zone that days, weeks and months belong to.
        calendars: Business calendars by name; `24x7` is always there.
        promises: Service-level promises, the first that matches a ticket holds.
        data_end: Instant up to which the data speak; None for the latest instant in them.
        min_n: Least evidence for a value to be shown; a metric's own is never undercut.
        brand: Our own brand in blind surveys.
        first_contact_days: A new contact within so many days undoes a first-contact resolution.
        horizon_days: Without a purchase for so long, a customer without a contract counts as lost.
        lifespan_years: How long a customer stays, for `clv`; None to take it from the data.
        margin: Share of the revenue that is kept, for `clv`.
        unresolved_hours: Hours at which `unresolved_after` is read.
        positive_from: Least positive score, by survey name.
    """

    time_zone: str = "UTC"
    calendars: Mapping[str, BusinessCalendar] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    data_end: datetime | None = None
    min_n: int = 1
    brand: str | None = None
    first_contact_days: int = 7
    horizon_days: int = 365
    lifespan_years: float | None = None
    margin: float = 1.0
    unresolved_hours: tuple[float, ...] = (24, 4, 72, 168, 720)
    positive_from: Mapping[str, float] = field(default_factory=dict)
