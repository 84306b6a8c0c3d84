"""What the values of canonical columns are called for people, and how they look: statuses, channels, roles, scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from latido.i18n import Message, _
from latido.workspace.bands import Band

STATUSES: Mapping[str, Message] = {
    "new": _("New"),
    "open": _("open"),
    "pending": _("Pending"),
    "hold": _("On hold"),
    "solved": _("Solved"),
    "closed": _("Closed"),
    "deleted": _("Deleted"),
}
STATUS_TONES = {"new": "warn", "open": "brand", "hold": "warn", "pending": "", "solved": "good"}
CHANNELS: Mapping[str, Message] = {
    "email": _("E-mail"),
    "chat": _("Chat"),
    "phone": _("Telephone"),
    "web": _("Web"),
    "social": _("Social networks"),
    "messaging": _("Messaging"),
    "store": _("Store"),
    "app": _("App"),
    "forum": _("Forum"),
    "api": _("API"),
    "other": _("Other"),
}
PRIORITIES: Mapping[str, Message] = {
    "low": _("Low"),
    "normal": _("Normal"),
    "high": _("High"),
    "urgent": _("Urgent"),
}
ROLES: Mapping[str, Message] = {
    "customer": _("Customer"),
    "agent": _("Agent"),
    "bot": _("Bot"),
    "system": _("Rule"),
}
ROLE_ICONS = {"customer": "user", "agent": "headset", "bot": "robot", "system": "settings"}
QUESTIONS: Mapping[str, Message] = {
    "nps": _("NPS"),
    "csat": _("CSAT"),
    "ces": _("CES"),
    "rating": _("Rating"),
    "recommend": _("Recommendation"),
    "text": _("Free text"),
}
SURVEYS: Mapping[str, Message] = {
    "relationship": _("relationship survey"),
    "transactional": _("after a contact"),
    "blind": _("blind survey"),
}
SENTIMENTS: Mapping[str, Message] = {
    "positive": _("Favourable"),
    "neutral": _("Neither"),
    "negative": _("Unfavourable"),
}
SENTIMENT_TONES = {"positive": "good", "negative": "bad"}
IDENTITIES: Mapping[str, Message] = {"id": _("Number"), "email": _("E-mail"), "phone": _("Telephone")}
DIMENSIONS: Mapping[str, Message] = {
    "status": _("Status"),
    "channel": _("Channel"),
    "team": _("Team"),
    "topic": _("Topic"),
    "priority": _("Priority"),
    "segment": _("Segment"),
    "country": _("Country"),
    "plan": _("Plan or tariff"),
    "survey": _("Survey"),
    "stage": _("Stage"),
    "language": _("Language"),
}
VALUES: Mapping[str, Mapping[str, Message]] = {"status": STATUSES, "channel": CHANNELS, "priority": PRIORITIES}


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


def value(dimension: str, given: str | None) -> str:
    """A value of a column for people; one of the workspace's own as it is."""
    label = VALUES.get(dimension, {}).get(given or "")
    return _begun(label) if label else given or ""


def named(labels: Mapping[str, Message], given: str | None) -> str:
    """A value by its label; one that has none as it is."""
    return _begun(labels[given]) if given is not None and given in labels else given or ""


def _begun(label: Message) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
