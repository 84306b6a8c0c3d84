"""What the values of canonical columns are called for people; those of one's own are called as they are."""

from __future__ import annotations

from collections.abc import Mapping

from latido.i18n import Message, _

Names = Mapping[str, Message]

STATUSES: Names = {
    "new": _("New"),
    "open": _("open"),
    "pending": _("Pending"),
    "hold": _("On hold"),
    "solved": _("Solved"),
    "closed": _("Closed"),
    "deleted": _("Deleted"),
}
CHANNELS: Names = {
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
PRIORITIES: Names = {"low": _("Low"), "normal": _("Normal"), "high": _("High"), "urgent": _("Urgent")}
AUTHORS: Names = {"customer": _("Customer"), "agent": _("Agent"), "bot": _("Bot"), "system": _("Rule")}
STAFF: Names = {"agent": _("Agent"), "bot": _("Bot"), "employee": _("Employee")}
QUESTIONS: Names = {
    "nps": _("NPS"),
    "csat": _("CSAT"),
    "ces": _("CES"),
    "esat": _("ESAT"),
    "enps": _("eNPS"),
    "rating": _("Rating"),
    "recommend": _("Recommendation"),
    "text": _("Free text"),
}
INTERACTIONS: Names = {
    "ticket": _("Ticket"),
    "order": _("Purchase"),
    "mention": _("Public mention"),
    "visit": _("Visit"),
    "view": _("Page view"),
    "delivery": _("Delivery"),
}
OBSERVATIONS: Names = {
    "mystery_visit": _("Mystery visit"),
    "focus_group": _("Focus group"),
    "interview": _("Interview"),
    "review": _("Review"),
}
SURVEYS: Names = {
    "relationship": _("relationship survey"),
    "transactional": _("after a contact"),
    "blind": _("blind survey"),
}
SUBJECTS: Names = {
    "ticket": _("Ticket"),
    "order": _("Purchase"),
    "stage": _("Stage"),
    "relationship": _("The relationship as a whole"),
    "employment": _("The work"),
}
SENTIMENTS: Names = {"positive": _("Favourable"), "neutral": _("Neutral"), "negative": _("Unfavourable")}
INTENTS: Names = {
    "technical": _("Technical question"),
    "account": _("Question about the account"),
    "complaint": _("Complaint"),
    "praise": _("Praise"),
    "campaign": _("Campaign"),
    "other": _("Other"),
}
CLOCKS: Names = {"first_reply": _("First reply"), "next_reply": _("Next reply"), "resolution": _("Resolution")}
CAUSES: Names = {"voluntary": _("Voluntary"), "involuntary": _("Involuntary"), "unknown": _("not known")}
YES_NO: Names = {"true": _("yes"), "false": _("no")}

VALUES: Mapping[str, Names] = {
    "status": STATUSES,
    "status_now": STATUSES,
    "channel": CHANNELS,
    "ticket_channel": CHANNELS,
    "previous_channel": CHANNELS,
    "priority": PRIORITIES,
    "author_role": AUTHORS,
    "role": STAFF,
    "kind": {**QUESTIONS, **INTERACTIONS, **OBSERVATIONS},
    "previous_kind": INTERACTIONS,
    "survey_kind": SURVEYS,
    "subject": SUBJECTS,
    "sentiment": SENTIMENTS,
    "intent": INTENTS,
    "clock": CLOCKS,
    "cause": CAUSES,
    "blind": YES_NO,
    "proactive": YES_NO,
    "reopening": YES_NO,
    "identity": {"id": _("Number"), "email": _("E-mail"), "phone": _("Telephone")},
}
