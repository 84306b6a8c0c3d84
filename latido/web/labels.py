"""How what can be good or bad looks: statuses, roles, sentiments, scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from latido.i18n import Message, _
from latido.workspace.bands import Band

STATUS_TONES = {"new": "warn", "open": "brand", "hold": "warn", "pending": "", "solved": "good"}
ROLE_ICONS = {"customer": "user", "agent": "headset", "bot": "robot", "system": "settings"}
SENTIMENT_TONES = {"positive": "good", "negative": "bad"}


class Look(NamedTuple):
    """How something that can be good or bad is shown: colour, icon and words say the same."""

    tone: str
    icon: str
    label: str


_BANDS: Mapping[Band, tuple[str, str, Message]] = {
    "promoter": ("good", "mood-smile", _("Promoter")),
    "passive": ("", "mood-neutral", _("Passive")),
    "detractor": ("bad", "mood-sad", _("Detractor")),
    "good": ("good", "mood-smile", _("Good rating")),
    "bad": ("bad", "mood-sad", _("No good rating")),
}


def band(name: str | None) -> Look | None:
    """How a score is meant; None where there is none."""
    tone, icon, label = _BANDS.get(name, ("", "", _("No score")))  # type: ignore[call-overload]
    return Look(tone, icon, str(label)) if icon else None


def bands() -> list[tuple[str, str]]:
    """What comments can be filtered by, with the names."""
    named = [(name, str(label)) for name, (_tone, _icon, label) in _BANDS.items()]
    return [*named, ("none", str(_("No score")))]
