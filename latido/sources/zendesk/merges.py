"""Tickets merged into others: which audit says so, and which way round.

Both tickets get an audit. The one merged away is closed and tagged `closed_by_merge`; the other
one's audit names the tickets it took in (`via.source.from`). Where neither names the other by
its number, the comment does: “… closed and merged into request #456 …”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from latido.sources.zendesk.desk import relation, text_id

TAG = "closed_by_merge"
UNKNOWN = "?"  # merged, but what was delivered does not say into which
_MENTION = re.compile(r"#(\d+)")


def merges(audit: dict[str, Any], events: list[dict[str, Any]], ticket_id: str | None) -> Iterator[tuple[str, str]]:
    """Pairs (ticket merged away, ticket it went into) that one audit tells of."""
    tagged = any(_tagged(event) for event in events)
    if ticket_id is None or not (tagged or relation(audit.get("via")) == "merge"):
        return
    others = [other for other in _named(audit["via"]) if other != ticket_id] if audit.get("via") else []
    others = others or [other for other in _mentioned(events) if other != ticket_id]
    if tagged or any(e.get("field_name") == "status" and e.get("value") == "closed" for e in events):
        yield ticket_id, others[0] if others else UNKNOWN
    else:
        yield from ((other, ticket_id) for other in others)


def _tagged(event: dict[str, Any]) -> bool:
    if event.get("field_name") != "tags":
        return False
    return TAG in (event.get("value") or ()) and TAG not in (event.get("previous_value") or ())


def _named(via: Any) -> list[str]:
    source = via.get("source") if isinstance(via, dict) else None
    sides = [source.get(side) for side in ("from", "to")] if isinstance(source, dict) else []
    numbers = [
        n for side in sides if isinstance(side, dict) for n in (side.get("ticket_ids") or [side.get("ticket_id")])
    ]
    return list(dict.fromkeys(filter(None, map(text_id, numbers))))


def _mentioned(events: list[dict[str, Any]]) -> list[str]:
    texts = [str(event.get("body") or "") for event in events if event.get("type") == "Comment"]
    return list(dict.fromkeys(number for text in texts for number in _MENTION.findall(text)))
