"""The first settings file."""

from __future__ import annotations

import re

from latido.config import parse
from latido.i18n import use
from latido.workspace.template import written

CHOSEN = {"name": "Acme", "time_zone": "Europe/Madrid"}


def test_it_says_what_was_chosen_and_nothing_else() -> None:
    config = parse(written(CHOSEN))
    assert config == parse('name = "Acme"\ntime_zone = "Europe/Madrid"')


def test_its_examples_can_be_uncommented() -> None:
    text = re.sub(r"^# (?=[\[a-z]+[\w.]* ?[=\]]|\[)", "", written(CHOSEN), flags=re.MULTILINE)
    config = parse(text)
    assert (list(config.calendars), len(config.sla), config.targets["csat"].by) == (
        ["support"],
        1,
        {"team": {"Sales": 80}},
    )


def test_its_comments_are_in_the_readers_language() -> None:
    with use("es"):
        assert "Ajustes de este espacio" in written(CHOSEN)
