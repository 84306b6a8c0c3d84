"""Every other system's file looks as that system writes it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from latido.demo import Manifest


def path_of(written: Manifest, name: str) -> Path:
    return next(p for p in written.files if p.name == name)


def rows(written: Manifest, name: str, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    with path_of(written, name).open(newline="", encoding=encoding) as lines:
        return list(csv.reader(lines, delimiter=delimiter))


@pytest.mark.parametrize("name", ["nps_relacion.csv", "csat_atencion.csv"])
def test_qualtrics_has_three_header_rows(written: Manifest, name: str) -> None:
    names, wordings, numbers, first = rows(written, name)[:4]
    assert len(names) == len(wordings) == len(first)
    assert json.loads(numbers[0]) == {"ImportId": "startDate", "timeZone": "Europe/Madrid"}


def test_qualtrics_groups_agree_with_the_scores(written: Manifest) -> None:
    head, _, _, *answers = rows(written, "nps_relacion.csv")
    group, score = head.index("Q1_NPS_GROUP"), head.index("Q1")
    expected = {n: "Detractor" if n < 7 else "Passive" if n < 9 else "Promoter" for n in range(11)}
    assert all(row[group] == expected[int(row[score])] for row in answers)


def test_google_forms_answers_in_words(written: Manifest) -> None:
    head, *answers = rows(written, "ces_atencion.csv")
    assert head[0] == "Marca temporal"
    assert {"Muy fácil", "Algo difícil"} <= {row[2] for row in answers}


def test_typeform_gives_a_number_and_sometimes_a_text(written: Manifest) -> None:
    items = json.loads(path_of(written, "nps_transaccional.json").read_text(encoding="utf-8"))["items"]
    assert {len(item["answers"]) for item in items} == {1, 2}
    assert {item["answers"][0]["number"] for item in items} <= set(range(11))


def test_shopify_puts_the_order_on_its_first_line_only(written: Manifest) -> None:
    head, *lines = rows(written, "orders_export.csv")
    total = head.index("Total")
    numbers = [line[0] for line in lines]
    first = [number not in numbers[:n] for n, number in enumerate(numbers)]
    assert [bool(line[total]) for line in lines] == first
    assert not all(first)


def test_contracts_are_priced_with_a_decimal_comma(written: Manifest) -> None:
    head, *contracts = rows(written, "contratos.csv", delimiter=";")
    assert all("," in row[head.index("Cuota mensual")] for row in contracts)


def test_teams_are_small_enough_to_need_protection(written: Manifest) -> None:
    head, *answers = rows(written, "clima.csv", delimiter=";")
    team, wave = head.index("Equipo"), head.index("Ola")
    sizes = [sum(r[team] == name and r[wave] == "2026-S1" for r in answers) for name in ("Marketing", "Dirección")]
    assert max(sizes) < 5
