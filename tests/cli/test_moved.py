"""`latido moved`."""

from __future__ import annotations

import json

from tests.cli.conftest import Run

MARCH = ("--from", "2025-03-01", "--to", "2025-04-01")


def test_where_nothing_moved_it_says_how_much_was_compared(acme: Run) -> None:
    done = acme("moved", *MARCH)
    assert "differences that were compared can be told from chance." in done.output


def test_sentences_say_how_much_was_compared_too(acme: Run) -> None:
    done = acme("moved", "nps", *MARCH, "--sentences")
    days, rest, *_more = done.output.splitlines()
    assert days == "1 Mar 2025 – 31 Mar 2025 against 29 Jan 2025 – 28 Feb 2025:"
    assert rest.startswith(("None of ", "The one difference"))


def test_json_is_a_list_of_changes(acme: Run) -> None:
    assert json.loads(acme("moved", "nps", *MARCH, "--json").output) == []


def test_an_unknown_metric_is_answered_with_the_nearest(acme: Run) -> None:
    assert "nps" in acme("moved", "npss").output


def test_an_empty_workspace_says_what_to_do(empty: Run) -> None:
    done = empty("moved")
    assert (done.exit_code != 0, "import" in done.output) == (True, True)


def test_it_speaks_spanish(acme: Run) -> None:
    assert "se distingue del azar" in acme("--lang", "es", "moved", "nps", *MARCH).output
