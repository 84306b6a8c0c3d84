"""Sentences from templates, and how people type them."""

from __future__ import annotations

import random
import re

import pytest

from latido.demo.words.comments import NEGATIVE, NEUTRAL, POSITIVE, WORDS, comment
from latido.demo.words.grammar import careless, expand, slip
from latido.demo.words.messages import write_messages
from latido.demo.world import ENGLISH, MEXICO, SPAIN

VARIANTS = pytest.mark.parametrize("variant", [SPAIN, MEXICO, ENGLISH])
SIDES = pytest.mark.parametrize("side", [NEGATIVE, NEUTRAL, POSITIVE])


def many(variant: int, side: int, causes: list[str], n: int = 3000) -> list[str]:
    dice = random.Random(1)
    return [text for _ in range(n) if (text := comment(dice, variant, side, list(causes)))]


def test_choices_and_words_are_filled_in() -> None:
    assert expand("[a|a] {x} [b|b [c|c]]", random.Random(0), {"x": ["y"]}) in {"a y b", "a y b c"}


@VARIANTS
@SIDES
def test_nothing_of_the_grammar_is_left(variant: int, side: int) -> None:
    assert not [t for t in many(variant, side, ["wait", "fast"]) if re.search(r"[\[\]{}|]", t)]


@VARIANTS
def test_comments_are_hardly_ever_the_same(variant: int) -> None:
    texts = [t for t in many(variant, NEGATIVE, ["wait", "transfer"]) if len(t) > 30]
    assert len(set(texts)) > 0.7 * len(texts)


@SIDES
def test_many_leave_the_field_empty(side: int) -> None:
    assert 0.2 < len(many(SPAIN, side, [])) / 3000 < 0.7


def test_a_cause_is_named() -> None:
    texts = many(SPAIN, NEGATIVE, ["charge"])
    assert sum(bool(re.search("cobr|cargo|factura|tarifa", t.lower())) for t in texts) > 0.6 * len(texts)


def test_mexicans_write_as_mexicans() -> None:
    assert "padr" in " ".join(many(MEXICO, POSITIVE, [])).lower()
    assert "padr" not in " ".join(many(SPAIN, POSITIVE, [])).lower()


def test_english_is_english() -> None:
    assert not [t for t in many(ENGLISH, NEGATIVE, ["wait"]) if re.search(r"\b(que|para|muy|gracias)\b", t.lower())]


def test_a_slip_changes_little() -> None:
    assert abs(len(slip("contestaron", random.Random(2))) - len("contestaron")) <= 1


def test_careless_people_leave_accents_out() -> None:
    dice = random.Random(0)
    assert {careless("Más rápido.", dice) for _ in range(300)} >= {"Más rápido.", "Más rápido", "Mas rapido."}


@VARIANTS
def test_words_of_a_variant_are_never_missing(variant: int) -> None:
    assert all(options for options in WORDS[variant].values())


def test_messages_are_json_texts() -> None:
    pools = write_messages(1)
    assert all(t.startswith('"') and t.endswith('"') for pool in pools.turns.values() for t in pool.tolist())
