"""What a stranger gets: locks without hosts, permissive licences, two commands, files one can read."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
CODE = sorted(
    p for folder in ("latido", "tests", "benchmarks", "validate", "docs") for p in (ROOT / folder).rglob("*.py")
)
READMES = (ROOT / "README.md", ROOT / "README.es.md")
LIMIT = 400
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|Affero|General Public|SSPL|BUSL)\b", re.IGNORECASE)


def locked(path: Path) -> list[Requirement]:
    """The requirements of a lock file."""
    lines = path.read_text().replace("\\\n", "").splitlines()
    return [Requirement(line.split(" --hash")[0].strip()) for line in lines if line and line[0] not in " #"]


def licence(name: str) -> str:
    """What a package says of its licence; nothing where it is not installed on this system."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    # Some packages put their whole licence into the field: its first line names it.
    return " | ".join(
        [about.get("License-Expression") or "", *classifiers, (about.get("License") or "").split("\n")[0]]
    )


@pytest.mark.parametrize("path", LOCKS, ids=lambda p: p.name)
def test_a_lock_names_no_host(path: Path) -> None:
    assert not re.findall(r"\w+://|--(?:extra-)?index-url|--find-links", path.read_text())


@pytest.mark.parametrize("path", LOCKS, ids=lambda p: p.name)
def test_every_locked_package_has_its_hashes(path: Path) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", path.read_text())
    assert not [block.split(" ")[0] for block in blocks if "--hash=sha256:" not in block]


@pytest.mark.parametrize("name", sorted({r.name for r in locked(ROOT / "requirements" / "run.lock")}))
def test_what_latido_runs_on_is_permissively_licensed(name: str) -> None:
    assert not COPYLEFT.search(licence(name))


def test_locks_agree_where_they_name_the_same_package() -> None:
    run = {(r.name, str(r.marker)): str(r.specifier) for r in locked(ROOT / "requirements" / "run.lock")}
    dev = {(r.name, str(r.marker)): str(r.specifier) for r in locked(ROOT / "requirements" / "dev.lock")}
    assert run == {key: dev.get(key) for key in run}


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_the_first_screen_has_the_two_commands(path: Path) -> None:
    first = "\n".join(path.read_text(encoding="utf-8").splitlines()[:40])
    assert "make demo" in first
    assert "make test" in first


def test_files_can_be_read_at_one_sitting() -> None:
    long = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in CODE if lines(p) > LIMIT}
    assert not [name for name, text in long.items() if "long because" not in text[:1200].lower()]


def lines(path: Path) -> int:
    """How many lines a file has."""
    return path.read_text(encoding="utf-8").count("\n")


def test_make_alone_says_what_there_is() -> None:
    said = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    targets = {line.split(" ")[0] for line in said.splitlines()}
    assert targets >= {"demo", "test", "lint", "types", "validate", "bench", "docs", "coverage", "lock", "clean"}


def test_latido_runs_as_a_module() -> None:
    subprocess.run([sys.executable, "-m", "latido", "version"], capture_output=True, check=True)
