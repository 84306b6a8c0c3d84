"""Who worked here, from when to when."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.metrics.tables import derived, people


def facts(*spells: dict[str, Any]) -> pd.DataFrame:
    frame: pd.DataFrame = derived({"agents": people(*spells)})["employment_facts"].execute()
    return frame.sort_values("agent_id").reset_index(drop=True)


def test_a_spell_begins_with_the_team_or_with_hiring() -> None:
    found = facts({"hired": "2020-01-01", "valid_from": "2021-01-01"}, {"hired": "2020-01-01"})
    assert found.began.tolist() == [pd.Timestamp("2021-01-01"), pd.Timestamp("2020-01-01")]


@pytest.mark.parametrize(
    ("valid_to", "departed", "ended", "left"),
    [
        (None, "2023-07-01", "2023-07-01", 1),
        ("2023-07-01", "2023-07-01", "2023-07-01", 1),
        ("2023-07-31", "2023-07-01", "2023-07-01", 1),
        ("2023-03-01", "2023-07-01", "2023-03-01", 0),
        ("2023-03-01", None, "2023-03-01", 0),
        (None, None, None, 0),
    ],
)
def test_a_spell_ends_with_leaving_or_with_the_team(
    valid_to: str | None, departed: str | None, ended: str | None, left: int
) -> None:
    row = facts({"hired": "2020-01-01", "valid_to": valid_to, "departed": departed}).iloc[0]
    assert (row.ended if row.ended == row.ended else None, row.left) == (ended and pd.Timestamp(ended), left)


@pytest.mark.parametrize(("voluntary", "cause"), [(True, "voluntary"), (False, "involuntary"), (None, "unknown")])
def test_leaving_has_a_cause(voluntary: bool | None, cause: str) -> None:
    assert facts({"hired": "2020-01-01", "voluntary": voluntary}).cause.tolist() == [cause]


def test_bots_are_nobody_s_colleagues() -> None:
    assert len(facts({"hired": "2020-01-01", "role": "bot"}, {"hired": "2020-01-01", "role": "agent"})) == 1


def test_names_and_addresses_stay_behind() -> None:
    assert not {"name", "email"} & {*facts({"hired": "2020-01-01"}).columns}
