"""What goes together, in words: who has more of what, how closely, and that no cause is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from latido.i18n import use
from latido.insights.correlation import Correlations, Delay, Pair, Within, fits
from latido.metrics.measurement import Period
from latido.metrics.units import GRAINS, grain, offered, variable
from latido.report.correlation import amount, beneath, chance, grid, lines, notes, rho, sentence
from latido.report.correlation_drawn import course, delays, matrix, short, whole
from latido.report.correlation_words import says
from latido.stats.estimate import Estimate, unknown

HOLDS = Estimate(-0.41, -0.43, -0.39, 13_444)
CHANCE = Estimate(0.02, -0.03, 0.07, 1_200)
SPAN = Period(date(2025, 1, 1), date(2025, 4, 1))


def pair(first: str = "first_reply_time", second: str = "ces", estimate: Estimate = HOLDS, **more: object) -> Pair:
    """Two metrics of tickets."""
    at = grain("ticket")
    clear = estimate is not CHANCE
    given = Pair(variable(first, at), variable(second, at), estimate, 0.001 if clear else 0.4,
                 0.002 if clear else 0.6, estimate.n)  # fmt: skip
    return replace(given, **more)  # type: ignore[arg-type]


def found(*pairs: Pair, at: str = "ticket") -> Correlations:
    """These pairs among all."""
    there = {each.name: each for one in pairs for each in (one.first, one.second)}
    return Correlations(grain(at), tuple(there.values()), pairs, SPAN)


EN = (
    "Tickets that waited longer for the first reply were felt as harder: ρ −0.41 (−0.43 to −0.39), a moderate link, "
    "13,444 tickets. Association, not cause."
)
ES = (
    "Los tickets que esperaron más la primera respuesta se sintieron más difíciles: ρ −0,41 (−0,43 a −0,39), una "
    "relación moderada, 13.444 tickets. Asociación, no causa."
)


@pytest.mark.parametrize(("language", "text"), [("en", EN), ("es", ES)])
def test_a_pair_is_one_sentence_without_jargon(language: str, text: str) -> None:
    with use(language):
        assert sentence(pair(), "ticket") == text


def test_customers_and_weeks_of_teams_are_told_as_such() -> None:
    assert sentence(pair(), "customer").startswith("Customers who waited longer for the first reply found it harder:")
    assert sentence(pair(), "team_week").startswith("In weeks in which a team's tickets waited longer")


def test_what_cannot_be_told_from_chance_is_called_that() -> None:
    said = sentence(pair(estimate=CHANCE), "ticket")
    assert "cannot be told from chance" in said
    assert "waited" not in said


@pytest.mark.parametrize(
    ("why", "said"), [("linked", "by definition"), ("few", "too few to say anything"), ("flat", "the same everywhere")]
)
def test_where_nothing_is_said_it_is_said_why(why: str, said: str) -> None:
    assert said in sentence(pair(estimate=unknown(12), untold=why, p=float("nan"), q=float("nan")), "ticket")


def test_simpsons_paradox_is_told() -> None:
    other = Within("channel", Estimate(0.2, 0.1, 0.3, 900), 3)
    assert beneath(pair(within=(other,)), "ticket") == (
        "Among tickets of the same channel it is the other way round: ρ 0.20 (0.10 to 0.30).",
    )


def test_what_vanishes_within_topics_is_told_and_what_stays_is_not() -> None:
    gone, stays = Within("topic", CHANCE, 5), Within("channel", HOLDS, 3)
    (said,) = beneath(pair(within=(gone, stays)), "ticket")
    assert said.startswith("Among tickets of the same topic nothing of it is left")


@pytest.mark.parametrize(
    ("lag", "said"),
    [
        (0, "the same week is the clearest"),
        (2, "First reply time, and Customer effort score (CES) 2 weeks later"),
        (-1, "Customer effort score (CES), and First reply time a week later"),
    ],
)
def test_the_clearest_delay_is_told_from_what_comes_first(lag: int, said: str) -> None:
    (told,) = beneath(pair(lags=(Delay(lag, HOLDS, 0.001, 0.01), Delay(5, CHANCE, 0.4, 0.6))), "team_week")
    assert said in told


def test_a_delay_that_does_not_hold_is_not_told() -> None:
    assert beneath(pair(lags=(Delay(2, CHANCE, 0.4, 0.6),)), "team_week") == ()


def test_the_table_has_what_holds_and_the_notes_what_does_not() -> None:
    linked = pair("csat", "csat.score", CHANCE, untold="linked", p=float("nan"))
    shown = grid(found(pair(), pair("transfer_rate", "ces", CHANCE), linked), 20)
    assert [[cell.text for cell in row[2:4]] for row in shown.rows] == [["−0.41", "−0.43 to −0.39"]]
    assert shown.notes[0] == "One other pair was compared and cannot be told from chance."
    assert "One pair goes together by definition and was left out." in shown.notes
    assert shown.notes[-1].startswith("ρ says how surely more of one comes with more of the other")


def test_where_nothing_holds_nothing_else_is_told() -> None:
    assert lines(found(pair(estimate=CHANCE)), 20) == ("The one pair that was compared cannot be told from chance.",)


def test_who_was_drawn_is_told() -> None:
    assert "Of pairs with more than 13,444 tickets, so many were drawn by lot" in notes(found(pair(of=9e6)), 1)[-2]


@pytest.mark.parametrize("at", GRAINS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_usual_metric_has_words_of_its_own(at: str, language: str) -> None:
    level = grain(at)
    names = [m.name for m in offered() if fits(m, level)]
    with use(language):
        said = [str(says(variable(name, level), at).more) for name in names]
        bare = [name for name, text in zip(names, said, strict=True) if "value of" in text or "valor" in text]
    assert set(bare) <= {"csat_of_asked", "mention_response_time", "ticket_volume", "sla_attainment"}
    assert len(set(said)) == len(said)


def test_numbers_are_short_and_never_minus_nothing() -> None:
    assert (rho(-0.001), rho(-0.415), chance(1e-9), chance(0.0312)) == ("0.00", "−0.41", "< 0.0001", "0.0312")


def test_doublings_are_told_as_the_wait_that_they_stand_for() -> None:
    assert amount(2.0, variable("first_reply_time")) == "3 h"


def test_the_matrix_colours_only_what_holds() -> None:
    drawn = matrix(found(pair(), pair("first_reply_time", "transfer_rate", CHANCE),
                         pair("ces", "transfer_rate", untold="few")))  # fmt: skip
    assert drawn.columns == ("First reply time", "CES")
    assert [[(s.text, s.look) for s in line.squares] for line in drawn.lines] == [
        [("−0.41", "n3")], [("·", "chance"), ("", "none")],
    ]  # fmt: skip


def test_what_is_otherwise_within_channels_has_an_asterisk() -> None:
    drawn = matrix(found(pair(within=(Within("channel", CHANCE, 3),))))
    assert (drawn.lines[0].squares[0].text, drawn.doubtful) == ("−0.41*", True)


def test_two_readings_of_a_metric_are_told_apart() -> None:
    assert list(short([variable("csat"), variable("csat.score"), variable("ces")]).values()) == [
        "CSAT (csat)", "CSAT (csat.score)", "CES",
    ]  # fmt: skip


def test_only_delays_that_hold_have_a_colour() -> None:
    drawn = delays(pair(lags=(Delay(-1, CHANCE, 0.4, 0.6), Delay(1, HOLDS, 0.001, 0.01))))
    assert [(row["label"], row["tone"]) for row in drawn.data["rows"]] == [("−1", "neutral"), ("+1", "bad")]


def test_a_pair_without_a_course_draws_nothing() -> None:
    assert course(pair()).empty


def test_every_pair_stands_in_the_table() -> None:
    pairs = [pair(a, b, CHANCE) for a, b in combinations(("first_reply_time", "ces", "transfer_rate"), 2)]
    assert len(whole(found(*pairs)).rows) == 3
