"""`latido metrics`."""

from __future__ import annotations

import csv
import json

import pytest

from latido.metrics.catalog import METRICS
from tests.cli.conftest import run


def test_all_are_listed_by_family_without_a_workspace() -> None:
    shown = run("metrics").output
    assert {"Service", "Experience", "Interaction", "Employees"} <= set(shown.splitlines())
    assert not [name for name in METRICS if name not in shown]


def test_one_is_explained_with_source_and_traps() -> None:
    shown = run("metrics", "nps").output
    assert "Reichheld" in shown
    assert "100, not 33.3" in shown
    assert "transactional:" in shown
    assert "channel" in shown


def test_one_is_explained_in_spanish() -> None:
    assert "Trampas" in run("--lang", "es", "metrics", "nps").output


def test_an_unknown_one_is_answered_with_the_nearest() -> None:
    done = run("metrics", "first_replay_time")
    assert (done.exit_code, "first_reply_time" in done.stderr) == (2, True)


def test_json_has_the_whole_definition() -> None:
    told = json.loads(run("metrics", "first_reply_time", "--json").output)
    assert (told["unit"], told["better"], "channel" in told["dimensions"]) == ("s", "lower", True)


def test_csv_lists_all_of_them() -> None:
    rows = list(csv.DictReader(run("metrics", "--csv").output.splitlines()))
    assert [r["name"] for r in rows] == list(METRICS)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_definition_fits_a_terminal(lang: str) -> None:
    assert max(map(len, run("--lang", lang, "metrics", "first_contact_resolution").output.splitlines())) <= 80
