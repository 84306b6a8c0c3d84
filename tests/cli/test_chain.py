"""`latido chain`."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_what_nothing_measures_is_said(acme: Run) -> None:
    assert "Nothing in your data measures “Ease” yet" in acme("chain").output


def test_sentences_say_that_it_is_no_proof_only_where_there_is_something(acme: Run) -> None:
    done = acme("chain", "--sentences")
    assert ("Nothing in your data" in done.output, "Association" in done.output) == (True, False)


def test_json_is_a_list_of_effects(acme: Run) -> None:
    assert json.loads(acme("chain", "--json").output) == []


def test_a_change_of_what_leads_nowhere_is_answered_with_what_does(acme: Run) -> None:
    done = acme("chain", "--worth", "first_reply_time=-1h")
    assert (done.exit_code, "metric that leads to others" in done.output) == (2, True)


def test_a_change_needs_an_amount(acme: Run) -> None:
    assert "does not say by how much" in acme("chain", "--worth", "first_reply_time").output


def test_an_empty_workspace_has_no_chain(empty: Run) -> None:
    assert "Nothing in your data measures" in empty("chain").output


def test_it_speaks_spanish(acme: Run) -> None:
    assert "Nada de tus datos mide «Facilidad» todavía" in acme("--lang", "es", "chain").output
