"""How long things took or take, in a business calendar, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from latido.errors import UnknownNameError
from latido.i18n import _, duration
from latido.model.opening import business_seconds
from latido.workspace.clocks import epoch

if TYPE_CHECKING:
    from latido.model.calendar import BusinessCalendar
    from latido.workspace import Workspace

Pair = tuple[datetime, datetime]


@dataclass(frozen=True)
class Length:
    """A length in words, and what it means: `muted` where there is none, `warn` where it still grows."""

    text: str
    tone: str = ""


def calendar_of(workspace: Workspace, name: str) -> BusinessCalendar:
    """The calendar of a name; the workspace's own where none is said.

    Raises:
        UnknownNameError: There is none of this name.
    """
    chosen = name or workspace.config.calendar
    if chosen not in workspace.calendars:
        raise UnknownNameError.among(_("calendar"), chosen, workspace.calendars)
    return workspace.calendars[chosen]


def seconds_of(pairs: Sequence[Pair], calendar: BusinessCalendar) -> list[int]:
    """Open seconds between the two instants of each pair, computed together."""
    starts, ends = ([epoch(pair[side]) for pair in pairs] for side in (0, 1))
    return [int(n) for n in business_seconds(calendar, starts, ends)]


def rounded(seconds: float) -> str:
    """A duration with two units, or one where the second says nothing: 3 d, 2 h 10 min, 42 s."""
    unit = next((size for size in (86400, 3600, 60) if abs(seconds) >= 9.95 * size), 1)
    return duration(round(seconds / unit) * unit).replace(" ", "\u00a0")
