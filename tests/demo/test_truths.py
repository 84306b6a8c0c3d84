"""What was planted can be found, by simple counting; where nothing was, there is nothing to find."""

from __future__ import annotations

import pytest

from latido.demo.company import Company
from latido.demo.effects import NONE, PLANTED, sizes
from latido.demo.truths import Figures

CHAIN = ("first_reply", "resolution", "transfers", "reopens", "touches")


@pytest.mark.parametrize(
    ("cause", "planted"),
    [("first_reply", -0.30), ("resolution", -0.26), ("transfers", -0.50), ("reopens", -0.40), ("touches", -0.10)],
)
def test_waiting_makes_effort(figures: Figures, cause: str, planted: float) -> None:
    assert figures["chain"]["ces_on_causes"][cause] == pytest.approx(planted, abs=0.16)


def test_effort_makes_dissatisfaction(figures: Figures) -> None:
    assert 0.36 < figures["chain"]["csat_on_ces"] < 0.60


def test_satisfaction_makes_recommendation(figures: Figures) -> None:
    assert 0.9 < figures["chain"]["nps_on_satisfaction"]["slope"] < 2.0


def test_detractors_leave_more(figures: Figures) -> None:
    left = figures["churn"]["half_year_after_answer"]
    assert left["0-6"] > 1.5 * left["9-10"]


def test_the_outage_trebles_the_region_s_tickets(figures: Figures) -> None:
    assert 2.0 < figures["outage"]["ratio"] < 4.6


def test_the_outage_trebles_the_region_s_wait(figures: Figures) -> None:
    assert 2.0 < figures["outage"]["first_reply_factor_like_for_like"] < 4.5


def test_the_outage_costs_the_region_its_recommendation(figures: Figures) -> None:
    there, elsewhere = figures["outage"]["nps_there"], figures["outage"]["nps_elsewhere"]
    assert (there["2026-04"] - there["2025-10"]) - (elsewhere["2026-04"] - elsewhere["2025-10"]) < -25


def test_the_bot_transfers_more(figures: Figures) -> None:
    assert figures["bot"]["difference_in_differences"] == pytest.approx(PLANTED.bot_transfers, abs=0.03)


def test_the_training_saves_replies_and_returns(figures: Figures) -> None:
    before, after = figures["training"]["team_before"], figures["training"]["team_after"]
    assert after["touches"] < 0.92 * before["touches"]
    assert after["back_again"] < 0.8 * before["back_again"]


def test_other_teams_stay_as_they_were(figures: Figures) -> None:
    before, after = figures["training"]["others_before"], figures["training"]["others_after"]
    assert after["touches"] == pytest.approx(before["touches"], rel=0.03)


@pytest.mark.parametrize("change", ["2024-12-01", "2025-06-01", "2025-12-01", "2026-06-01"])
def test_the_double_charge_recurs(figures: Figures, change: str) -> None:
    assert 1.7 < figures["billing"][change]["ratio"] < 3.1


def test_winter_is_for_heating_and_monday_for_everything(figures: Figures) -> None:
    assert figures["season"]["heating_winter_to_summer"] > 2.5
    assert figures["season"]["monday_to_other_weekday"] > 1.25


@pytest.mark.parametrize("survey", ["csat", "ces", "nps_relationship"])
def test_the_unhappy_answer_less(figures: Figures, survey: str) -> None:
    shares = list(figures["answering"][survey].values())
    assert shares[0] < 0.8 * shares[-1]


def test_those_who_answer_flatter_the_company(figures: Figures) -> None:
    waves = figures["population_nps"].values()
    assert sum(w["answered"] - w["asked"] for w in waves) / 4 > 5


def test_late_installations_cost_recommendation(figures: Figures) -> None:
    assert figures["orders"]["nps_late"] < figures["orders"]["nps_on_time"] - 15


def test_nothing_planted_is_nothing_everywhere() -> None:
    assert set(sizes(NONE).values()) == {0.0}


@pytest.mark.parametrize("cause", CHAIN)
def test_without_effects_waiting_costs_nothing(quiet_figures: Figures, cause: str) -> None:
    assert quiet_figures["chain"]["ces_on_causes"][cause] == pytest.approx(0, abs=0.12)


def test_without_effects_there_is_no_outage_bot_training_or_charge(quiet_figures: Figures) -> None:
    assert 0.5 < quiet_figures["outage"]["ratio"] < 1.7
    assert quiet_figures["bot"]["difference_in_differences"] == pytest.approx(0, abs=0.03)
    assert quiet_figures["training"]["team_after"]["touches"] == pytest.approx(
        quiet_figures["training"]["team_before"]["touches"], rel=0.06
    )
    assert 0.8 < quiet_figures["billing"]["2025-06-01"]["ratio"] < 1.25


def test_without_effects_the_silent_think_as_the_others(quiet_figures: Figures) -> None:
    waves = quiet_figures["population_nps"].values()
    assert sum(w["answered"] - w["asked"] for w in waves) / 4 == pytest.approx(0, abs=5)


def test_without_effects_it_is_the_same_company(company: Company, quiet: Company) -> None:
    assert company.people.email.tolist() == quiet.people.email.tolist()
    assert [p.name for p in company.staff.people] == [p.name for p in quiet.staff.people]
