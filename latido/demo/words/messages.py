"""Pools of ticket texts, written once and drawn from by position."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from latido.demo import events
from latido.demo.columns import Ints, Random, Texts, texts
from latido.demo.words import ticket_english, ticket_spanish
from latido.demo.words.grammar import Words, careless, expand, sentence
from latido.demo.world import ENGLISH, SUBTOPICS, TOPICS, VARIANTS

WORDS: tuple[Words, ...] = (
    {**ticket_spanish.SHARED_WORDS, **ticket_spanish.SPAIN_WORDS},
    {**ticket_spanish.SHARED_WORDS, **ticket_spanish.MEXICO_WORDS},
    ticket_english.WORDS,
)
TURNS = {
    events.SAY_BOT: "bot",
    events.SAY_REPLY: "reply",
    events.SAY_FINAL: "final",
    events.SAY_ANSWER: "answer",
    events.SAY_THANKS: "thanks",
    events.SAY_AGAIN: "again",
    events.SAY_PERSON: "person",
    events.SAY_NOTE: "note",
    events.SAY_TRANSFER: "transfer",
    events.SAY_HOLD: "hold",
    events.SAY_PROACTIVE: "proactive",
    events.SAY_SPAM: "spam",
}
BY_CUSTOMER = ("answer", "thanks", "again", "person")
DEEP, WIDE = 40, 240
SUBTOPIC_COUNT = len(SUBTOPICS[0])


@dataclass(frozen=True)
class Messages:
    """Texts as JSON strings (quotes included): openings by variant, topic and subtopic; turns by kind and variant."""

    subjects: Texts
    openings: Texts
    turns: dict[int, Texts]

    def opening(self, rng: Random, variant: Ints, topic: Ints, subtopic: Ints) -> tuple[Texts, Texts]:
        """Subject and first message for each of these tickets."""
        cell = (variant * len(TOPICS) + topic) * SUBTOPIC_COUNT + subtopic
        at = cell * DEEP + rng.integers(0, DEEP, len(cell))
        return self.subjects[at], self.openings[at]

    def turn(self, rng: Random, says: int, variant: Ints) -> Texts:
        """Something to say at this turn, for each of these customers."""
        return np.asarray(self.turns[says][variant * WIDE + rng.integers(0, WIDE, len(variant))], dtype=object)


def write_messages(seed: int) -> Messages:
    """All pools."""
    dice = random.Random(seed)
    pairs = [_opening(dice, v, t, s) for v, t, s in _cells() for _n in range(DEEP)]
    turns = {
        say: texts(_turn(dice, v, name) for v in range(len(VARIANTS)) for _n in range(WIDE))
        for say, name in TURNS.items()
    }
    return Messages(texts(s for s, _ in pairs), texts(o for _, o in pairs), turns)


def _cells() -> list[tuple[int, int, int]]:
    shape = (len(VARIANTS), len(TOPICS), SUBTOPIC_COUNT)
    return [(int(v), int(t), int(s)) for v, t, s in np.ndindex(shape)]


def _opening(dice: random.Random, variant: int, topic: int, subtopic: int) -> tuple[str, str]:
    book, words = (ticket_english if variant == ENGLISH else ticket_spanish), WORDS[variant]
    problems: Sequence[Sequence[tuple[str, str]]] = book.PROBLEMS
    subject, problem = (expand(t, dice, words) for t in problems[topic][subtopic])
    hello, look, bye = (expand(t, dice, words) for t in ("{hello}", "{look}", "{bye}"))
    stop = "" if problem.endswith("?") else "."
    text = f"{hello}, {problem}{stop} {look}" + (f" {bye}." if bye else "")
    return quoted(sentence(subject)), quoted(careless(text, dice))


def _turn(dice: random.Random, variant: int, name: str) -> str:
    book, words = (ticket_english if variant == ENGLISH else ticket_spanish), WORDS[variant]
    options: Sequence[str] = book.TURNS[name]
    text = expand(dice.choice(options), dice, words).strip()
    return quoted(careless(text, dice) if name in BY_CUSTOMER else text)


def quoted(text: str) -> str:
    """The text as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)
