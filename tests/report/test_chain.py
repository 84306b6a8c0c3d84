"""The chain in words: with its interval, never as a cause, and what cannot be told from zero is called that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from latido.config.chain import usual
from latido.i18n import use
from latido.insights.chain import Gain, Part, Path, Worth, declaration
from latido.report.chain import answer, arrow, changed, gains, lower, notes
from latido.stats.estimate import Estimate

CHAIN = declaration(usual())


def of(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 900)


def part(name: str) -> Part:
    return CHAIN.part(name)


LESS = of(-0.21, -0.3, -0.12)


def worth(change: float = -1, *, leaving: Estimate = LESS) -> Worth:
    """An hour less of first reply."""
    told = (
        Gain(part("effort"), "scale points", of(0.17, 0.16, 0.18)),
        Gain(part("loyalty"), "points", of(1.3, 0.9, 1.7)),
        Gain(part("churn"), "%", leaving),
    )
    waiting = part("waiting")
    return Worth(waiting.variables[0], "first_reply_time.hours", waiting, change, change, "h", 2.0, -0.6, told, 16_000)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


ENGLISH = (
    "1 h less of first reply time goes with 1.3 points more of NPS (0.9 to 1.7) and 2.1 of 1,000 customers more kept "
    "in half a year (1.2 to 3.0). Association, not cause."
)
SPANISH = (
    "1 h menos de tiempo de primera respuesta va con 1,3 puntos más de NPS (0,9 a 1,7) y 2,1 de cada 1.000 clientes "
    "más que se quedan en medio año (1,2 a 3,0). Asociación, no causa."
)


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("es", SPANISH)])
def test_the_answer_is_one_sentence_with_its_intervals(language: str, text: str) -> None:
    with use(language):
        assert plain(answer(worth())) == text


def test_what_cannot_be_told_from_zero_is_not_told_as_a_gain() -> None:
    said = answer(worth(leaving=of(-0.1, -0.3, 0.1)))
    assert "customers more kept" not in said
    assert "in “Leaving” cannot be told from zero" in said


def test_a_loss_is_called_one() -> None:
    said = answer(worth(leaving=of(0.21, 0.12, 0.3)))
    assert "2.1 of 1,000 customers more lost in half a year (1.2 to 3.0)" in said


def test_without_surveys_of_recommendation_the_last_link_is_told() -> None:
    only = replace(worth(), gains=worth().gains[:1])
    assert answer(only) == (
        "1 h less of first reply time goes with 0.17 more of ease (0.16 to 0.18). Association, not cause."
    )


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [(-0.75, "h", "45 min less of"), (0.5, "score", "0.50 points of the scale more of"), (-2, "%", "2.0% less of"),
     (-1, "times", "1 time less of")],
)  # fmt: skip
def test_a_change_is_said_in_its_unit(change: float, unit: str, text: str) -> None:
    assert changed(replace(worth(), change=change, unit=unit)).startswith(text)


def test_every_link_on_the_way_is_told() -> None:
    assert gains(worth()) == [
        "Ease: +0.170 (+0.160 to +0.180).", "Recommendation of the company: +1.30 NPS (+0.900 to +1.70).",
        "Leaving: −0.210 pp (−0.300 to −0.120).",
    ]  # fmt: skip


def test_from_where_the_change_is_counted_is_said() -> None:
    assert "Half of the tickets wait less than 2 h now" in notes(worth())[0]


def test_more_than_all_of_a_wait_is_said_to_be_all_of_it() -> None:
    assert "taken away is all of the 2 h" in notes(replace(worth(-2), asked=-9))[0]


def test_customers_are_counted_among_those_who_wrote() -> None:
    assert "Of the 16,000 customers who wrote in the last half-year that is 34 (19 to 48)." in notes(worth())[1]


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        (of(-0.5, -0.6, -0.4), "More of “Waiting” goes with less of “Ease”: −0.50 (−0.60 to −0.40), a strong link."),
        (of(0.5, 0.4, 0.6), "More of “Waiting” goes with more of “Ease”: +0.50 (+0.40 to +0.60), a strong link."),
        (
            of(0.1, -0.1, 0.3),
            "“Waiting” and “Ease”: beside what passes by way of others, nothing clear goes from one to the other.",
        ),
    ],
)
def test_an_arrow_says_which_way_it_goes_or_that_nothing_can_be_told(strength: Estimate, said: str) -> None:
    assert arrow(Path(part("waiting"), part("effort"), strength, strength, 900)) == said


@pytest.mark.parametrize(("name", "within"), [("Value", "value"), ("SLA attainment", "SLA attainment")])
def test_names_are_small_within_a_sentence_unless_they_are_abbreviations(name: str, within: str) -> None:
    assert lower(name) == within
