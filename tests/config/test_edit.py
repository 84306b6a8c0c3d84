"""Settings are changed whole or not at all, by one at a time, and never for good."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from latido.config import Config
from latido.config.edit import FOLDER, KEPT, Draft, draft, earlier, read, write
from latido.config.rewrite import put
from latido.errors import ConfigError, LatidoError, StaleError

TEXT = '# Acme\nname = "Acme" # ours\n\n[targets]\nnps = 20\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace's folder with its settings."""
    (tmp_path / "latido.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def anything(config: Config) -> None:
    """Whatever fits the file is right."""


def renamed(root: Path, name: str, **more: Any) -> Draft:
    """A change of the name."""
    return draft(root, lambda text: put(text, ("name",), name), **{"seen": read(root).stamp, "check": anything, **more})


def said(root: Path) -> str:
    """What the file says."""
    return (root / "latido.toml").read_text(encoding="utf-8")


def test_a_change_is_written_with_everything_around_it(root: Path) -> None:
    write(renamed(root, "Lumbre"))
    assert said(root) == TEXT.replace('Acme" #', 'Lumbre" #')


def test_a_draft_writes_nothing(root: Path) -> None:
    renamed(root, "Lumbre")
    assert said(root) == TEXT


def test_a_draft_knows_what_differs(root: Path) -> None:
    both = draft(root, lambda _t: 'name = "B"\n[targets]\nnps = 20\nces = 5\n', seen=read(root).stamp, check=anything)
    assert both.changed == (("name",), ("targets", "ces"))


def test_what_cannot_be_is_never_written(root: Path) -> None:
    with pytest.raises(ConfigError, match="not a time zone"):
        draft(root, lambda t: put(t, ("time_zone",), "Mars"), seen=read(root).stamp, check=anything)
    assert said(root) == TEXT


def test_all_that_is_wrong_is_told_at_once(root: Path) -> None:
    wrong = 'name = "A"\ntime_zone = "Mars"\ncurrency = "pesos"\n'
    with pytest.raises(ConfigError) as caught:
        draft(root, lambda _t: wrong, seen=read(root).stamp, check=anything)
    assert {fault.place for fault in caught.value.faults} == {("time_zone",), ("currency",)}


def test_whoever_knows_more_may_refuse(root: Path) -> None:
    def never(config: Config) -> None:
        raise LatidoError(config.name)

    with pytest.raises(LatidoError, match="Lumbre"):
        renamed(root, "Lumbre", check=never)


def test_a_form_made_from_another_file_is_refused(root: Path) -> None:
    seen = read(root).stamp
    write(renamed(root, "Lumbre"))
    with pytest.raises(StaleError):
        renamed(root, "Other", seen=seen)


def test_of_two_changes_at_once_one_is_refused(root: Path) -> None:
    one, other = renamed(root, "One"), renamed(root, "Other")
    write(one)
    with pytest.raises(StaleError):
        write(other)
    assert 'name = "One"' in said(root)


def test_of_many_who_write_at_once_one_wins_and_nothing_is_mixed(root: Path) -> None:
    drafts = [renamed(root, f"Name {i}" * 500) for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(refusal, drafts))
    assert [error for error in errors if error is None] == [None]
    assert said(root) in {change.text for change in drafts}


def refusal(change: Draft) -> StaleError | None:
    """Why a change was not written; None where it was."""
    try:
        write(change)
    except StaleError as error:
        return error
    return None


def test_what_stood_there_is_kept(root: Path) -> None:
    change = renamed(root, "Lumbre")
    write(change)
    kept = earlier(root, change.before.stamp)
    assert kept is not None
    assert kept.text == TEXT


def test_a_change_is_undone_by_writing_what_was_kept(root: Path) -> None:
    change = renamed(root, "Lumbre")
    write(change)
    kept = earlier(root, change.before.stamp)
    assert kept is not None
    write(draft(root, lambda _text: kept.text, seen=change.stamp, check=anything))
    assert said(root) == TEXT


def test_nothing_is_found_under_a_stamp_that_never_was(root: Path) -> None:
    assert earlier(root, "0123456789abcdef") is None


def test_a_stamp_is_no_path(root: Path) -> None:
    write(renamed(root, "Lumbre"))
    assert (earlier(root, "../../latido"), earlier(root, "")) == (None, None)


def rename_often(root: Path, times: int) -> None:
    """Change the name again and again."""
    for i in range(times):
        write(renamed(root, f"Name {i}"))


def test_only_the_last_files_are_kept(root: Path) -> None:
    rename_often(root, KEPT + 3)
    assert len(list((root / FOLDER).glob("*.toml"))) == KEPT


def test_what_is_kept_is_for_the_owner_alone(root: Path) -> None:
    write(renamed(root, "Lumbre"))
    (kept,) = (root / FOLDER).glob("*.toml")
    assert (kept.stat().st_mode & 0o777, (root / FOLDER).stat().st_mode & 0o777) == (0o600, 0o700)


def test_whoever_could_read_the_file_still_can(root: Path) -> None:
    (root / "latido.toml").chmod(0o640)
    write(renamed(root, "Lumbre"))
    assert (root / "latido.toml").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp("elsewhere") / "settings.toml"
    (root / "latido.toml").rename(there)
    (root / "latido.toml").symlink_to(there)
    write(renamed(root, "Lumbre"))
    assert (root / "latido.toml").is_symlink()
    assert "Lumbre" in there.read_text(encoding="utf-8")


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    change = renamed(root, "Lumbre")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        write(change)
    assert (said(root), [path.name for path in root.glob(".latido*")]) == (TEXT, [])


def test_a_file_that_is_gone_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read(tmp_path)
