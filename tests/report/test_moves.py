"""What moved, in words: by how much at least and at most, and only what holds."""

from __future__ import annotations

from datetime import date

import pytest

from latido.i18n import use
from latido.insights.moved import Move, Moved
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.report.moves import grid, notes, sentence
from latido.stats.estimate import Estimate

NOW, THEN = Period(date(2025, 3, 1), date(2025, 4, 1)), Period(date(2025, 2, 1), date(2025, 3, 1))


def move(change: float, low: float, high: float, q: float = 0.01, **where: str) -> Move:
    """CSAT changed by so much."""
    now, then = Estimate(79.1, 76, 82, 400), Estimate(79.1 - change, 80, 88, 400)
    return Move(METRICS["csat"], where, now, then, Estimate(change, low, high, 800), q / 100, q, holds=True)


def found(*moves: Move, compared: int = 40, small: int = 0) -> Moved:
    """These changes among so many that were compared."""
    return Moved(NOW, THEN, moves, (), compared, small, 1)


CHAT, WHOLE = move(-6.2, -9.3, -3.1, channel="chat"), move(-3, -5, -1, q=0.02)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Customer satisfaction (CSAT) (Channel: Chat) fell by 6.2 pp (3.1 pp to 9.3 pp), from 85.3% to 79.1%."),
        (
            "es",
            "Satisfacción del cliente (CSAT) (Canal: Chat) bajó 6,2 p. p. (3,1 p. p. a 9,3 p. p.): de 85,3 % a 79,1 %.",
        ),
    ],
)
def test_a_change_is_one_sentence(language: str, text: str) -> None:
    with use(language):
        assert sentence(CHAT).replace("\u00a0", " ") == text


def test_a_rise_is_called_one() -> None:
    assert " rose by 6.2" in sentence(move(6.2, 3.1, 9.3))


def test_nothing_is_told_where_nothing_holds() -> None:
    assert notes(found(), 0)[0] == "None of 40 differences that were compared can be told from chance."


def test_what_lies_within_a_clearer_segment_is_counted_and_not_told() -> None:
    shown = grid(found(CHAT, WHOLE), 20)
    assert (len(shown.rows), "One more segment moved" in shown.notes[0]) == (1, True)


def test_other_segments_are_told() -> None:
    assert len(grid(found(CHAT, move(-7, -10, -4, channel="phone")), 20).rows) == 2


def test_small_segments_are_counted() -> None:
    assert "3 segments were too small to compare." in notes(found(small=3), 0)
