"""Settings that fit the file and nothing else are refused."""

from __future__ import annotations

import pytest

from latido.config import parse
from latido.errors import ConfigError
from latido.workspace.check import check


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[calendars.a]\nblocks = {mon = ["9"]}', "Calendar “a”"),
        ("[targets]\nmps = 1", "no metric called “mps”"),
        ('[segments]\na = ["late"]', "segments, “a”: “late” is not a filter"),
        ('[pulse]\nmetrics = ["mps"]', "pulse: There is no metric called “mps”"),
        ('[chain.journey]\nease = ["mps"]', "chain: There is no metric called “mps”"),
    ],
)
def test_what_a_workspace_could_not_work_with_is_refused(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check(parse(text))


def test_what_it_can_work_with_is_not() -> None:
    check(
        parse(
            '[calendars.a]\nblocks = {mon = ["9:00-14:00"]}\n[segments]\na = ["hour>=20"]\n[pulse]\nmetrics = ["nps"]'
        )
    )
