"""Comments that agree with a score and its causes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from types import ModuleType

from latido.demo.words import survey_english, survey_spanish
from latido.demo.words.grammar import Words, careless, expand, sentence
from latido.demo.world import ENGLISH

NEGATIVE, NEUTRAL, POSITIVE = range(3)
# How often anything is written at all, by polarity, and how often only a word or two.
WRITTEN, SHORT = (0.58, 0.28, 0.38), (0.10, 0.25, 0.28)
WORDS: tuple[Words, ...] = (
    {**survey_spanish.SHARED_WORDS, **survey_spanish.SPAIN_WORDS},
    {**survey_spanish.SHARED_WORDS, **survey_spanish.MEXICO_WORDS},
    survey_english.WORDS,
)
VIRTUES = ("fast", "kind", "clear", "solved", "technician", "loyal")


def comment(dice: random.Random, variant: int, polarity: int, causes: Sequence[str]) -> str:
    """What this person adds to the score; often nothing."""
    if dice.random() > WRITTEN[polarity]:
        return ""
    book, words = (survey_english if variant == ENGLISH else survey_spanish), WORDS[variant]
    if dice.random() < SHORT[polarity]:
        text = sentence(expand(dice.choice(book.SHORT[polarity]), dice, words))
    else:
        text = _long(dice, book, words, polarity, causes)
    return careless(text, dice)


def _long(dice: random.Random, book: ModuleType, words: Words, polarity: int, causes: Sequence[str]) -> str:
    clauses = _clauses(dice, book, polarity, causes)
    whole = dice.choice(book.OPENERS[polarity]) + dice.choice(book.LINKS[polarity]).join(clauses)
    text = expand(whole + dice.choice(book.CLOSERS[polarity]), dice, words)
    return ". ".join(sentence(part) for part in text.split(". ")).replace(" .", ".").replace("  ", " ").strip() + "."


def _clauses(dice: random.Random, book: ModuleType, polarity: int, causes: Sequence[str]) -> list[str]:
    if polarity == NEUTRAL:
        return [dice.choice(book.NEUTRAL)]
    known: Mapping[str, Sequence[str]] = book.NEGATIVE if polarity == NEGATIVE else book.POSITIVE
    usual = ("general", "price") if polarity == NEGATIVE else VIRTUES
    some = [c for c in causes if c in known] or [dice.choice(usual)]
    dice.shuffle(some)
    return [dice.choice(known[c]) for c in some[: 1 + (dice.random() < 0.4)]]
