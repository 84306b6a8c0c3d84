"""Changes the workspace's settings: checked before they are written, written whole or not at all, and undone.

What `latido.toml` said before a change is kept in the workspace's folder `settings`, so that any change can be undone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from latido.config.lines import Place
from latido.config.load import FILE, declared, parse
from latido.config.settings import Config
from latido.errors import BusyError, ConfigError, StaleError
from latido.i18n import _

FOLDER = "settings"
KEPT = 50  # earlier files that stay
WAIT = 10.0  # seconds

Rewrite = Callable[[str], str]
Check = Callable[[Config], None]


@dataclass(frozen=True)
class Written:
    """The file as it is, or was.

    Attributes:
        text: What it says.
        stamp: By which a form says later which state of the file it was made from.
    """

    text: str
    stamp: str

    @property
    def data(self) -> Mapping[str, Any]:
        """What it declares.

        Raises:
            ConfigError: It cannot be.
        """
        parse(self.text)
        return declared(self.text)


@dataclass(frozen=True)
class Draft:
    """A change that has been checked and is not yet written.

    Attributes:
        root: The workspace's folder.
        before: The file that it changes.
        text: What it will say.
    """

    root: Path
    before: Written
    text: str

    @property
    def changed(self) -> tuple[Place, ...]:
        """The settings that differ; lists count as one."""
        return tuple(_differing(declared(self.before.text), declared(self.text), ()))

    @property
    def stamp(self) -> str:
        """The stamp of the file that it makes."""
        return _stamp(self.text)


def read(root: Path) -> Written:
    """The settings file of the workspace in this folder.

    Raises:
        ConfigError: It cannot be read.
    """
    try:
        text = (root / FILE).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_("{file} cannot be read: {reason}.", file=FILE, reason=error)) from error
    return Written(text, _stamp(text))


def draft(root: Path, rewrite: Rewrite, *, seen: str, check: Check) -> Draft:
    """A change, checked as a whole; nothing is written.

    Args:
        root: The workspace's folder.
        rewrite: Gives the file's new text.
        seen: The stamp of the file that whoever asks for the change has seen.
        check: Refuses settings that fit the file and nothing else.

    Raises:
        StaleError: The file is another one by now.
        ConfigError: The new settings cannot be.
    """
    before = read(root)
    if seen != before.stamp:
        raise _stale()
    text = rewrite(before.text)
    check(parse(text))
    return Draft(root, before, text)


def write(change: Draft) -> None:
    """Write a change, and keep what stood there.

    Raises:
        StaleError: Somebody was faster.
        BusyError: Somebody else keeps writing.
        ConfigError: The file cannot be written.
    """
    with _alone(change.root):
        if read(change.root).stamp != change.before.stamp:
            raise _stale()
        try:
            _keep(change.root / FOLDER, change.before)
            _replace((change.root / FILE).resolve(), change.text)
        except OSError as error:
            raise ConfigError(
                _("{file} cannot be written: {reason}.", file=FILE, reason=error.strerror or error),
                _("Whoever runs latido must be allowed to write to the workspace's folder."),
            ) from error


def earlier(root: Path, stamp: str) -> Written | None:
    """The file as it was, by its stamp; None where it is not kept."""
    found = next((path for path in _kept(root / FOLDER) if path.stem.endswith(f"-{stamp}")), None)
    return Written(found.read_bytes().decode(), stamp) if found and stamp else None


def _stale() -> StaleError:
    return StaleError(
        _("Somebody else has changed the settings since you opened this page."),
        _("Look at what they changed, then decide."),
    )


def _stamp(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    (root / FOLDER).mkdir(exist_ok=True, mode=0o700)
    try:
        with FileLock(root / FOLDER / "write.lock", timeout=WAIT):
            yield
    except Timeout:
        raise BusyError(_("Somebody else is changing the settings."), _("Try again in a moment.")) from None


def _kept(folder: Path) -> list[Path]:
    """Earlier files, the latest first."""
    return sorted(folder.glob("*-*.toml"), reverse=True)


def _keep(folder: Path, before: Written) -> None:
    """Keep a file; its name says when it was replaced. It may hold secrets, so only its owner reads it."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{before.stamp}.toml"
    with os.fdopen(os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(before.text.encode())
        file.flush()
        os.fsync(file.fileno())
    for old in _kept(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    """Another file in its place, at once: whoever reads sees the old one or the new one."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode & 0o777)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Flush a folder's names to disk, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _differing(before: Any, after: Any, place: Place) -> Iterator[Place]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _differing(before.get(key), after.get(key), (*place, key))
    elif before != after:
        yield place
