"""A small grammar: `[a|b]` is a choice, `{name}` a word that depends on who writes."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")

Words = Mapping[str, Sequence[str]]


def expand(template: str, dice: random.Random, words: Words) -> str:
    """One sentence of a template.

    >>> expand("[hola|buenas], {you}", random.Random(1), {"you": ["tú"]})
    'hola, tú'
    """
    while "[" in template:
        template = _CHOICE.sub(lambda m: _one(m[1].split("|"), dice), template)
    return _SLOT.sub(lambda m: _one(words[m[1]], dice), template)


def _one(options: Sequence[str], dice: random.Random) -> str:
    return options[int(dice.random() * len(options))]


def sentence(text: str) -> str:
    """With a capital at the beginning."""
    return text[:1].upper() + text[1:]


def careless(text: str, dice: random.Random) -> str:
    """The same text as people type it: without accents, without capitals, letters lost or swapped."""
    luck = dice.random()
    if luck < 0.12:
        text = _bare(text)
    elif luck < 0.22:
        text = _bare(text.lower())
    elif luck < 0.235:
        text = text.upper()
    if dice.random() < 0.10:
        text = slip(text, dice)
    if dice.random() < 0.35:
        text = text.removesuffix(".")
    return text


def slip(text: str, dice: random.Random) -> str:
    """One letter lost, doubled, or swapped with the next."""
    if len(text) < 6:
        return text
    i = 1 + int(dice.random() * (len(text) - 3))
    how = int(dice.random() * 3)
    middle = (text[i + 1] + text[i], text[i + 1], text[i] * 2 + text[i + 1])[how]
    return text[:i] + middle + text[i + 2 :]


def _bare(text: str) -> str:
    split = unicodedata.normalize("NFD", text.replace("ñ", "\0"))
    return (
        "".join(c for c in split if not unicodedata.combining(c)).replace("\0", "ñ").replace("¿", "").replace("¡", "")
    )
