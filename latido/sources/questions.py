"""Recognising survey questions in a foreign column, by their wording and their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from latido.model.table import Type
from latido.sources.convert import truth
from latido.sources.infer import Profile
from latido.sources.scales import Scale, numbered, recognise

ANSWERS = 12  # a question to be answered on a scale has no more answers than this
OFF_SCALE = 0.01  # share of answers beyond a scale that are slips

ASKED = re.compile(r"[?¿]")
ZERO_TO_TEN = re.compile(r"\b0 (?:to|a|al|10)\b|\b0 (?:to |a |al )?10\b|\bcero a diez\b|\bzero to ten\b")
RECOMMEND = re.compile(r"\brecom(?:m?end|ienda|iende|endar)|\brecommended\b")
EMPLOYER = re.compile(
    r"\b(?:place to work|lugar para trabajar|lugar de trabajo|empleador|employer|work here|trabajar aqui)\b"
)
RATED = re.compile(
    r"\b(?:rate|rating|ratings|rated|score|stars?|estrellas|puntua\w*|valora\w*|califica\w*|nota|evalua\w*|how was)\b"
)
SATISFIED = re.compile(r"\b(?:csat|satisf\w*)\b")
AT_WORK = re.compile(r"\b(?:esat|employee|job|empleado|laboral|trabajo|puesto)\b")
EASY = re.compile(r"\b(?:ces|eas[ey]|easily|easier|facil\w*|sencill\w*)\b")
EFFORT = re.compile(r"\b(?:effort|esfuerzo|difficult\w*|dificil\w*|dificultad|hard)\b")
WHY = re.compile(r"^(?:\W*)(?:why|por que|porque|razon|motivo|reason|comment\w*|comentario\w*|feedback|verbatim)\b")


@dataclass(frozen=True)
class Question:
    """One column that holds answers to one question.

    Attributes:
        column: Foreign column.
        kind: What it measures.
        low: Lowest point of its scale; None for text.
        high: Highest point.
        confidence: How sure that is.
        values: Answers in words and their numbers.
        polarity: Whether a higher answer is the better one.
    """

    column: str
    kind: str
    low: float | None
    high: float | None
    confidence: float
    values: Mapping[str, str] = field(default_factory=dict)
    polarity: str = "higher_better"


def questions(columns: list[Profile]) -> list[Question]:
    """The questions among a file's columns; only the first 0-to-10 rating that does not say “recommend” is an NPS."""
    found = [question for profile in columns if (question := recognise_question(profile)) is not None]
    recommended = any(q.kind in {"nps", "enps"} and q.confidence >= 0.9 for q in found)
    result = []
    for question in found:
        if question.kind == "nps" and question.confidence < 0.9:
            if recommended:
                result.append(Question(question.column, "rating", question.low, question.high, 0.85))
                continue
            recommended = True
        result.append(question)
    return result


def recognise_question(profile: Profile) -> Question | None:
    """What a column asks, if it looks like a question at all."""
    if not profile.filled:
        return None
    words, scale = profile.words, _scale(profile)
    if RECOMMEND.search(words) and profile.share(Type.BOOLEAN) > 0.99 and profile.distinct <= 3:
        return Question(profile.name, "recommend", 0, 1, 0.9, _truths(profile))
    if scale is None:
        return _open(profile)
    low, high, values = scale
    asked = bool(ASKED.search(profile.name))
    kind, confidence = _kind(words, low, high, asked=asked, verbal=bool(values))
    if kind is None:
        return None
    upside_down = kind == "ces" and EFFORT.search(words) and not EASY.search(words) and not values
    return Question(
        profile.name, kind, low, high, confidence, values, "lower_better" if upside_down else "higher_better"
    )


def _kind(words: str, low: float, high: float, *, asked: bool, verbal: bool) -> tuple[str | None, float]:
    ten = high == 10 and (low == 0 or ZERO_TO_TEN.search(words) is not None)
    if RECOMMEND.search(words) or words in {"nps", "nps score", "likelihood to recommend", "enps"}:
        kind = "enps" if EMPLOYER.search(words) or words == "enps" else "nps"
        return (kind, 0.95) if ten else ("rating", 0.8)
    if EASY.search(words) or EFFORT.search(words):
        return "ces", 0.9
    if SATISFIED.search(words):
        at_work = AT_WORK.search(words) is not None
        return ("esat" if at_work else "csat"), 0.9 if asked or words in {
            "csat",
            "satisfaction",
            "satisfaccion",
        } else 0.8
    if ten and ZERO_TO_TEN.search(words):
        return "nps", 0.85
    if RATED.search(words):
        return "rating", 0.9
    return ("rating", 0.8) if asked or verbal else (None, 0.0)


def _scale(profile: Profile) -> tuple[float, float, dict[str, str]] | None:
    """Lowest and highest point, and the numbers of answers in words; None for what is not on a scale."""
    if profile.share(Type.NUMBER) > 1 - OFF_SCALE and profile.whole:
        return _numeric(profile)
    if profile.distinct > ANSWERS:
        return None
    cells = profile.cells.to_pylist()
    verbal: Scale | None = recognise(cells)
    if verbal is not None:
        return verbal.low, verbal.high, {word: f"{n:g}" for word, n in verbal.read(cells).items()}
    labelled = numbered(cells)
    if labelled is None or len(set(labelled.values())) < len(labelled):
        return None
    low, high = _bounds(min(labelled.values()), max(labelled.values()), profile.words)
    return low, high, {word: f"{n:g}" for word, n in labelled.items()}


def _numeric(profile: Profile) -> tuple[float, float, dict[str, str]] | None:
    lowest, highest = profile.quantile(OFF_SCALE), profile.quantile(1 - OFF_SCALE)
    if not (lowest >= 0 and 1 < highest <= 10):
        return None
    return (*_bounds(lowest, highest, profile.words), {})


def _bounds(lowest: float, highest: float, words: str) -> tuple[float, float]:
    """The usual scale that the answers fit: 1–5, 1–7, 0–10 or 1–10, with a 0 where one was given."""
    if ZERO_TO_TEN.search(words) or (RECOMMEND.search(words) and highest > 5) or words in {"nps", "enps"}:
        return 0, 10
    high = next(top for top in (3, 4, 5, 7, 10) if highest <= top)
    return (0 if lowest == 0 else 1), 5 if high in {3, 4} and lowest >= 1 else high


def _truths(profile: Profile) -> dict[str, str]:
    """Yes and no as 1 and 0, where they are written otherwise."""
    return {cell: str(int(bool(truth(cell)))) for cell in profile.cells.to_pylist() if cell not in {"0", "1"}}


def _open(profile: Profile) -> Question | None:
    """A question answered in words of one's own."""
    if ASKED.search(profile.name) and profile.share(Type.TEXT) and not WHY.search(profile.words):
        return Question(profile.name, "text", None, None, 0.85)
    return None
