"""A workspace that stays open: settings that change under it are read anew, by whoever asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

import latido
from latido.workspace.live import Live

MANY = 8


@pytest.fixture
def live(tmp_path: Path) -> Live:
    latido.create(tmp_path / "acme", time_zone="Europe/Madrid").close()
    return Live(tmp_path / "acme")


def write(live: Live, more: str) -> None:
    path = live.root / "latido.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_new_settings_are_in_force_at_once(live: Live) -> None:
    live.now()
    write(live, '\n[segments]\nNight = ["hour>=20"]\n')
    assert dict(live.now().workspace.segments) == {"Night": ("hour>=20",)}


def test_settings_that_cannot_be_read_leave_the_last_good_ones(live: Live) -> None:
    before = live.now()
    write(live, "\n[segments\n")
    assert (live.now() is before, live.wrong is not None) == (True, True)


def test_of_many_who_ask_at_once_none_is_answered_by_the_old_settings(live: Live) -> None:
    write(live, '\n[segments]\nNight = ["hour>=20"]\n')
    together = Barrier(MANY)

    def asked(_who: int) -> dict[str, tuple[str, ...]]:
        together.wait()
        return dict(live.now().workspace.segments)

    with ThreadPoolExecutor(MANY) as people:
        assert list(people.map(asked, range(MANY))) == [{"Night": ("hour>=20",)}] * MANY
