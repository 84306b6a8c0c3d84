"""Typeform: responses as its API and its web hooks give them, with or without the form's definition.

The definition (a file with `fields`, or inside each web hook) says what was asked and on which
scale. Without it a field's type and name (`ref`) have to do, and scales are judged by the
answers. Questions on a scale and open questions are answers; an open question for reasons is the
comment of the answer before it. Choices that measure nothing, and hidden fields, go along with
each answer as extra columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latido.i18n import _
from latido.model.surveys import ANSWERS
from latido.sources.columns import beginning
from latido.sources.identity import normal_email
from latido.sources.open import read_json
from latido.sources.questions import WHY, Question
from latido.sources.rows import Rows
from latido.sources.scales import normal
from latido.sources.source import Chunk, Delivery, Options
from latido.sources.surveys import Carried, language, measured, points

FEW = 40  # distinct answers that are kept to judge a field by
PAGE = re.compile(r'"items"\s*:\s*\[')
RESPONSE = re.compile(r'"landing_id"\s*:|"form_response"\s*:\s*\{|"landed_at"\s*:')
DEFINITION = re.compile(r'"fields"\s*:\s*\[')
TYPEFORM = re.compile(r'typeform\.com|"(?:thankyou|welcome)_screens"|"opinion_scale"|"short_text"')
OPEN = frozenset({"short_text", "long_text"})
SCALES = {"nps": (11, 0), "opinion_scale": (11, 0), "rating": (5, 1)}  # steps and first point, where nothing is said


@dataclass
class Field:
    """One field of a form.

    Attributes:
        key: Its name (`ref`) or identifier.
        type: Typeform's type.
        title: What it asks; its name where there is no definition.
        survey: The form's title, where known.
        scale: Every point of its scale, where known.
        seen: Some of its distinct answers.
    """

    key: str
    type: str
    title: str
    survey: str | None = None
    scale: tuple[str, ...] = ()
    seen: dict[str, None] = field(default_factory=dict)

    def question(self) -> Question | None:
        """What it measures; None for what only says who or what."""
        if self.type in OPEN:
            return Question(self.title, "text", None, None, 1.0)
        found = measured(self.title, self.scale or tuple(self.seen))
        if self.type == "nps" and (found is None or found.kind not in {"nps", "enps"}):
            return Question(self.title, "nps", 0, 10, 1.0)
        return found if found is not None and found.kind != "text" else None


Asked = Mapping[str, tuple[Field, Question | None]]
Given = tuple[Field, Question | None, str | None]


class Typeform:
    """Typeform's responses (JSON)."""

    name = "typeform"
    label = _("Typeform responses (JSON)")
    tables: tuple[str, ...] = ("answers",)

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of whether they hold Typeform's responses or the definition of a form."""
        return sum(map(_likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Answers, once all the files have said what the fields are."""
        heads = {file: beginning(file) for file in deliveries}
        responses = {file: _array(head) for file, head in heads.items() if not _defines(head)}
        fields: dict[str, Field] = {}
        for file in deliveries:
            if file not in responses:
                for _number, form in read_json(file):
                    _define(fields, form)
        for file, array in responses.items():
            _look(fields, file, array)
        asked = {key: (known, known.question()) for key, known in fields.items()}
        for file, array in responses.items():
            rows = Rows(ANSWERS, file, options.time_zone)
            for number, record in read_json(file, array, broken=rows.broken):
                _add(rows, number, record, asked)
                yield from rows.chunks()
            yield rows.take()


def _likeness(file: Delivery) -> float:
    head = beginning(file)
    if not head.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return 0.0
    if RESPONSE.search(head):
        return 0.97
    return 0.95 if DEFINITION.search(head) and TYPEFORM.search(head) else 0.0


def _defines(head: str) -> bool:
    return DEFINITION.search(head) is not None and RESPONSE.search(head) is None


def _array(head: str) -> str | None:
    return "items" if PAGE.search(head) else None


def _define(fields: dict[str, Field], form: Mapping[str, Any]) -> None:
    """Learn a form's fields, those inside groups and matrices too."""
    for given in _flat(form.get("fields")):
        properties = given.get("properties") or {}
        key, kind = str(given.get("ref") or given.get("id")), str(given.get("type"))
        title = str(given.get("title") or key)
        learnt = Field(key, kind, title, form.get("title"), _scale(kind, properties))
        fields[str(given.get("id"))] = learnt


def _flat(given: Any) -> Iterator[Mapping[str, Any]]:
    for one in given or ():
        yield one
        yield from _flat((one.get("properties") or {}).get("fields"))


def _scale(kind: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    if kind in SCALES:
        steps, low = SCALES[kind]
        low = low or int(bool(properties.get("start_at_one")))
        return tuple(points(low, low + int(properties.get("steps") or steps) - 1))
    labels = (str(choice.get("label")) for choice in properties.get("choices") or ())
    return tuple(labels) if kind in {"multiple_choice", "dropdown"} else ()


def _look(fields: dict[str, Field], file: Delivery, array: str | None) -> None:
    """Learn what the responses themselves say of their fields."""
    for _number, record in read_json(file, array, broken=lambda *_: None):
        response = record.get("form_response") or record
        if isinstance(response.get("definition"), dict):
            _define(fields, response["definition"])
        for answer in response.get("answers") or ():
            said = answer.get("field") or {}
            key = str(said.get("ref") or said.get("id"))
            known = fields.setdefault(_id(answer), Field(key, str(said.get("type")), key))
            value = _value(answer)
            if value is not None and len(known.seen) < FEW:
                known.seen[value] = None


def _id(answer: Mapping[str, Any]) -> str:
    return str((answer.get("field") or {}).get("id"))


def _value(answer: Mapping[str, Any]) -> str | None:
    """An answer as text."""
    value = answer.get(str(answer.get("type")))
    if isinstance(value, dict):
        value = value.get("labels") or value.get("label") or value.get("other")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None or value == "" else f"{value:g}" if isinstance(value, float) else str(value)


def _add(rows: Rows, number: int, record: Mapping[str, Any], asked: Asked) -> None:
    """Add the answers of one response."""
    response = record.get("form_response") or record
    given = [(*asked[_id(answer)], _value(answer)) for answer in response.get("answers") or ()]
    answers: list[dict[str, Any]] = []
    for known, question, value in given:
        if question is None or value is None:
            continue
        if question.kind == "text" and answers and WHY.search(normal(known.title)) and "comment" not in answers[-1]:
            answers[-1]["comment"] = value
        else:
            answers.append(_answer(response, known, question, value))
    shared = _shared(rows.file, response, given) if answers else {}
    for answer in answers:
        rows.add(number, raw=record, **shared, **answer)


def _answer(response: Mapping[str, Any], known: Field, question: Question, value: str) -> dict[str, Any]:
    answer = {
        "answer_id": f"{response.get('token') or response.get('landing_id')}-{known.key}",
        "question": known.title,
        "kind": question.kind,
    }
    if question.kind == "text":
        return {**answer, "comment": value}
    scale = {"scale_low": question.low, "scale_high": question.high, "polarity": question.polarity}
    return {**answer, **scale, "score": question.values.get(value, value)}


def _shared(file: Delivery, response: Mapping[str, Any], given: Sequence[Given]) -> dict[str, Any]:
    """What holds for all the answers of one response: who, about what, when, and what it carries along."""
    said = {known.title: value for known, question, value in given if question is None and value}
    said |= {str(name): str(value) for name, value in (response.get("hidden") or {}).items() if value}
    carried = Carried.among(list(said))
    email = next((value for known, _question, value in given if known.type == "email"), None)
    person = next((said[name] for name in carried.customers), email)
    return {
        "survey": next((known.survey for known, _question, _value in given if known.survey), Path(file.name).stem),
        "subject": carried.subject,
        "subject_id": said.get(carried.subject_id or ""),
        "customer_id": normal_email(person) or person,
        "language": language(said.get(carried.language or "")),
        "asked": response.get("landed_at"),
        "answered": response.get("submitted_at"),
        "updated": response.get("submitted_at"),
        **{column: said[name] for column, name in carried.others.items()},
    }
