"""What the survey formats share: who answers, about what, and what a question measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from latido.model.surveys import ANSWERS
from latido.model.table import EXTRA_PREFIX
from latido.sources.decide import decide, order
from latido.sources.identity import normal_email
from latido.sources.infer import Profile
from latido.sources.mapping import Condition, Rule, TableMap
from latido.sources.mapping import Mapping as Plan
from latido.sources.questions import WHY, Question, questions, recognise_question
from latido.sources.scales import normal
from latido.sources.sheet import Frame, Sheet
from latido.sources.source import Chunk, Options
from latido.sources.transform import Context, draw

# Fields that a survey carries along, by how they are usually called; the surest first.
CUSTOMER = (
    "customer id", "customerid", "customer", "client id", "id cliente", "cliente", "numero cliente", "no cliente",
    "user id", "userid", "contact id", "external reference", "external data reference", "recipient email", "email",
    "e mail", "email address", "correo", "correo electronico", "direccion de correo electronico", "username",
    "nombre de usuario",
)  # fmt: skip
SUBJECTS = {
    "ticket": ("ticket id", "ticket", "ticketid", "case id", "case", "caso", "numero ticket", "incidencia"),
    "order": ("order id", "order", "orderid", "order number", "pedido", "numero pedido", "id pedido"),
}
LANGUAGE = ("user language", "language", "lang", "locale", "idioma")
CARRIED = {normal(name): name for name in ("wave", "ask_id", "brand", "stage", "team", "site")}
LONGEST_NAME = 40
FEW = 40  # answers that people chose; beyond that they wrote them
LONG = 40  # letters


def measured(wording: str, answers: Sequence[str]) -> Question | None:
    """What a question measures, by its wording and its distinct answers; None if it measures nothing."""
    cells = pa.array(answers, pa.string())
    return recognise_question(Profile(wording, len(cells), len(cells), cells, np.ones(len(cells), np.int64), 0))


def points(low: float, high: float) -> list[str]:
    """Every answer on a scale.

    >>> points(1, 3)
    ['1', '2', '3']
    """
    return [f"{point:g}" for point in np.arange(low, high + 1)]


def extra(name: str) -> str:
    """The extra column for what a survey carries along.

    >>> extra("¿Qué edad tiene?")
    'x_que_edad_tiene'
    """
    words = "".join(c if c.isascii() and c.isalnum() else "_" for c in normal(name))[:LONGEST_NAME]
    return EXTRA_PREFIX + (words.strip("_") or "field")


def first_named(names: Iterable[str], known: Sequence[str]) -> str | None:
    """The name that comes first among the known ones."""
    by_normal = {normal(name): name for name in reversed(list(names))}
    return next((by_normal[word] for word in known if word in by_normal), None)


def language(text: str | None) -> str | None:
    """A language's two letters, of whatever locale.

    >>> language("ES-ES"), language("")
    ('es', None)
    """
    return (text or "").replace("_", "-").split("-")[0].strip().lower() or None


@dataclass(frozen=True)
class Carried:
    """What a survey carries along with its questions, by the names that its fields have there.

    Attributes:
        customers: Who answered: the first of these that is filled.
        language: In which language.
        subject: What about: `ticket` or `order`.
        subject_id: Which one.
        others: Canonical column or extra → field.
    """

    customers: tuple[str, ...]
    language: str | None
    subject: str | None
    subject_id: str | None
    others: Mapping[str, str]

    @classmethod
    def among(cls, names: Sequence[str]) -> Carried:
        """Sort the fields by what they are called."""
        customers = tuple(name for word in CUSTOMER for name in names if normal(name) == word)
        tongue = first_named(names, LANGUAGE)
        subject, named = next(
            ((kind, name) for kind, known in SUBJECTS.items() if (name := first_named(names, known))), (None, None)
        )
        rest = [name for name in names if name not in {*customers, tongue, named}]
        others = {CARRIED.get(normal(name)) or extra(name): name for name in reversed(rest)}
        return cls(customers, tongue, subject, named, others)

    @property
    def known(self) -> tuple[str, ...]:
        """The fields whose meaning is known by their name."""
        named = (column for column in (self.language, self.subject_id) if column is not None)
        canonical = (name for column, name in self.others.items() if not column.startswith(EXTRA_PREFIX))
        return (*self.customers, *named, *canonical)

    def rules(self) -> dict[str, Rule]:
        """The same as rules of a mapping."""
        plain = {"language": self.language, "subject_id": self.subject_id, **self.others}
        rules = {column: Rule(column=name) for column, name in plain.items() if name is not None}
        rules |= {"customer_id": Rule(first=self.customers)} if self.customers else {}
        return rules | ({"subject": Rule(constant=self.subject)} if self.subject else {})


def is_open(column: Profile) -> bool:
    """Whether people wrote the answers themselves: many different ones, or long ones."""
    return column.distinct > FEW or column.length > LONG or WHY.search(column.words) is not None


def parts(
    columns: Sequence[Profile],
    shared: Mapping[str, Rule],
    answer_id: Callable[[Profile, int], Rule],
    is_open: Callable[[Profile], bool] = is_open,
) -> tuple[list[TableMap], list[Profile]]:
    """One part of a mapping for each question, and the columns that are none.

    An open question for reasons is the comment of the scored one before it; where that one was
    left empty it is an answer of its own.

    Args:
        columns: The columns that may be questions, in their order.
        shared: Rules that hold for all of them.
        answer_id: Identifier of the answers to a question, given its place from 1.
        is_open: Whether people wrote the answers to a question themselves.
    """
    asked = {q.column: q for q in questions(list(columns)) if q.kind != "text"}
    drawn: list[TableMap] = []
    others: list[Profile] = []
    scored: tuple[TableMap, str] | None = None
    for place, column in enumerate(columns, 1):
        question = asked.get(column.name)
        if question is None and not is_open(column):
            others.append(column)
            continue
        part = _part(column, question, {**shared, "answer_id": answer_id(column, place)})
        if question is not None:
            drawn.append(part)
            scored = (part, column.name)
        elif scored and WHY.search(column.words):
            before, score = scored
            drawn[drawn.index(before)] = _with(before, comment=Rule(column=column.name))
            drawn.append(part.model_copy(update={"where": (*part.where, Condition(column=score, filled=False))}))
            scored = None
        else:
            drawn.append(part)
    return drawn, others


def _part(column: Profile, question: Question | None, shared: Mapping[str, Rule]) -> TableMap:
    rules = {**shared, "question": Rule(constant=column.name)}
    if question is None:
        rules |= {"kind": Rule(constant="text"), "comment": Rule(column=column.name)}
    else:
        rules |= {
            "kind": Rule(constant=question.kind),
            "score": Rule(column=column.name, values=dict(question.values)),
            "scale_low": Rule(constant=question.low),
            "scale_high": Rule(constant=question.high),
            "polarity": Rule(constant=question.polarity),
        }
    return TableMap(table=ANSWERS.name, where=(Condition(column=column.name, filled=True),), columns=rules)


def _with(part: TableMap, **rules: Rule) -> TableMap:
    return part.model_copy(update={"columns": {**part.columns, **rules}})


def with_extras(drawn: Iterable[TableMap], rules: Mapping[str, Rule]) -> tuple[TableMap, ...]:
    """The parts with what goes along with every answer; what a part says itself stays."""
    return tuple(part.model_copy(update={"columns": {**rules, **part.columns}}) for part in drawn)


def normalised(sheet: Sheet, emails: Sequence[str], languages: Sequence[str]) -> Sheet:
    """The sheet with addresses in small letters and languages by their two letters."""
    changes: dict[str, Callable[[str], str | None]] = {
        **dict.fromkeys(emails, lambda text: normal_email(text) or text),
        **dict.fromkeys(languages, language),
    }

    def opened(names: tuple[str, ...] | None) -> Iterator[Frame]:
        for frame in sheet.opened(names):
            rows = frame.rows
            for name in changes.keys() & set(rows.column_names):
                rows = rows.set_column(rows.column_names.index(name), name, _each(rows[name], changes[name]))
            yield replace(frame, rows=rows)

    return replace(sheet, opened=opened)


def _each(texts: pa.ChunkedArray, change: Callable[[str], str | None]) -> pa.Array:
    coded = texts.combine_chunks().cast(pa.string()).dictionary_encode()
    return pa.array(map(change, coded.dictionary.to_pylist()), pa.string()).take(coded.indices)


def draw_all(sheet: Sheet, drawn: tuple[TableMap, ...], options: Options) -> Iterator[Chunk]:
    """Canonical rows, once the dates are decided over the whole file; a response is read once, not once an answer."""
    if not drawn:
        return
    plan = decide([sheet], Plan(tables=drawn), order(options.dates))
    context = Context.of(sheet.file, plan, options)
    for frame in sheet.frames():
        read = len(frame.numbers) + len(frame.broken)
        for chunk in draw(frame, plan, context):
            yield replace(chunk, read=read)
            read = 0
