"""The wizard: how uploaded files would be read, and what that makes of their rows.

A person says of every column of a file what it becomes: a column of the table, a question of a survey, a column
of their own, or nothing. From that the mapping is built as it is from a guess; the guess is only what is said
before anybody has said anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from latido.errors import FieldError, UnsureError, UsageError
from latido.i18n import Message, _
from latido.model.catalog import table as canonical
from latido.model.table import EXTRA_PREFIX, Table
from latido.sources.build import SURE, Draft, draft, extra_name
from latido.sources.catalog import recognise
from latido.sources.choose import Choice, choose
from latido.sources.decide import decide
from latido.sources.generic import Generic
from latido.sources.infer import Profile, profiles
from latido.sources.mapping import UPDATED, Rule, TableMap
from latido.sources.mapping import Mapping as Map
from latido.sources.match import Match, Pair
from latido.sources.propose import first_frame, same_columns, unlike_others
from latido.sources.questions import Question, questions
from latido.sources.reading import read_sheet
from latido.sources.sheet import Frame, Sheet
from latido.sources.source import Delivery, Options, Source
from latido.sources.transform import Context, draw
from latido.sources.zones import zone
from latido.workspace.wizard_said import ASKED, NOTHING, OWN, Line, Look, Said

SHOWN = 3  # rows
LOOKED_AT = 200  # rows tried for them
LIKELY = 0.5  # below this a person maps a file, though it has something of a named format
SCALES: dict[str, tuple[float, float]] = {"nps": (0, 10), "enps": (0, 10), "ces": (1, 7), "recommend": (0, 1)}


def groups(deliveries: Sequence[Delivery], *, by_hand: bool = False) -> list[tuple[Source, list[Delivery]]]:
    """Files that are read together, and what reads them: a named format, else those of the same columns.

    Args:
        deliveries: The files.
        by_hand: A person maps them, whatever they look like.

    Raises:
        InputError: A file is nothing that holds rows.
    """
    whole = Generic() if by_hand else _recognised(deliveries)
    if whole.name != Generic.name:
        return [(whole, list(deliveries))]
    alike: dict[tuple[str, ...], list[Delivery]] = {}
    for delivery in deliveries:
        alike.setdefault(read_sheet(delivery).columns, []).append(delivery)
    return [(Generic() if by_hand else _recognised(group), group) for group in alike.values()]


def _recognised(deliveries: Sequence[Delivery]) -> Source:
    found = recognise(deliveries)
    return found if found.recognise(deliveries) >= LIKELY else Generic()


def look(source: Source, deliveries: Sequence[Delivery], said: Said, time_zone: ZoneInfo) -> Look:
    """How files would be read, with the first rows.

    Args:
        source: What reads them.
        deliveries: The files, or their beginnings.
        said: What a person has said.
        time_zone: The workspace's.

    Raises:
        InputError: A file cannot be read.
    """
    files = tuple(d.name for d in deliveries)
    if source.name != Generic.name:
        return Look(files, source, said)
    sheets = [read_sheet(file) for file in deliveries]
    same_columns(sheets)
    return Reading(sheets, said, time_zone).look(source)


class Reading:
    """Files of the same columns, being looked at.

    Args:
        sheets: The files.
        said: What a person has said.
        time_zone: The workspace's.
    """

    def __init__(self, sheets: Sequence[Sheet], said: Said, time_zone: ZoneInfo) -> None:
        self.sheets, self.said = sheets, said
        self.file = sheets[0].file
        self.frame = first_frame(sheets[0])
        self.columns = profiles(self.frame)
        self.asked = questions(self.columns)
        self.problems: list[FieldError] = []
        self.zone = self._zone(time_zone)
        self.choice = self._choice()

    def look(self, source: Source) -> Look:
        """What there is to show."""
        drawn = self._draft()
        guess = self.said.becomes is None
        mapping = self._decided(drawn)
        becomes = self.said.becomes
        if becomes is None:
            becomes = _read_off(drawn) if drawn else self._pairs()
        said = replace(self.said, table=self._name, becomes=becomes)
        return Look(
            files=tuple(s.file.name for s in self.sheets),
            source=source,
            said=said,
            lines=tuple(self._lines(becomes, drawn, mapping)),
            made=tuple(_made(drawn)),
            mapping=None if self.problems else mapping,
            confidence=self._confidence(drawn) if guess else 1.0,
            doubts=tuple(self._doubts(drawn)) if guess else (),
            problems=tuple(self.problems),
        )

    @property
    def _name(self) -> str | None:
        return self.choice.match.table.name if self.choice else self.said.table

    def _zone(self, otherwise: ZoneInfo) -> ZoneInfo:
        try:
            return zone(self.said.time_zone) if self.said.time_zone else otherwise
        except UsageError as error:
            self.problems.append(FieldError("time_zone", error.message, error.hint))
            return otherwise

    def _choice(self) -> Choice | None:
        """The table and its columns: as a person said, else as they look."""
        if self.said.becomes is not None and self.said.table:
            return Choice(Match(canonical(self.said.table), tuple(self._said_pairs(self.said.becomes)), 1.0), 1.0)
        try:
            return choose(self.columns, self.asked, self.said.table, self.file.name)
        except UnsureError as error:
            rule = _("Nothing in {file} looks like a table that latido knows.", file=self.file.name)
            self.problems.append(FieldError("table", rule, _("Choose what its rows are.")))
            del error
            return None

    def _said_pairs(self, becomes: Mapping[str, str]) -> Iterator[Pair]:
        """Canonical columns and the foreign ones that a person said they are."""
        known = {profile.name: profile for profile in self.columns}
        taken: dict[str, str] = {}
        for name, target in becomes.items():
            if name not in known or target in {OWN, NOTHING, UPDATED} or target.startswith(ASKED):
                continue
            if target in taken:
                rule = _("“{target}” cannot come from “{one}” and from “{other}”.", target=target, one=taken[target],
                         other=name)  # fmt: skip
                self.problems.append(FieldError(f"becomes:{name}", rule, _("Choose one of the two.")))
                continue
            taken[target] = name
            yield Pair(target, known[name], 1.0)

    def _pairs(self) -> dict[str, str]:
        pairs = self.choice.match.pairs if self.choice else ()
        return {profile.name: NOTHING for profile in self.columns} | {p.foreign.name: p.column for p in pairs}

    def _draft(self) -> Draft | None:
        """The parts of a mapping; None where they cannot be told."""
        if self.choice is None:
            return None
        becomes = self.said.becomes
        columns, asked = self.columns, self.asked
        if becomes is not None:
            columns = [p for p in self.columns if becomes.get(p.name, NOTHING) not in {OWN, NOTHING, UPDATED}]
            asked = [self._question(p, becomes[p.name][1:]) for p in columns if becomes[p.name].startswith(ASKED)]
        if becomes is not None and asked and self.choice.match["kind"] is not None:
            rule = _("A file with a column for each question has no column “kind”.")
            self.problems.append(FieldError("becomes", rule, _("Choose one of the two.")))
        try:
            drawn = draft(self.choice, columns, asked, self.file.name)
        except UnsureError:
            self._missing(self.choice.match.table)
            return None
        return drawn if becomes is None else self._with_own(drawn, becomes)

    def _missing(self, table: Table) -> None:
        """Say which columns the table cannot do without."""
        found = {pair.column for pair in self.choice.match.pairs} if self.choice else set()
        missing = [c.name for c in table.columns if c.required and c.default is None and c.name not in found]
        rule = _("“{table}” cannot do without: {columns}.", table=table.name, columns=", ".join(missing))
        self.problems.append(FieldError("becomes", rule, _("Choose below which columns of the file these are.")))

    def _question(self, profile: Profile, kind: str) -> Question:
        """A column as the question that a person said it is."""
        found = next((q for q in self.asked if q.column == profile.name), None)
        low, high = self.said.scales.get(profile.name) or (_scale(kind, found, profile))
        values = found.values if found else {}
        polarity = found.polarity if found and found.kind == kind else "higher_better"
        if kind == "text":
            return Question(profile.name, kind, None, None, 1.0)
        return Question(profile.name, kind, low, high, 1.0, values, polarity)

    def _with_own(self, drawn: Draft, becomes: Mapping[str, str]) -> Draft:
        """The parts with the columns of one's own and the time of the last change."""
        own: dict[str, Rule] = {}
        for profile in self.columns:
            target = becomes.get(profile.name, NOTHING)
            if target == OWN:
                own[extra_name(profile, own)] = Rule(column=profile.name)
            elif target == UPDATED:
                own.setdefault(UPDATED, Rule(column=profile.name))
        parts = (part.model_copy(update={"columns": _without_extras(part) | own}) for part in drawn.parts)
        return Draft(tuple(parts), drawn.guesses)

    def _decided(self, drawn: Draft | None) -> Map | None:
        """The mapping with the order of dates and the decimal sign settled."""
        if drawn is None:
            return None
        said: dict[str, Any] = {"dates": self.said.dates, "decimal": self.said.decimal}
        if self.said.time_zone and not self._wrong("time_zone"):
            said |= {"time_zone": self.zone.key}
        mapping = Map().model_copy(update={"tables": drawn.parts, **unlike_others(self.sheets[0].layout), **said})
        unsure: list[UnsureError] = []
        for fallback in _FALLBACKS:
            try:
                found = decide(self.sheets, mapping.model_copy(update=fallback))
            except UnsureError as error:
                unsure.append(error)
                continue
            self.problems += [FieldError(n, e.message, _CHOOSE[n]) for n, e in zip(fallback, unsure, strict=False)]
            return found
        return None

    def _wrong(self, name: str) -> bool:
        return any(problem.field == name for problem in self.problems)

    def _lines(self, becomes: Mapping[str, str], drawn: Draft | None, mapping: Map | None) -> Iterator[Line]:
        numbers = [int(n) for n in self.frame.numbers[:SHOWN]]
        raw = self.frame.rows.slice(0, SHOWN)
        mapped = self._mapped(mapping, numbers) if mapping else {}
        sure = {(g.column or ""): g.confidence for g in reversed(drawn.guesses)} if drawn else {}
        for profile in self.columns:
            target = becomes.get(profile.name, NOTHING)
            cells = tuple("" if c is None else str(c) for c in raw[profile.name].to_pylist())
            told = sure.get(profile.name) if self.said.becomes is None and target != NOTHING else None
            yield Line(profile.name, target, told, cells, mapped.get(profile.name, ()), self._scale_of(profile, target))

    def _scale_of(self, profile: Profile, target: str) -> tuple[float, float] | None:
        if not target.startswith(ASKED) or target == f"{ASKED}text":
            return None
        question = self._question(profile, target[1:])
        return (question.low or 0, question.high or 0)

    def _mapped(self, mapping: Map, numbers: Sequence[int]) -> dict[str, tuple[Any, ...]]:
        """What becomes of each column's cells in the first rows."""
        few = Frame(self.frame.rows.slice(0, LOOKED_AT), self.frame.numbers[:LOOKED_AT])
        context = Context.of(self.file, mapping, Options(time_zone=self.zone))
        found: dict[str, tuple[Any, ...]] = {}
        for part, chunk in zip(mapping.tables, draw(few, mapping, context), strict=True):
            rows = {row["row"]: row for row in chunk.rows.to_pylist()}
            for target, rule in part.columns.items():
                cells = tuple(rows.get(n, {}).get(target) for n in numbers)
                if rule.column is not None and (rule.column not in found or not any(found[rule.column])):
                    found[rule.column] = cells
        return found

    def _confidence(self, drawn: Draft | None) -> float:
        known = [guess.confidence for guess in drawn.guesses] if drawn else [0.0]
        return min([self.choice.confidence if self.choice else 0.0, *known])

    def _doubts(self, drawn: Draft | None) -> Iterator[Message]:
        choice = self.choice
        if choice and choice.confidence < SURE and choice.rival is not None:
            yield _("It looks like “{table}”, but could be “{rival}”.", table=choice.match.table.name,
                    rival=choice.rival)  # fmt: skip
        for guess in drawn.guesses if drawn else ():
            if guess.confidence < SURE and guess.doubt:
                yield guess.doubt


# How dates and numbers are read meanwhile, where nothing tells and a person has to say.
_FALLBACKS: tuple[dict[str, str], ...] = ({}, {"dates": "dmy"}, {"decimal": "."}, {"dates": "dmy", "decimal": "."})
_CHOOSE = {"dates": _("Choose the order of day and month."), "decimal": _("Choose the decimal sign.")}


def _without_extras(part: TableMap) -> dict[str, Rule]:
    """A part's columns without those that were only carried along: a person says which are."""
    return {n: rule for n, rule in part.columns.items() if not n.startswith(EXTRA_PREFIX) and n != UPDATED}


def _read_off(drawn: Draft) -> dict[str, str]:
    """What a draft makes of each foreign column."""
    found: dict[str, str] = {}
    for part in drawn.parts:
        kind, asked = part.columns.get("kind"), part.columns.get("question")
        question = str(asked.constant) if asked and asked.constant is not None else None
        if question is not None and kind:
            found[question] = f"{ASKED}{kind.constant}"
        for target, rule in part.columns.items():
            if rule.column is not None and rule.column != question:
                found.setdefault(rule.column, OWN if target.startswith(EXTRA_PREFIX) else target)
    return found


def _made(drawn: Draft | None) -> Iterator[tuple[str, Rule]]:
    """What is the same for all rows, or made up, each once."""
    seen: set[str] = set()
    asked = drawn is not None and len(drawn.parts) > 1
    for part in drawn.parts if drawn else ():
        for target, rule in part.columns.items():
            of_question = asked and target in {"question", "kind", "scale_low", "scale_high", "polarity"}
            if rule.column is None and target not in seen and not of_question:
                seen.add(target)
                yield target, rule


def _scale(kind: str, found: Question | None, profile: Profile) -> tuple[float, float]:
    """The scale of a question: as its answers look, else as is usual for its kind."""
    if found and found.low is not None and found.high is not None:
        return found.low, found.high
    highest = profile.quantile(1.0)
    return SCALES.get(kind) or ((1, 10) if highest > 5 else (1, 5))
