"""`latido correlate`."""

from __future__ import annotations

import json

from tests.cli.conftest import Run

TWO = ("first_reply_time", "first_contact_resolution")


def test_the_usual_metrics_are_compared(acme: Run) -> None:
    done = acme("correlate")
    assert (done.exit_code, "What goes together" in done.output) == (0, True)


def test_where_nothing_holds_it_says_how_much_was_compared(acme: Run) -> None:
    done = acme("correlate", *TWO, "--sentences")
    assert done.output == "The one pair that was compared cannot be told from chance.\n"


def test_json_is_a_list_of_pairs_told_or_not(acme: Run) -> None:
    (record,) = json.loads(acme("correlate", *TWO, "--json").output)
    assert (record["first"], record["second"], record["holds"]) == (*TWO, False)


def test_csv_has_a_row_a_pair(acme: Run) -> None:
    assert len(acme("correlate", *TWO, "resolution_time", "--csv").output.splitlines()) == 4


def test_a_pair_that_goes_together_by_definition_is_null_and_says_so(acme: Run) -> None:
    (record,) = json.loads(acme("correlate", "first_reply_time", "resolution_time", "--json").output)
    assert (record["rho"], record["untold"]) == (None, "linked")


def test_lags_are_those_of_weeks_of_teams(acme: Run) -> None:
    done = acme("correlate", "--grain", "customer", "--lags")
    assert (done.exit_code, "no lags" in done.output) == (2, True)


def test_an_unknown_metric_is_answered_with_the_nearest(acme: Run) -> None:
    assert "nps" in acme("correlate", "npss", "csat").output


def test_an_empty_workspace_says_what_to_do(empty: Run) -> None:
    done = empty("correlate")
    assert (done.exit_code != 0, "import" in done.output) == (True, True)


def test_it_speaks_spanish(acme: Run) -> None:
    assert "no se distingue del azar" in acme("--lang", "es", "correlate", *TWO).output
