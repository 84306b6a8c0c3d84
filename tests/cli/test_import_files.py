"""`latido import` and `latido rejects`: what is proposed, what is done, what cannot be read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.company import write_answers, write_tickets

MAPPING = """
[[tables]]
table = "orders"
[tables.columns]
order_id = "Order"
customer_id = "Buyer"
ordered = { column = "Day", dates = "dmy" }
amount = "Total"
"""


@pytest.fixture
def answers(tmp_path: Path) -> str:
    return str(write_answers(tmp_path / "answers.csv", 20))


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """A file that is nothing in particular."""
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,x\n2,y\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def orders(tmp_path: Path) -> str:
    """Orders, of which one has no day, and the mapping to read them by."""
    path = tmp_path / "orders.csv"
    path.write_text("Order,Buyer,Day,Total\no1,c1,31/01/2025,20\no2,c2,someday,30\n", encoding="utf-8")
    (tmp_path / "orders.toml").write_text(MAPPING, encoding="utf-8")
    return str(path)


def test_a_proposal_is_shown_with_three_mapped_rows(empty: Run, answers: str) -> None:
    shown = empty("import", answers).stderr
    assert "answers.csv → answers" in shown
    assert "How likely are you to recommend us?" in shown
    assert "2025-01-02 10:00" in shown


def test_what_was_done_is_one_line_a_table(empty: Run, answers: str) -> None:
    lines = empty("import", answers).stdout.splitlines()
    assert lines[0].split() == ["table", "read", "new", "updated", "unchanged", "rejected", "left", "empty",
                                "seconds", "rows/s"]  # fmt: skip
    assert lines[2].split()[:6] == ["answers", "20", "20", "0", "0", "0"]


def test_the_accepted_mapping_replays(empty: Run, answers: str, tmp_path: Path) -> None:
    empty("import", answers, "--save-map", str(tmp_path / "map.toml"))
    told = json.loads(empty("import", answers, "--map", str(tmp_path / "map.toml"), "--json").stdout)
    assert (told["changed"], told["tables"][0]["unchanged"]) == (False, 20)


def test_the_mapping_is_kept_in_the_workspace(empty: Run, answers: str, tmp_path: Path) -> None:
    empty("import", answers)
    assert (tmp_path / "acme" / "mappings" / "answers.toml").exists()


def test_a_guess_is_not_imported_without_a_persons_word(empty: Run, odd: str) -> None:
    assert empty("import", odd).exit_code == 4


def test_standard_input_is_a_file_too(empty: Run, answers: str) -> None:
    done = empty("import", "-", "--as", "answers", "--csv", stdin=Path(answers).read_bytes())
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert (row["table"], row["new"]) == ("answers", "20")


def test_a_file_that_is_not_there_has_its_exit_code(empty: Run) -> None:
    done = empty("import", "nothing.csv")
    assert (done.exit_code, "nothing.csv" in done.stderr) == (3, True)


def test_a_broken_mapping_imports_nothing(empty: Run, orders: str, tmp_path: Path) -> None:
    (tmp_path / "orders.toml").write_text(MAPPING.replace("Buyer", "Byuer"), encoding="utf-8")
    done = empty("import", orders, "--map", str(tmp_path / "orders.toml"))
    assert (done.exit_code, "Did you mean" in done.stderr) == (2, True)


def test_a_rejected_row_is_counted_shown_mended_and_replayed(empty: Run, orders: str, tmp_path: Path) -> None:
    done = empty("import", orders, "--map", str(tmp_path / "orders.toml"))
    assert "1 row of the files was rejected, or a part of it." in done.stdout
    shown = empty("rejects").output
    assert "orders.csv" in shown
    assert "someday" in shown
    empty("rejects", "--export", str(tmp_path / "mend"))
    (path,) = (tmp_path / "mend").glob("orders-*.csv")
    path.write_text(path.read_text("utf-8-sig").replace("someday", "01/02/2025"), encoding="utf-8")
    assert json.loads(empty("rejects", "--replay", str(path), "--json").stdout)["tables"][0]["new"] == 1
    assert empty("rejects").output == "There are no rejects.\n"


def test_rejects_can_be_put_aside(empty: Run, orders: str, tmp_path: Path) -> None:
    empty("import", orders, "--map", str(tmp_path / "orders.toml"))
    assert empty("rejects", "--dismiss").output == "1 row put aside\n"
    told = json.loads(empty("rejects", "--state", "dismissed", "--json").output)
    assert [(r["row"], r["value"]) for r in told] == [(2, "someday")]


def test_only_an_exported_file_is_replayed(empty: Run, answers: str) -> None:
    done = empty("rejects", "--replay", answers)
    assert (done.exit_code, "holds no rejects" in done.stderr) == (2, True)


def test_one_thing_at_a_time(empty: Run) -> None:
    assert empty("rejects", "--dismiss", "--export", "x").exit_code == 2


def test_one_mapping_file_is_for_one_mapping(empty: Run, answers: str, tmp_path: Path) -> None:
    tickets = str(write_tickets(tmp_path / "tickets.csv"))
    done = empty("import", answers, tickets, "--save-map", str(tmp_path / "map.toml"))
    assert (done.exit_code, "one by one" in done.stderr) == (2, True)
