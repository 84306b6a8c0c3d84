"""What tables, dimensions, their values, parts of figures and readings are called for people.

The one place that knows: pages, charts and workbooks say these names; addresses, the API and tables of data keep
the short ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_skeleton, get_day_names

from latido.i18n import Message, _, _n, day, language, number
from latido.metrics.query import Condition
from latido.metrics.value_names import VALUES

TABLES: Mapping[str, Message] = {
    "customers": _("Customers"),
    "identities": _("Identities of customers"),
    "agents": _("Agents and employees"),
    "tickets": _("Tickets"),
    "ticket_events": _("Events of tickets"),
    "answers": _("Answers to surveys"),
    "asks": _("Invitations to surveys"),
    "orders": _("Purchases"),
    "subscriptions": _("Contracts"),
    "mentions": _("Mentions"),
    "touchpoints": _("Visits and contacts"),
    "observations": _("Observations"),
    "ticket_facts": _("Tickets"),
    "status_facts": _("Statuses of tickets"),
    "cycle_facts": _("Open spells of tickets"),
    "reply_facts": _("Replies to tickets"),
    "answer_facts": _("Answers to surveys"),
    "ask_facts": _("Invitations to surveys"),
    "activity_facts": _("Interactions"),
    "mention_facts": _("Mentions"),
    "subscription_facts": _("Contracts"),
    "customer_facts": _("Customers who bought"),
    "order_facts": _("Purchases"),
    "employment_facts": _("Agents and employees"),
}
DIMENSIONS: Mapping[str, Message] = {
    "channel": _("Channel"),
    "team": _("Team"),
    "priority": _("Priority"),
    "topic": _("Topic"),
    "segment": _("Segment"),
    "country": _("Country"),
    "status": _("Status"),
    "status_now": _("Status now"),
    "team_now": _("Team now"),
    "reply_team": _("Team that replied"),
    "agent_id": _("Agent"),
    "ticket_channel": _("Channel of the ticket"),
    "subtopic": _("Subtopic"),
    "product": _("Product"),
    "brand": _("Brand"),
    "region": _("Region"),
    "language": _("Language"),
    "plan": _("Plan or tariff"),
    "proactive": _("Opened by an agent"),
    "reopening": _("After a reopening"),
    "promise": _("Promise"),
    "clock": _("Clock"),
    "survey": _("Survey"),
    "survey_kind": _("Kind of survey"),
    "wave": _("Wave"),
    "question": _("Question"),
    "kind": _("Type"),
    "subject": _("About what"),
    "scale": _("Scale"),
    "blind": _("Blind survey"),
    "rated_brand": _("Rated brand"),
    "stage": _("Stage"),
    "site": _("Place of work"),
    "place": _("Place"),
    "item": _("What was looked at"),
    "network": _("Social network"),
    "sentiment": _("Sentiment"),
    "intent": _("Intent"),
    "campaign": _("Campaign"),
    "previous_channel": _("Channel before"),
    "previous_kind": _("What came before"),
    "currency": _("Currency"),
    "reason": _("Reason"),
    "role": _("Role"),
    "cause": _("Cause"),
    "departure_reason": _("Reason for leaving"),
    "hour": _("Hour"),
    "weekday": _("Weekday"),
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "score": _("Score"),
    "better": _("Score, more is better"),
    "amount": _("Amount"),
    "items": _("Articles"),
    "replies": _("Replies"),
    "reopens": _("Reopenings"),
    "transfers": _("Transfers"),
    "months": _("Months"),
}
PARTS: Mapping[str, Message] = {
    "value": _("value"),
    "median": _("median"),
    "p90": _("90th percentile"),
    "mean": _("mean"),
    "mean_finished": _("mean of the finished"),
    "promoters": _("promoters"),
    "passives": _("passives"),
    "detractors": _("detractors"),
    "easy": _("easy"),
    "index": _("index"),
    "negative": _("negative"),
    "positive": _("positive"),
    "questions": _("questions"),
    "complaints": _("complaints"),
    "answered": _("answered"),
    "notes": _("notes"),
    "transfers": _("transfers"),
    "bot_turns": _("bot turns"),
    "voluntary": _("voluntary"),
    "involuntary": _("involuntary"),
    "interactions": _("interactions"),
    "active_days": _("active days"),
    "active_weeks": _("active weeks"),
    "p90_resolution": _("p90 resolution"),
    "average_order_value": _("average order value"),
    "orders_per_year": _("orders per year"),
    "lifespan_years": _("lifespan years"),
    "(none)": _("(none)"),
    "(other)": _("(other)"),
}
PRESETS: Mapping[str, Message] = {
    "all_losses": _("All losses"),
    "blind": _("Blind surveys"),
    "channel_switching": _("Changes of channel"),
    "every": _("With the first reply"),
    "finished": _("Resolved tickets only"),
    "first_reply": _("First reply"),
    "first_solve": _("To the first solve"),
    "flagged": _("As the file flags it"),
    "inbound": _("Begun by customers"),
    "mean": _("Mean of those with a reply"),
    "next_reply": _("Next reply"),
    "per_cycle": _("By unsolved spell"),
    "relationship": _("Relationship surveys"),
    "replied": _("Tickets with a reply only"),
    "reported": _("As the help desk states it"),
    "resolution": _("Resolution"),
    "silent": _("Without contracts"),
    "transactional": _("Surveys after a contact"),
    "two_point": _("Mean of the first and last day"),
    "with_bots": _("Bots count too"),
    "zendesk": _("As Zendesk counts it"),
}
STEP = " → "  # between two interactions, in the name of a part
_SIGNS = {"=": ":", "!=": " ≠", ">=": " ≥", "<=": " ≤", ">": " >", "<": " <"}


def table_name(name: str) -> str:
    """A table or facts for people; those that nobody named by their own name."""
    return str(TABLES.get(name, _plain(name)))


def dimension_name(name: str) -> str:
    """A dimension for people: `survey_kind` is “Kind of survey”; a column of one's own is called as it is."""
    return str(DIMENSIONS[name]) if name in DIMENSIONS else _begun(_plain(name.removeprefix("x_")))


def value_name(dimension: str, given: str | None) -> str:
    """A dimension's value for people: `phone` is “Telephone”; one of the workspace's own is called as it is.

    >>> value_name("channel", "phone"), value_name("team", "phone"), value_name("weekday", "1")
    ('Telephone', 'phone', 'Monday')
    """
    if not given:
        return ""
    told = VALUES.get(dimension, {}).get(given)
    return _begun(str(told)) if told is not None else _READ.get(dimension, str)(given)


def value_code(dimension: str, typed: str) -> str:
    """The value that somebody means who wrote its name: “Telephone” is `phone`; anything else as it was typed."""
    if typed in VALUES.get(dimension, {}):
        return typed
    return _codes(dimension, language()).get(typed.strip().casefold(), typed)


def typed_name(dimension: str, value: str) -> str:
    """A value as a field of a form takes it: its name where that leads back to it, else as it is."""
    name = value_name(dimension, value)
    return name if value_code(dimension, name) == value else value


@cache
def _codes(dimension: str, _language: str) -> Mapping[str, str]:
    """The values of a dimension by their names in the language in force, in small letters."""
    known = VALUES.get(dimension) or (_LOCALES[dimension]() if dimension in _LOCALES else ())
    return {value_name(dimension, code).casefold(): code for code in known if not code.isdecimal()}


def part_name(part: str) -> str:
    """A part of a figure for people; a company's own reasons as they are."""
    if STEP in part:
        return STEP.join(value_name("kind", step) for step in part.split(STEP))
    if found := re.fullmatch(r"(\d+)m", part):
        return str(_n("{count} month", "{count} months", int(found[1])))
    if found := re.fullmatch(r"unresolved_after_(\d+)d", part):
        return str(_("unresolved after {days}d", days=found[1]))
    return str(PARTS.get(part, part.replace("_", " ")))


def preset_name(name: str) -> str:
    """A named reading of a definition for people."""
    return str(PRESETS[name]) if name in PRESETS else _begun(_plain(name))


def group_name(keys: Mapping[str, str | None]) -> str:
    """A group for people: the values of its dimensions that say something."""
    return " · ".join(value_name(name, value) for name, value in keys.items() if value is not None)


def filter_name(condition: Condition) -> str:
    """A filter for people: `Channel: Chat, E-mail` or `Score ≥ 9`."""
    values = ", ".join(value_said(condition.dimension, value) for value in condition.values)
    return f"{dimension_name(condition.dimension)}{_SIGNS[condition.operator]} {values}"


def value_said(dimension: str, value: str | float | bool | None) -> str:
    """A filter's value for people; the one that rows have which say nothing is “nothing”."""
    if value is None or value == "":
        return str(_("nothing"))
    if isinstance(value, bool):
        return value_name(dimension, str(value).lower())
    return number(value) if isinstance(value, float) else value_name(dimension, value)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weekday(given: str) -> str:
    names = get_day_names("wide", locale=language())
    return _begun(names[int(given) - 1]) if given in "1234567" else given


def _hour(given: str) -> str:
    return f"{int(given):02}:00" if given.isdecimal() else given


def _on(given: str, shown: Callable[[date], str]) -> str:
    try:
        return shown(date.fromisoformat(given))
    except ValueError:
        return given


def _month(given: date) -> str:
    return str(format_skeleton("yMMM", given, locale=language()))


def _countries() -> Mapping[str, str]:
    return Locale(language()).territories


def _languages() -> Mapping[str, str]:
    return Locale(language()).languages


_LOCALES: Mapping[str, Callable[[], Mapping[str, str]]] = {"country": _countries, "language": _languages}
_READ: Mapping[str, Callable[[str], str]] = {
    "country": lambda given: _countries().get(given, given),
    "language": lambda given: _begun(_languages().get(given, given)),
    "weekday": _weekday,
    "hour": _hour,
    "day": lambda given: _on(given, day),
    "week": lambda given: _on(given, day),
    "month": lambda given: _on(given, _month),
}
