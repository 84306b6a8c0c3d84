"""Which of Zendesk's arrays a file holds: one, several (a page with side-loads), or JSON Lines of one."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping

from latido.sources.open import read_json
from latido.sources.source import Delivery

SAMPLE = 8 << 20  # pages of the API are smaller; of longer files both ends are looked at
HEAD = 1 << 16

Found = Mapping[str, str | None]  # what a file holds → the name of the array that holds it, None for bare records

ARRAYS = {
    "groups": "groups",
    "brands": "brands",
    "organizations": "organizations",
    "ticket_fields": "ticket_fields",
    "group_memberships": "group_memberships",
    "users": "users",
    "ticket_metrics": "ticket_metrics",
    "metric_sets": "ticket_metrics",
    "tickets": "tickets",
    "audits": "audits",
    "ticket_audits": "audits",
    "ticket_events": "ticket_events",
    "comments": "comments",
    "ticket_comments": "comments",
    "satisfaction_ratings": "satisfaction_ratings",
}
# Of bare records: the members that give them away, the most telling first.
SHAPES = {
    "ticket_events": {"ticket_id", "child_events"},
    "audits": {"ticket_id", "events"},
    "ticket_metrics": {"ticket_id", "reply_time_in_minutes"},
    "satisfaction_ratings": {"ticket_id", "score"},
    "comments": {"ticket_id", "author_id", "body"},
    "tickets": {"id", "requester_id", "status"},
    "users": {"id", "role", "email"},
    "group_memberships": {"user_id", "group_id"},
    "organizations": {"id", "name", "domain_names"},
    "groups": {"id", "name", "deleted"},
}

_SIMPLE = r'"(?:[^"\\]|\\.)*"|null|true|false|-?[\d.]+|\{[^{}\[\]]*\}'
_FIRST_ARRAY = re.compile(rf'[\s\ufeff]*\{{\s*(?:"\w+"\s*:\s*(?:{_SIMPLE})\s*,\s*)*"(\w+)"\s*:\s*\[\s*[{{\]]')
_ANY_ARRAY = re.compile(r'"(\w+)"\s*:\s*\[')
_HANDWRITING = re.compile(
    r'zendesk\.com/|/api/v2/|"submitter_id"|"requester_id"|"audit_id"|"child_events"|"default_group_id"|"field_name"'
)


def holds(file: Delivery, size: int = SAMPLE) -> Found:
    """What a file holds, by both of its ends; empty where it is nothing of Zendesk's."""
    text = _sample(file, size)
    page = _FIRST_ARRAY.match(text)
    if page and '"id"' not in text[: page.start(1)]:
        named = _ANY_ARRAY.findall(text)
        return {ARRAYS[name]: name for name in dict.fromkeys(named) if name in ARRAYS}
    record = next((record for _number, record in read_json(file, broken=_ignored)), {})
    kind = next((kind for kind, marks in SHAPES.items() if marks <= record.keys()), None)
    return {kind: None} if kind else {}


def likeness(file: Delivery) -> float:
    """How sure it is that a file is Zendesk's, by what it holds and by names that only Zendesk uses."""
    head = _sample(file, HEAD)
    if not head.lstrip("\ufeff \t\r\n").startswith(("{", "[")) or not holds(file, HEAD):
        return 0.0
    return 0.95 if _HANDWRITING.search(head) else 0.3


def _sample(file: Delivery, size: int) -> str:
    length = file.path.stat().st_size
    with file.path.open("rb") as raw:
        head = raw.read(size)
        raw.seek(max(len(head), length - size))
        tail = raw.read()
    utf16 = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return (head + tail).decode("utf-16" if utf16 else "utf-8", "replace")


def _ignored(*_broken: object) -> None:
    """What is broken is told when the file is read, not when it is looked at."""
