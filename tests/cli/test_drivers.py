"""`latido drivers`."""

from __future__ import annotations

from tests.cli.conftest import Run

NPS = ("drivers", "nps.score")


def test_too_few_rows_say_what_is_missing(acme: Run) -> None:
    done = acme(*NPS, "--of", "first_reply_time", "--grain", "customer")
    assert (done.exit_code, "rows in which the outcome and all drivers are known" in done.output) == (2, True)


def test_an_unknown_driver_is_answered_with_the_nearest(acme: Run) -> None:
    assert "first_reply_time" in acme(*NPS, "--of", "first_replytime").output


def test_more_than_twenty_drivers_are_refused(acme: Run) -> None:
    many = ",".join(["first_reply_time", *(f"q{i}" for i in range(3))])
    asked = [word for i in range(21) for word in ("--of", f"question:Part {i}")]
    assert "21 drivers are too many" in acme(*NPS, *asked).output
    assert "q0" in acme(*NPS, "--of", many).output


def test_an_empty_workspace_says_what_to_do(empty: Run) -> None:
    assert empty(*NPS).exit_code != 0
