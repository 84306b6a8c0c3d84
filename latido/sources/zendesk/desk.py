"""What is known of a help desk while its files are read: people, groups, and each ticket so far.

Whose side an author is on is decided for each event, the first of these that says something:

1. A business rule (`via` rule, trigger, automation, system), or nobody: system; nobody is the
   bot in chat and messaging.
2. A user tagged `bot`, named as Zendesk's bots are, or known to the lake as a bot: bot.
3. The writer of a private note, or the ticket's assignee at that time: agent.
4. By the users delivered and by the lake, where they agree or only one knows: end-users are
   customers, agents and administrators agents.
5. Whoever has changed sides since the lake learnt of them, or was not delivered: the ticket's
   requester is the customer, anybody else an agent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from latido.sources.source import Delivery

CHANNELS = {
    name: channel
    for channel, names in {
        "email": "email mail mailgun",
        "chat": "chat chat_transcript chat_offline_message chat_messaging",
        "phone": "voice phone voicemail phone_call_inbound phone_call_outbound phone_call_(inbound) "
        "phone_call_(outbound) cti_phone_call_(incoming) cti_phone_call_(outgoing) cti_voicemail",
        "web": "web web_form web_widget help_center answer_bot_for_web_widget feedback_tab",
        "social": "twitter twitter_like twitter_favorite twitter_dm facebook facebook_post facebook_message "
        "instagram instagram_dm youtube reddit sunshine_conversations_twitter_dm x",
        "messaging": "native_messaging messaging whatsapp line wechat telegram viber kakaotalk apple_business_chat "
        "google_business_messages google_rcs sms text_message twilio_sms messagebird_sms sunshine_conversations_api "
        "sunshine_conversations_facebook_messenger facebook_messenger business_messaging_slack_connect slack "
        "answer_bot_for_slack",
        "app": "mobile mobile_sdk ios android answer_bot_for_sdk iphone",
        "forum": "forum community topic web_forum",
        "api": "api web_service web_service_(api) answer_bot_api",
        "store": "store",
    }.items()
    for name in names.split()
}
RULES = frozenset({"rule", "trigger", "automation", "system", "admin_setting", "group_deletion", "user_deletion"})
BOTS = ("answer_bot", "chatbot", "automatic_answers", "automatic_solution")
CONVERSATIONS = frozenset({"chat", "messaging"})
STATUSES = {s: s for s in ("new", "open", "pending", "hold", "solved", "closed", "deleted")} | {"suspended": "deleted"}
SCORES = {"good": 1, "bad": 0}
ROLES = {"end-user": "customer", "agent": "agent", "admin": "agent"}


class Hands(NamedTuple):
    """Who has a ticket."""

    assignee: str | None
    group: str | None

    def changed(self, values: Mapping[str, str | None]) -> Hands:
        """The same with new values of `assignee_id` and `group_id`."""
        return Hands(values.get("assignee_id", self.assignee), values.get("group_id", self.group))


NOBODY = Hands(None, None)


@dataclass(slots=True)
class Ticket:
    """What is known of a ticket so far.

    Attributes:
        requester: Who asked.
        hands: Who has it, at the point in time that reading has reached.
        opened_by: Role of whoever wrote its first message.
        merged_into: Ticket that it was merged into.
        spelt_out: Its history was read from audits, so that other exports of it are repetitions.
    """

    requester: str | None = None
    hands: Hands = NOBODY
    opened_by: str | None = None
    merged_into: str | None = None
    spelt_out: bool = False


@dataclass(slots=True)
class Rating:
    """What is known of the satisfaction survey of one ticket, and where the last of it was read."""

    file: Delivery
    row: int
    asked: str | None = None
    answered: str | None = None
    score: int | None = None
    comment: str | None = None
    reason: str | None = None
    group: str | None = None


@dataclass
class Desk:
    """Everything that one file says and another needs.

    Attributes:
        lake: What the lake knows: author → agent | bot | customer.
        backwards: Audits are listed newest first.
        roles: The same by the users delivered; the role they have now.
        names: Names of groups, brands and organizations by their number.
        teams: Default group of each user.
        fields: Drop-down fields by number: canonical column or extra, and the names of their options.
        metrics: Zendesk's own measures by ticket.
        tickets: Tickets seen so far.
        ratings: Satisfaction surveys by ticket.
    """

    lake: dict[str, str] = field(default_factory=dict)
    backwards: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    fields: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    metrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket, made known if it was not."""
        found = self.tickets.get(ticket_id)
        if found is None:
            found = self.tickets[ticket_id] = Ticket()
        return found

    def team(self, group: str | None) -> str | None:
        """A group's name, or its number where the groups were not delivered."""
        return self.names.get(group, group) if group else None

    def role(
        self, author: str | None, via: str, ticket: Ticket, hands: Sequence[str | None] = (), *, note: bool = False
    ) -> str:
        """The author's role at an event of a ticket that was in these hands (see the module)."""
        if via in RULES:
            return "system"
        if author is None:
            return "bot" if via.startswith(BOTS) or CHANNELS.get(via) in CONVERSATIONS else "system"
        now, before = self.roles.get(author), self.lake.get(author)
        if "bot" in (now, before):
            return "bot"
        if note or author in hands:
            return "agent"
        if now is None or before is None or now == before:
            known = now or before
            if known:
                return known
        return "customer" if author == ticket.requester else "agent"


def text_id(value: Any) -> str | None:
    """A number of Zendesk's as text; nobody (none, 0, −1) is None.

    >>> text_id(35436), text_id("-1"), text_id(None)
    ('35436', None, None)
    """
    text = str(value) if value is not None else ""
    return text if text and text not in {"0", "-1", "null"} else None


def channel_name(via: Any) -> str:
    """How something came in, as Zendesk's short name: `{"channel": "email"}` or “Web form”.

    >>> channel_name({"channel": "email", "source": {}}), channel_name("Web form"), channel_name(None)
    ('email', 'web_form', '')
    """
    name = via.get("channel") if isinstance(via, dict) else via
    return str(name).strip().lower().replace(" ", "_") if name is not None else ""


def relation(via: Any) -> str | None:
    """What a `via` says about the relation to its source: `merge`, `follow_up`, `trigger`."""
    source = via.get("source") if isinstance(via, dict) else None
    return source.get("rel") if isinstance(source, dict) else None
