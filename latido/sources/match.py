"""Which canonical table a file is, and which of its columns are which: by names, types and contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from latido.model.catalog import TABLES
from latido.model.table import Column, Table, Type
from latido.sources.infer import Profile

SYNONYMOUS = {
    word: meaning
    for meaning, words in {
        "date": "timestamp datetime time at on fecha hora",
        "number": "num no nr nbr numero",
        "id": "identifier codigo code key uuid guid",
    }.items()
    for word in words.split()
}
GENERIC = {"id", "number", "name", "date", "type", "kind"}
IDLE = {"the", "of", "de", "del", "la", "el", "los", "las", "a", "an", "sys", "u", "org"}
USABLE = 0.6  # below it a match is not even proposed
# A table's own nouns say nothing in the names of its columns: `order_date`, `ticket status`.
NOUNS = {
    "customers": "customer client cliente contact",
    "identities": "identity",
    "agents": "agent employee empleado agente",
    "tickets": "ticket case incident caso incidencia",
    "ticket_events": "ticket case event evento",
    "answers": "answer response review survey respuesta encuesta",
    "asks": "invitation survey invitacion",
    "orders": "order purchase pedido compra",
    "subscriptions": "subscription contract suscripcion contrato",
    "mentions": "mention tweet post mencion",
    "touchpoints": "visit session event touchpoint visita",
    "observations": "observation visit finding",
}


@dataclass(frozen=True)
class Pair:
    """A canonical column and the foreign one it is drawn from."""

    column: str
    foreign: Profile
    confidence: float


@dataclass(frozen=True)
class Match:
    """A table and what of it a file has.

    Attributes:
        table: The table.
        pairs: Its columns that were found.
        weight: How much speaks for it, for comparing tables.
    """

    table: Table
    pairs: tuple[Pair, ...]
    weight: float

    def __getitem__(self, column: str) -> Pair | None:
        return next((pair for pair in self.pairs if pair.column == column), None)


def match(table: Table, columns: Sequence[Profile], commonness: dict[str, int]) -> Match:
    """The best one-to-one matching of a table's columns with a file's.

    Args:
        table: The table.
        columns: The file's columns.
        commonness: In how many tables each foreign name would fit; what fits everywhere says little.
    """
    candidates = [
        Pair(column.name, profile, score)
        for column in table.columns
        for profile in columns
        if (score := likeness(table, column, profile)) >= USABLE
    ]
    candidates.sort(key=lambda pair: (-pair.confidence, table.names.index(pair.column), pair.foreign.place))
    pairs: dict[str, Pair] = {}
    for pair in candidates:
        used = {p.foreign.name for p in pairs.values()}
        if pair.column not in pairs and pair.foreign.name not in used:
            pairs[pair.column] = pair
    weight = sum(p.confidence / commonness[p.foreign.name] for p in pairs.values())
    return Match(table, tuple(pairs.values()), weight)


def commonness(columns: Iterable[Profile]) -> dict[str, int]:
    """In how many tables each foreign name would fit, at least 1."""
    return {
        profile.name: max(1, sum(any(likeness(t, c, profile) >= USABLE for c in t.columns) for t in TABLES.values()))
        for profile in columns
    }


def likeness(table: Table, column: Column, profile: Profile) -> float:
    """How likely a foreign column is this canonical one: likeness of its name, less what its contents contradict."""
    named = max(_alike(_plain(form, table), _plain(profile.words, table)) for form in forms(column))
    return named * fitness(column, profile) if named else 0.0


def forms(column: Column) -> tuple[str, ...]:
    """The canonical name and its synonyms."""
    return (column.name.replace("_", " "), *column.synonyms)


def fitness(column: Column, profile: Profile) -> float:
    """Share of a foreign column's contents that the canonical column could take; an empty one contradicts nothing."""
    if not profile.filled:
        return 0.9
    if column.allowed:
        return profile.share_of(column.allowed)
    if column.type is Type.TEXT:
        # Names and reasons are not numbers; identifiers and teams may be.
        lettered = column.dimension and not column.name.endswith("_id") and column.name != "team"
        return 0.7 if lettered and profile.share(Type.NUMBER) > 0.9 else 1.0
    share = profile.share(column.type)
    return share if share > 0.5 else 0.0


def _plain(words: str, table: Table) -> tuple[str, ...]:
    """Words that say something, in one vocabulary."""
    nouns = NOUNS[table.name].split()
    parts = [SYNONYMOUS.get(word, word) for word in words.split() if word not in IDLE]
    bare = [word for word in parts if word not in nouns and word.rstrip("s") not in nouns]
    if not bare:
        return tuple(parts)  # `ticket` alone is the ticket's identifier
    # `ticket id` must not become `id`, which is anybody's, but `case id` is the same.
    return ("its", *bare) if bare != parts and len(bare) == 1 and bare[0] in GENERIC else tuple(bare)


def _alike(form: tuple[str, ...], name: tuple[str, ...]) -> float:
    if not name:
        return 0.0
    if form == name or "".join(form) == "".join(name):
        return 1.0
    if set(form) == set(name) or (form == name[1:] and name[0] == "its"):
        return 0.95
    if len(form) > 1 and set(form) < set(name):
        return 0.85
    # The last word says what it is (`resource country`); in Spanish the first (`fecha de cierre`).
    if len(form) == 1 and (form[0] == name[-1] or form[0] == name[0] == "date"):
        return 0.75 - 0.05 * (len(name) - 2)
    likeness_ = SequenceMatcher(None, " ".join(form), " ".join(name)).ratio()
    return 0.85 if likeness_ >= 0.88 and len(" ".join(form)) > 4 else 0.0
