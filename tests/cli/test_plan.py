"""`latido plan`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_it_says_what_is_needed_and_what_is_there(acme: Run) -> None:
    done = acme("plan", "nps", "--difference", "3", "--by", "channel", "--period", "month")
    assert done.exit_code == 0, done.output
    assert [word in done.output for word in ("it needs", "there a month", "E-mail", "all together")] == [True] * 4


def test_sentences_alone(acme: Run) -> None:
    assert acme("plan", "nps", "--difference", "3", "--sentences").output.startswith("To tell a change of 3 points")


def test_a_share_is_known_within_its_margin(acme: Run) -> None:
    assert "to within 5 points" in acme("plan", "nps", "--margin", "5", "--population", "300", "--sentences").output


def test_a_test_has_two_groups(acme: Run) -> None:
    told = json.loads(acme("plan", "nps", "--difference", "10", "--test", "20", "--json").output)
    assert told[0]["second"] == pytest.approx(4 * told[0]["first"], rel=0.01)


def test_the_settings_target_is_looked_at(acme: Run) -> None:
    assert "the target of 20.0" in acme("plan", "nps", "--target", "--sentences").output


def test_another_target_can_be_named(acme: Run) -> None:
    assert "the target of 90.0" in acme("plan", "nps", "--goal", "90", "--sentences").output


def test_what_is_assumed_takes_the_place_of_data(empty: Run) -> None:
    words = ("plan", "csat", "--difference", "5", "--value", "80", "--n", "300", "--response", "25", "--json")
    told = json.loads(empty(*words).output)
    assert (told[0]["have"], told[0]["invitations"]) == (300, 4 * told[0]["needed"])


def test_without_data_it_asks_for_assumptions(empty: Run) -> None:
    done = empty("plan", "nps", "--difference", "5")
    assert (done.exit_code, "--value" in done.output) == (2, True)


def test_csv_is_a_row_for_each_group(acme: Run) -> None:
    assert len(acme("plan", "nps", "--by", "channel", "--csv").output.splitlines()) == 3


def test_people_are_counted_or_numbers(acme: Run) -> None:
    assert acme("plan", "nps", "--margin", "5", "--population", "many").exit_code == 2


def test_it_speaks_spanish(acme: Run) -> None:
    assert "hacen falta" in acme("--lang", "es", "plan", "nps", "--difference", "3", "--sentences").output
