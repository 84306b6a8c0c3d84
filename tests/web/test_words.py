"""What actions of the audit trail are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import latido
from latido.i18n import use
from latido.web.words import ACTIONS, WAYS, action_name, way_name

SOURCES = sorted(p for layer in ("web", "api", "http") for p in (Path(latido.__file__).parent / layer).rglob("*.py"))
SUBJECTS = "|".join(sorted({action.partition(".")[0] for action in ACTIONS}))
RECORDED = rf'"((?:{SUBJECTS})\.(?!html|csv)[a-z_]+)"'


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: "/".join(p.parts[-2:]))
def test_every_action_that_is_recorded_has_a_name(path: Path) -> None:
    assert not set(re.findall(RECORDED, path.read_text(encoding="utf-8"))) - set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_has_a_name_in_both_languages(action: str) -> None:
    with use("es"):
        spanish = action_name(action)
    assert spanish not in {action, action_name(action)}


@pytest.mark.parametrize("how", WAYS)
def test_a_way_in_has_a_name_in_both_languages(how: str) -> None:
    with use("es"):
        spanish = way_name(how)
    assert spanish not in {how, way_name(how)}


def test_an_action_of_tomorrow_is_shown_as_it_is() -> None:
    assert (action_name("survey.closed"), way_name("carrier pigeon")) == ("survey.closed", "carrier pigeon")
