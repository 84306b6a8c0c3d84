"""The first `latido.toml` of a workspace: what is chosen, and in comments what else can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tomli_w

from latido.i18n import Message, _

Section = tuple[Message, str]

# Each heading is a comment in the reader's language; what follows it is an example to uncomment.
EXAMPLES: Sequence[Section] = (
    (
        _("Business calendars. Durations and promises count their open time."),
        """
[calendars.support]
country = "ES"
region = "MD"
blocks = {mon-fri = ["09:00-14:00", "16:00-19:00"]}
closed = [2026-12-24]
""",
    ),
    (
        _("Promises: the first one that fits a ticket applies, per clock (first_reply, next_reply, resolution)."),
        """
[[sla]]
name = "Urgent"
clock = "first_reply"
target = "1h"
calendar = "support"
where = {priority = "urgent"}
""",
    ),
    (
        _("Targets, in each metric's unit; a group may have its own."),
        """
[targets]
nps = 30
first_reply_time = "2h"

[targets.csat]
value = 85
team.Sales = 80
""",
    ),
)


def written(chosen: Mapping[str, object]) -> str:
    """The text of a new settings file.

    Args:
        chosen: Top-level settings that are set.
    """
    head = _("Settings of this latido workspace. All of them: docs/configuration.md")
    return (
        f"# {head}\n" + tomli_w.dumps(chosen) + "".join(f"\n# {title}\n{_commented(text)}" for title, text in EXAMPLES)
    )


def _commented(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.strip().splitlines())
