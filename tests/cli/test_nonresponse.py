"""`latido nonresponse`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run, run
from tests.surveyed import surveyed


@pytest.fixture
def asking() -> Run:
    """Run a command on a company that keeps whom it asked."""
    return lambda *words, **more: run("-w", str(surveyed()), *words, **more)


def test_it_shows_the_score_raw_and_weighted(asking: Run) -> None:
    done = asking("nonresponse", "nps")
    assert done.exit_code == 0, done.output
    assert [word in done.output for word in ("as answered", "weighted", "by the second method")] == [True] * 3


def test_it_shows_who_answers(asking: Run) -> None:
    assert "Slow, handed-over or reopened tickets of the last 180 days" in asking("nonresponse", "nps").output


def test_sentences_say_what_would_overturn_it(asking: Run) -> None:
    done = asking("nonresponse", "nps", "--where", "wave=one", "--sentences", "--shift", "-10")
    assert "For the target (20.0) the silent would have to be" in done.output
    assert "are 10 points worse than people like them" in done.output


def test_json_has_scores_and_levels(asking: Run) -> None:
    told = json.loads(asking("nonresponse", "nps", "--json", "--cap", "3").output)
    assert (told["groups"][0]["cap"], {"trait", "level"} <= set(told["levels"][0])) == (3, True)


def test_csv_is_a_row_for_each_score(asking: Run) -> None:
    assert len(asking("nonresponse", "nps", "--csv").output.splitlines()) == 2


def test_it_cannot_speak_for_customers_that_nobody_has_imported(asking: Run) -> None:
    done = asking("nonresponse", "nps", "--customers")
    assert (done.exit_code, "no customers to weight to" in done.output) == (2, True)


def test_where_nobody_was_asked_it_says_what_to_import(acme: Run) -> None:
    assert "one row per invitation" in acme("nonresponse", "nps").output


def test_it_speaks_spanish(asking: Run) -> None:
    assert "ponderado por quienes no" in asking("--lang", "es", "nonresponse", "nps", "--sentences").output
