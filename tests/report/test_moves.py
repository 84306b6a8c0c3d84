"""What moved, in words: by how much at least and at most, and only what holds."""

from __future__ import annotations

from datetime import date

import pytest

from latido.i18n import use
from latido.insights.moved import Breakdown, Move, Moved, Part, Untested
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.report.moves import contributions, notes, sentence, untested
from latido.report.moves_tables import grid, made_of, totals
from latido.stats.decomposition import Contribution
from latido.stats.estimate import Estimate

NOW, THEN = Period(date(2025, 3, 1), date(2025, 4, 1)), Period(date(2025, 2, 1), date(2025, 3, 1))


def move(change: float, low: float, high: float, q: float = 0.01, **where: str) -> Move:
    """CSAT changed by so much."""
    now, then = Estimate(79.1, 76, 82, 400), Estimate(79.1 - change, 80, 88, 400)
    difference = Estimate(change, low, high, 800)
    return Move(METRICS["csat"], where, now, then, difference, q / 100, q, holds=q <= 0.05)


def found(*moves: Move, compared: int = 40, small: int = 0) -> Moved:
    """These changes among so many that were compared."""
    return Moved(NOW, THEN, moves, moves, compared, small, 1)


def part(value: str | None, rate: float, mix: float, *, holds: bool = True) -> Part:
    """A segment that made so much of a change by its own figure, and by its part of the whole."""
    own = Contribution(Estimate(rate, rate - 1, rate + 1, 400), mix, 0.2, 0.3 if mix < 0 else 0.1)
    return Part(value, Estimate(70, 66, 74, 200), Estimate(80, 76, 84, 200), own, holds)


CHAT, WHOLE = move(-6.2, -9.3, -3.1, channel="chat"), move(-6.2, -9, -3.4, q=0.02)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Customer satisfaction (CSAT), channel Chat, fell by 6.2 points (3.1 to 9.3), from 85.3% to 79.1%."),
        ("es", "Satisfacción del cliente (CSAT), canal Chat, bajó 6,2 puntos (3,1 a 9,3): de 85,3 % a 79,1 %."),
    ],
)
def test_a_change_is_one_sentence(language: str, text: str) -> None:
    with use(language):
        assert sentence(CHAT).replace("\u00a0", " ") == text


def test_a_rise_is_called_one() -> None:
    assert " rose by 6.2 points (3.1 to 9.3)" in sentence(move(6.2, 3.1, 9.3))


def test_a_wait_is_told_in_its_own_unit() -> None:
    now, then = Estimate(5400, 5000, 5800, 400), Estimate(9000, 8500, 9500, 400)
    waited = Move(
        METRICS["resolution_time"], {}, now, then, Estimate(-3600, -4200, -3000, 800), 0.001, 0.01, holds=True
    )
    assert sentence(waited) == "Resolution time fell by 1 h (50 min to 1 h 10 min), from 2 h 30 min to 1 h 30 min."


def test_nothing_is_told_where_nothing_holds() -> None:
    assert notes(found(), 0)[0] == "None of 40 differences that were compared can be told from chance."


def test_where_there_is_too_little_of_everything_it_is_said() -> None:
    assert notes(found(compared=0, small=3), 0)[0].startswith("Nothing could be compared")


def test_what_lies_within_a_clearer_segment_is_counted_and_not_told() -> None:
    assert notes(found(CHAT, WHOLE), 1)[0] == "One more segment moved that contains a clearer one, or lies within it."


def test_what_there_is_no_room_for_is_counted() -> None:
    assert notes(found(CHAT, move(-7, -10, -4, channel="phone")), 1)[0] == "One more change is not shown here."


def test_small_segments_are_counted() -> None:
    assert "3 segments were too small to compare." in notes(found(small=3), 0)


def test_what_was_not_compared_is_named_with_the_reason() -> None:
    left = (Untested(METRICS["enps"], "protected"), Untested(METRICS["backlog"], "untestable"))
    told = untested(Moved(NOW, THEN, (), (), 0, 0, 0, left))
    assert told == (
        "Backlog: nothing says of single segments how much of a difference is chance.",
        "Employee net promoter score (eNPS): people in small groups could be recognised.",
    )


def test_a_segment_makes_a_part_of_the_change_by_itself_and_by_its_part_of_all() -> None:
    told = contributions(Breakdown(WHOLE, "channel", (part("chat", -3.5, -0.6), part("email", -2.1, 0))))
    assert told == (
        "By channel: Chat makes 4.1 of it (its own figure 3.5, its larger part of all 0.6); E-mail makes 2.1 of it.",
    )


def test_it_says_so_in_spanish() -> None:
    with use("es"):
        told = contributions(Breakdown(WHOLE, "channel", (part("chat", -3.5, -0.6),)))
    named = "Por canal: Chat aporta 4,1 (su propia cifra, 3,5; su mayor peso en el total, 0,6)."
    assert told == (f"{named} El resto, 2,1, se reparte entre segmentos que por sí solos dicen poco.",)


def test_what_the_others_took_back_is_said() -> None:
    told = contributions(Breakdown(WHOLE, "channel", (part("chat", -7.5, 0), part("email", 1.3, 0))))
    assert told == ("By channel: Chat makes 7.5 of it. The others went the other way, by 1.3 together.",)


def test_a_segment_whose_own_change_may_be_chance_is_not_told() -> None:
    assert contributions(Breakdown(WHOLE, "channel", (part("chat", -3.5, 0, holds=False),))) == ()


def test_a_segment_that_went_the_other_way_is_not_said_to_have_made_it() -> None:
    assert contributions(Breakdown(WHOLE, "channel", (part("chat", 1.5, 0),))) == ()


def test_a_change_that_only_came_from_the_mix_is_called_that() -> None:
    told = contributions(Breakdown(WHOLE, "channel", (part("chat", -0.2, -5, holds=False),)))
    assert told == (
        "By channel, 5.0 of it comes from larger and smaller parts of all, not from the figures themselves.",
    )


def test_a_total_that_did_not_move_says_what_would_have_shown() -> None:
    row = totals(found(move(-1, -4, 2, q=0.6))).rows[0]
    assert (row[-1].text, row[-1].tone) == ("cannot be told from chance", "muted")
    assert row[8].text == "4.3 pp"


def test_a_change_says_what_it_would_take_to_see_five_and_twelve_points() -> None:
    row = grid(found(WHOLE), [WHOLE]).rows[0]
    assert [cell.text for cell in row[-2:]] == ["257", "45"]


def test_a_q_value_that_is_next_to_nothing_is_not_called_nothing() -> None:
    assert grid(found(WHOLE), [move(-6.2, -9, -3.4, q=1e-9)]).rows[0][6].text == "< 0.0001"


def test_what_segments_made_is_a_table_in_which_what_may_be_chance_is_grey() -> None:
    rows = made_of([Breakdown(WHOLE, "channel", (part("chat", -3.5, -0.6), part(None, -1, 0, holds=False)))]).rows
    assert [(row[2].text, row[3].text, row[4].tone) for row in rows] == [
        ("Chat", "−4.1", "plain"),
        ("—", "−1.0", "muted"),
    ]
