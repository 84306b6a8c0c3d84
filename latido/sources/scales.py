"""Verbal scales in Spanish and English: from “Muy satisfecho” to a number with its scale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NUMBERED = re.compile(r"\s*\(?(-?\d{1,3})\)?\s*(?:[-–—:.=]|\s|$|\()\s*(\D.*)?", re.DOTALL)


@dataclass(frozen=True)
class Scale:
    """A scale of answers in words.

    Attributes:
        name: What it asks about and how many points it has.
        low: The worst, hardest, or least answer's number.
        high: The best, easiest, or most.
        points: Each answer, normalised, and its number.
    """

    name: str
    low: float
    high: float
    points: Mapping[str, float]

    def read(self, words: Iterable[str]) -> dict[str, float]:
        """Each of these answers, as written, and its number."""
        return {word: self.points[normal(word)] for word in words}


def normal(text: str) -> str:
    """Lower case, no accents, words joined by one space.

    `camelCase` and `snake_case` come apart; “satisfecho/a” is one word.
    """
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"(?<=\w)(?:/|\()(?:a|as|os|o|x)\b\)?", "", text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))


def recognise(words: Iterable[str]) -> Scale | None:
    """The smallest scale that has all these answers and tells them apart; None if there is none.

    Args:
        words: The distinct answers of a column; one alone says too little.
    """
    asked = {normal(word) for word in words} - {""}
    apart = {_neuter(word) for word in asked}
    found = [s for s in SCALES if asked <= s.points.keys() and len({s.points[w] for w in asked}) == len(apart)]
    return min(found, key=lambda scale: scale.high - scale.low) if len(apart) > 1 and found else None


def _neuter(word: str) -> str:
    """The same for satisfecho, satisfecha, satisfechos, satisfechas."""
    return re.sub(r"(?<=\w\w\w)[oa]s?\b", "", word)


def numbered(words: Iterable[str]) -> dict[str, float] | None:
    """Numbers of answers like “5 - Muy satisfecho”, “10 (Extremely likely)”, “7”.

    None if one of them has no number, or none has words.
    """
    found = {word: NUMBERED.fullmatch(word) for word in words}
    if not found or not all(found.values()) or not any(m and m[2] for m in found.values()):
        return None
    return {word: float(m[1]) for word, m in found.items() if m}


def _scale(name: str, *points: str, low: int = 1) -> Scale:
    """A scale from its worst to its best answer, wordings of one answer parted by bars, genders by endings."""
    points_by_form = {
        normal(form): float(number)
        for number, wordings in enumerate(points, low)
        for wording in wordings.split("|")
        for form in _genders(wording)
    }
    return Scale(name, low, low + len(points) - 1, points_by_form)


def _genders(wording: str) -> Iterable[str]:
    """`satisfech@` is satisfecho, satisfecha, satisfechos and satisfechas."""
    return (wording.replace("@", ending) for ending in ("o", "a", "os", "as")) if "@" in wording else (wording,)


NEITHER_SATISFIED = (
    "neither satisfied nor dissatisfied|neutral|ni satisfech@ ni insatisfech@|indiferente|neither|normal"
)
NEITHER_AGREE = "neither agree nor disagree|neutral|ni de acuerdo ni en desacuerdo|undecided|indiferente|neither"
NEITHER_EASY = "neither easy nor difficult|neutral|ni facil ni dificil|normal|neither"

SCALES = (
    _scale(
        "satisfaction 5",
        "very dissatisfied|very unsatisfied|extremely dissatisfied"
        "|muy insatisfech@|nada satisfech@|totalmente insatisfech@",
        "dissatisfied|unsatisfied|somewhat dissatisfied|insatisfech@|poco satisfech@|algo insatisfech@",
        NEITHER_SATISFIED,
        "satisfied|somewhat satisfied|satisfech@|algo satisfech@|bastante satisfech@",
        "very satisfied|extremely satisfied|muy satisfech@|totalmente satisfech@|completamente satisfech@",
    ),
    _scale(
        "satisfaction 7",
        "extremely dissatisfied|extremadamente insatisfech@|very dissatisfied|muy insatisfech@",
        "moderately dissatisfied|moderadamente insatisfech@|dissatisfied|insatisfech@|bastante insatisfech@",
        "slightly dissatisfied|somewhat dissatisfied|ligeramente insatisfech@|algo insatisfech@",
        NEITHER_SATISFIED,
        "slightly satisfied|somewhat satisfied|ligeramente satisfech@|algo satisfech@",
        "moderately satisfied|moderadamente satisfech@|satisfied|satisfech@|bastante satisfech@",
        "extremely satisfied|extremadamente satisfech@|very satisfied|muy satisfech@",
    ),
    _scale("satisfaction 2", "bad|dissatisfied|insatisfech@|mal@", "good|satisfied|satisfech@|buen@", low=0),
    _scale(
        "agreement 5",
        "strongly disagree|totally disagree|completely disagree"
        "|totalmente en desacuerdo|muy en desacuerdo|completamente en desacuerdo",
        "disagree|somewhat disagree|en desacuerdo|algo en desacuerdo|parcialmente en desacuerdo",
        NEITHER_AGREE,
        "agree|somewhat agree|de acuerdo|algo de acuerdo|parcialmente de acuerdo",
        "strongly agree|totally agree|completely agree|totalmente de acuerdo|muy de acuerdo|completamente de acuerdo",
    ),
    _scale(
        "agreement 7",
        "strongly disagree|totalmente en desacuerdo|muy en desacuerdo",
        "disagree|en desacuerdo",
        "somewhat disagree|slightly disagree|algo en desacuerdo|ligeramente en desacuerdo|parcialmente en desacuerdo",
        NEITHER_AGREE,
        "somewhat agree|slightly agree|algo de acuerdo|ligeramente de acuerdo|parcialmente de acuerdo",
        "agree|de acuerdo",
        "strongly agree|totalmente de acuerdo|muy de acuerdo",
    ),
    _scale(
        "ease 5",
        "very difficult|very hard|extremely difficult|muy dificil|muy complicad@",
        "difficult|hard|somewhat difficult|dificil|complicad@|algo dificil",
        NEITHER_EASY,
        "easy|somewhat easy|facil|sencill@|algo facil",
        "very easy|extremely easy|muy facil|muy sencill@",
    ),
    _scale(
        "ease 7",
        "extremely difficult|extremadamente dificil|very difficult|muy dificil",
        "moderately difficult|difficult|dificil|moderadamente dificil",
        "slightly difficult|somewhat difficult|algo dificil|ligeramente dificil",
        NEITHER_EASY,
        "slightly easy|somewhat easy|algo facil|ligeramente facil",
        "moderately easy|easy|facil|moderadamente facil",
        "extremely easy|very easy|extremadamente facil|muy facil",
    ),
    _scale(
        "likelihood 5",
        "very unlikely|extremely unlikely|not at all likely|nada probable|muy improbable",
        "unlikely|somewhat unlikely|not very likely|poco probable|improbable",
        "neutral|neither likely nor unlikely|ni probable ni improbable|maybe|quiza|quizas|tal vez|algo probable",
        "likely|somewhat likely|probable|bastante probable",
        "very likely|extremely likely|muy probable|totalmente probable",
    ),
    _scale(
        "quality 5",
        "very poor|very bad|terrible|awful|horrible|muy mal@|pesim@",
        "poor|bad|mal@|deficiente",
        "fair|average|ok|okay|neutral|acceptable|regular|normal|aceptable",
        "good|buen@|bien",
        "very good|excellent|great|muy buen@|excelente|optim@",
    ),
    _scale(
        "quality 5 up to excellent",
        "poor|bad|mal@|deficiente",
        "fair|average|regular|aceptable",
        "good|buen@|bien",
        "very good|muy buen@|muy bien",
        "excellent|excelente",
    ),
    _scale(
        "frequency 5",
        "never|nunca|jamas",
        "rarely|seldom|rara vez|casi nunca|pocas veces",
        "sometimes|occasionally|a veces|algunas veces",
        "often|frequently|usually|a menudo|frecuentemente|casi siempre|muchas veces",
        "always|siempre",
    ),
    _scale(
        "amount 5",
        "not at all|none at all|nada|en absoluto",
        "a little|slightly|poco|un poco",
        "a moderate amount|moderately|somewhat|algo|regular",
        "a lot|very|bastante|mucho",
        "a great deal|extremely|completely|muchisimo|totalmente",
    ),
)
