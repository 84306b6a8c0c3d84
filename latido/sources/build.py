"""Building a mapping from a chosen table: its columns, what can be made up for the others, one part per question."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from latido.errors import UnsureError
from latido.i18n import Message, _
from latido.model.table import EXTRA_PREFIX, Type
from latido.model.tickets import STATUSES
from latido.sources.choose import Choice, repeats
from latido.sources.infer import Profile
from latido.sources.mapping import UPDATED, Rule, TableMap
from latido.sources.match import Match
from latido.sources.questions import Question

SURE = 0.8  # below this nothing is imported without a person's word
EXTRAS = 40  # foreign columns carried along at most
DISTINCT = 30  # values of a column that is still worth splitting figures by
UPDATES = {
    "updated at", "updated", "last updated", "last modified", "modified", "modified at", "last update",
    "sys updated on", "last modified date",
    "fecha actualizacion", "actualizado", "ultima actualizacion", "fecha modificacion",
}  # fmt: skip
# Identifiers that a row can get from its own contents, and how good an idea that is.
MADE_UP = {
    "answer_id": 0.9, "touchpoint_id": 0.9, "mention_id": 0.85, "observation_id": 0.85, "ask_id": 0.85, "event_id": 0.8,
    "order_id": 0.7,
}  # fmt: skip
# Columns that stand in for others.
STAND_INS = {
    "subscriptions": {"customer_id": "subscription_id", "subscription_id": "customer_id"},
    "agents": {"valid_from": "hired", "valid_to": "departed"},
}


@dataclass(frozen=True)
class Guess:
    """One canonical column, where it is drawn from, and how sure that is.

    Attributes:
        table: Canonical table.
        target: Canonical column.
        column: Foreign column; None for what is the same for all rows or made up.
        confidence: 0 to 1.
        doubt: What a person should look at.
    """

    table: str
    target: str
    column: str | None
    confidence: float
    doubt: Message | None = None


@dataclass(frozen=True)
class Draft:
    """What the wizard would import, before dates and decimals are settled."""

    parts: tuple[TableMap, ...]
    guesses: tuple[Guess, ...]


def draft(choice: Choice, columns: Sequence[Profile], asked: Sequence[Question], file: str) -> Draft:
    """The parts of a mapping.

    Raises:
        UnsureError: A column that the table cannot do without was not found.
    """
    if choice.match.table.name == "answers" and asked and choice.match["kind"] is None:
        return _survey(choice.match, columns, asked)
    rules, guesses = _plain(choice.match)
    missing = [c.name for c in choice.match.table.columns if c.required and c.default is None and c.name not in rules]
    if missing:
        raise UnsureError(
            _("{file} looks like “{table}”, but none of its columns looks like: {columns}.",
              file=file, table=choice.match.table.name, columns=", ".join(missing)),
            _("Describe its columns in a mapping file and use --map FILE, or say with --as TABLE what it is."),
        )  # fmt: skip
    rules |= _extras(columns, {name for rule in rules.values() for name in rule.foreign})
    return Draft((TableMap(table=choice.match.table.name, columns=rules),), tuple(guesses))


def _plain(found: Match) -> tuple[dict[str, Rule], list[Guess]]:
    """Rules for the columns that were found and for those that can be made up."""
    table = found.table
    rules = {pair.column: Rule(column=pair.foreign.name) for pair in found.pairs}
    guesses = [Guess(table.name, p.column, p.foreign.name, p.confidence) for p in found.pairs]
    for target, stand_in in STAND_INS.get(table.name, {}).items():
        if target not in rules and stand_in in rules:
            rules[target] = rules[stand_in]
    if table.name == "ticket_events" and "kind" not in rules:
        rules["kind"] = Rule(constant="status" if "value" in rules else "message")
        guesses.append(_event_kind(found))
    timed = any(table[pair.column].type is Type.INSTANT for pair in found.pairs)
    for target in table.key:
        if target not in rules and target in MADE_UP:
            rules[target] = Rule(fingerprint=True) if timed else Rule(row_number=True)
            doubt = _("No column identifies the rows of “{table}”; an identifier would be made up.", table=table.name)
            guesses.append(Guess(table.name, target, None, MADE_UP[target], doubt))
    if repeats(found):
        doubt = _("Several rows have the same “{key}”; of each only the last would count.", key=table.key[0])
        guesses.append(Guess(table.name, table.key[0], rules[table.key[0]].column, 0.6, doubt))
    return rules, guesses


def _event_kind(found: Match) -> Guess:
    value = found["value"]
    sure = 0.9 if value is not None and value.foreign.share_of(STATUSES) > 0.6 else 0.6
    doubt = _("No column says what kind of event each row is; they would all be changes of status or messages.")
    return Guess("ticket_events", "kind", None, sure, doubt)


def _survey(found: Match, columns: Sequence[Profile], asked: Sequence[Question]) -> Draft:
    """One part for each question; what describes the respondent goes into all, the open comment into the first."""
    rules, guesses = _plain(found)
    comment = rules.pop("comment", None)
    rules |= _extras(columns, {q.column for q in asked} | {name for rule in rules.values() for name in rule.foreign})
    first = next((q for q in asked if q.kind != "text"), asked[0])
    parts = []
    for number, question in enumerate(asked, 1):
        part = dict(_asked(question, comment if question is first else None)) | rules
        if len(asked) > 1:
            part["answer_id"] = rules["answer_id"].model_copy(update={"suffix": f"-{number}"})
        where = () if question is first and comment else ({"column": question.column, "filled": True},)
        parts.append(TableMap.model_validate({"table": "answers", "where": where, "columns": part}))
        guesses.append(_question_guess(question))
    return Draft(tuple(parts), tuple(guesses))


def _asked(question: Question, comment: Rule | None) -> Iterator[tuple[str, Rule]]:
    yield "question", Rule(constant=question.column)
    yield "kind", Rule(constant=question.kind)
    if question.kind == "text":
        yield "comment", Rule(column=question.column)
        return
    yield "score", Rule(column=question.column, values=dict(question.values))
    yield "scale_low", Rule(constant=question.low)
    yield "scale_high", Rule(constant=question.high)
    if question.polarity != "higher_better":
        yield "polarity", Rule(constant=question.polarity)
    if question.kind in {"esat", "enps"}:
        yield "subject", Rule(constant="employment")
    if comment is not None:
        yield "comment", comment


def _question_guess(question: Question) -> Guess:
    if question.low == 0 and question.high in {5, 7}:
        doubt = _("In “{column}” a 0 may mean that nothing was answered.", column=question.column)
        return Guess("answers", "score", question.column, 0.7, doubt)
    doubt = _(
        "“{column}” would count as {kind} from {low} to {high}.",
        column=question.column,
        kind=question.kind,
        low=question.low,
        high=question.high,
    )
    return Guess("answers", question.kind, question.column, question.confidence, doubt)


def _extras(columns: Sequence[Profile], used: set[str]) -> dict[str, Rule]:
    """Foreign columns to split figures by, and the time of the last change."""
    rules: dict[str, Rule] = {}
    for profile in columns:
        if profile.name in used:
            continue
        if profile.words in UPDATES and profile.share(Type.INSTANT) > 0.9:
            rules.setdefault(UPDATED, Rule(column=profile.name))
        elif _splits(profile) and len(rules) < EXTRAS:
            rules[extra_name(profile, rules)] = Rule(column=profile.name)
    return rules


def extra_name(profile: Profile, taken: Container[str] = ()) -> str:
    """A foreign column's name as a column of ours: `x_over_time`, or `x_over_time_2` where that is taken."""
    words = "".join(c if c.isascii() and c.isalnum() else "_" for c in profile.words).strip("_")
    name = EXTRA_PREFIX + (words or f"column_{profile.place + 1}")
    if name not in taken:
        return name
    return next(other for i in count(2) if (other := f"{name}_{i}") not in taken)


def _splits(profile: Profile) -> bool:
    """Whether it has few values that come again: more than one, and none that is a long text."""
    few = 1 < profile.distinct <= min(DISTINCT, max(2, profile.filled // 3))
    return few and profile.length < 40
