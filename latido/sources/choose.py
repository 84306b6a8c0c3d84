"""Choosing the canonical table that a file is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from latido.errors import UnsureError
from latido.i18n import _
from latido.model.catalog import TABLES
from latido.model.catalog import table as canonical
from latido.sources.infer import Profile
from latido.sources.match import Match, commonness, match
from latido.sources.questions import Question

# A table is only considered where one column of each group was found.
ESSENTIAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "customers": (("customer_id",),),
    "identities": (("system",), ("value",)),
    "agents": (("agent_id",), ("hired", "departed", "attrited", "team", "role", "valid_from")),
    "tickets": (("ticket_id",), ("created", "solved")),
    "ticket_events": (("ticket_id",), ("occurred",)),
    "answers": (),
    "asks": (("asked",), ("ask_id", "bounced")),
    "orders": (("ordered",), ("amount", "items", "order_id")),
    "subscriptions": (("subscription_id", "customer_id"), ("started", "ended", "months", "churned")),
    "mentions": (("occurred",), ("text", "sentiment", "network")),
    "touchpoints": (("occurred",), ("kind", "place", "stage", "channel", "touchpoint_id")),
    "observations": (("kind",), ("occurred",)),
}
REQUIRED = 0.4  # what each required column that was found adds
REPEATED = 0.7  # what is left of a table whose rows repeat its key
MOST_ASKED = 3.0  # what the questions of a survey add at most
CLEAR = 0.6  # a second table with less of the first one's weight leaves no doubt


@dataclass(frozen=True)
class Choice:
    """The table, its columns, and how sure that is.

    Attributes:
        match: The table and its columns.
        confidence: 1 where no other table comes near, 0.5 where another fits as well.
        rival: The next best table's name.
    """

    match: Match
    confidence: float
    rival: str | None = None


def choose(columns: Sequence[Profile], asked: Sequence[Question], name: str | None, file: str) -> Choice:
    """The table that a file's columns speak for.

    Args:
        columns: The file's columns.
        asked: The survey questions among them.
        name: The table that a person has said.
        file: What people call the file.

    Raises:
        UnsureError: Nothing in it is like anything latido knows.
    """
    common = commonness(columns)
    if name is not None:
        return Choice(match(canonical(name), columns, common), 1.0)
    found = [_without_score(match(table, columns, common), common, asked) for table in TABLES.values()]
    ranked = sorted((_weighed(m, asked) for m in found if _possible(m, asked)), key=lambda m: -m.weight)
    if not ranked:
        raise UnsureError(
            _("Nothing in {file} looks like a table that latido knows; its columns are: {columns}.",
              file=file, columns=", ".join(profile.name for profile in columns)),
            _("Say what it is with --as TABLE, or describe its columns in a mapping file and use --map FILE."),
        )  # fmt: skip
    if len(ranked) == 1:
        return Choice(ranked[0], 1.0)
    first, second = ranked[:2]
    doubt = max(0.0, second.weight / first.weight - CLEAR) / (1 - CLEAR)
    return Choice(first, 1.0 - 0.5 * doubt, second.table.name)


def _without_score(found: Match, common: dict[str, int], asked: Sequence[Question]) -> Match:
    """In a survey, scores are found as questions."""
    score = found["score"] if found.table.name == "answers" and asked and found["kind"] is None else None
    if score is None:
        return found
    pairs = tuple(pair for pair in found.pairs if pair is not score)
    return replace(found, pairs=pairs, weight=found.weight - score.confidence / common[score.foreign.name])


def _possible(found: Match, asked: Sequence[Question]) -> bool:
    if found.table.name == "answers":
        return bool(asked) or (found["score"] is not None and found["kind"] is not None)
    return all(any(found[column] for column in group) for group in ESSENTIAL[found.table.name])


def _weighed(found: Match, asked: Sequence[Question]) -> Match:
    weight = found.weight + REQUIRED * sum(found[c.name] is not None for c in found.table.columns if c.required)
    if repeats(found):
        weight *= REPEATED
    if found.table.name == "answers":
        weight += min(MOST_ASKED, sum(map(_spoken, asked)))
    return replace(found, weight=weight)


def _spoken(question: Question) -> float:
    """What a question adds to a survey: a sentence more than a word like `rating`, that more than `satisfaction`."""
    return 1.0 if "?" in question.column else 0.4 if question.confidence >= 0.9 else 0.15


def repeats(found: Match) -> bool:
    """Whether rows repeat the one column that should tell them apart."""
    keys = [found[column] for column in found.table.key]
    return len(keys) == 1 and keys[0] is not None and not keys[0].foreign.unique
