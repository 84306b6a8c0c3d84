"""`latido measure`."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tests.cli.conftest import Run


def figures(output: str) -> list[dict[str, Any]]:
    """The figures of a JSON answer."""
    found: list[dict[str, Any]] = json.loads(output)["figures"]
    return found


def test_a_figure_is_shown_with_interval_n_course_and_state(acme: Run) -> None:
    lines = acme("measure", "nps").output.splitlines()
    assert lines[0] == "Net promoter score (NPS)"
    assert lines[2].split() == ["value", "95%", "interval", "promoters", "detractors", "n", "12", "months", "target"]
    assert "✓ 20.0" in lines[4]
    assert "✓ on target" in lines[5]


def test_figures_by_group_and_period_are_one_line_each(acme: Run) -> None:
    done = acme("measure", "nps", "--by", "channel", "--period", "month", "--from", "2025-02", "--to", "2025-04")
    assert [line.split()[:3] for line in done.output.splitlines() if line.startswith(("Feb", "Mar"))] == [
        ["Feb", "2025", "chat"],
        ["Feb", "2025", "email"],
        ["Mar", "2025", "chat"],
        ["Mar", "2025", "email"],
    ]


def test_a_change_inside_the_noise_is_called_noise(acme: Run) -> None:
    done = acme("measure", "nps", "--from", "2025-03", "--to", "2025-04", "--compare", "previous")
    assert "noise" in done.output


def test_numbers_are_written_in_the_readers_language(acme: Run) -> None:
    shown = acme("--lang", "es", "measure", "nps").output
    assert "40,0" in shown
    assert "intervalo al 95\u00a0%" in shown


def test_json_keeps_numbers_and_names_in_every_language(acme: Run) -> None:
    english, spanish = (acme("--lang", lang, "measure", "nps", "--json").output for lang in ("en", "es"))
    assert english == spanish


def test_json_says_what_was_asked_and_what_was_found(acme: Run) -> None:
    told = json.loads(acme("measure", "nps", "--by", "channel", "--where", "channel=chat", "--json").output)
    (figure,) = told["figures"]
    assert (told["metric"], told["unit"], told["query"]["by"]) == ("nps", "points", ["channel"])
    assert figure["keys"] == {"channel": "chat"}
    assert figure["parts"]["value"]["low"] < figure["parts"]["value"]["value"] < figure["parts"]["value"]["high"]


def test_json_has_the_state_against_the_target(acme: Run) -> None:
    (figure,) = figures(acme("measure", "nps", "--json").output)
    assert figure["target"] == {"value": 20, "state": "on_target"}


def test_what_is_not_known_is_null_in_json(acme: Run) -> None:
    (figure,) = figures(acme("measure", "nps", "--as-of", "0", "--json").stdout)
    assert figure["parts"]["value"]["value"] is None


def test_csv_has_a_line_for_each_part(acme: Run) -> None:
    rows = list(csv.DictReader(acme("measure", "nps", "--by", "channel", "--csv").output.splitlines()))
    assert [(r["channel"], r["part"]) for r in rows[:2]] == [("chat", "value"), ("chat", "promoters")]
    assert float(rows[0]["low"]) < float(rows[0]["value"])


def test_csv_has_empty_cells_for_what_is_not_known(acme: Run) -> None:
    (row, *_rest) = csv.DictReader(acme("measure", "nps", "--as-of", "0", "--csv").stdout.splitlines())
    assert row["value"] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["npss"], "Did you mean nps"),
        (["nps", "--by", "chanel"], "Did you mean channel"),
        (["nps", "--where", "channel"], "“channel” is not a filter."),
        (["nps", "--from", "soon"], "“soon” is not a day."),
        (["nps", "--compare", "previous"], "A comparison needs periods."),
        (["--period", "month"], "The overview takes no other options"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_the_way_out(acme: Run, words: list[str], said: str) -> None:
    done = acme("measure", *words)
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_without_a_metric_the_main_figures_are_shown_by_family(acme: Run) -> None:
    shown = acme("measure").output
    assert "2025-Q1 against 2024-Q4" in shown
    assert {"Service", "Experience"} <= set(shown.splitlines())


def test_the_overview_is_a_list_in_json(acme: Run) -> None:
    names = {one["metric"] for one in json.loads(acme("measure", "--json").output)}
    assert {"nps", "first_reply_time", "ticket_volume"} <= names


def test_an_empty_workspace_says_what_to_do_next(empty: Run) -> None:
    done = empty("measure")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "The workspace is empty. Next: latido import FILE\n")


def test_a_figure_of_no_data_rests_on_nothing(empty: Run) -> None:
    (figure,) = figures(empty("measure", "first_reply_time", "--json").stdout)
    assert figure["parts"]["median"]["n"] == 0
