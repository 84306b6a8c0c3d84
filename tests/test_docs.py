"""The documentation knows everything that there is, in both languages, and its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from docs.generate import pages
from latido.cli.main import COMMANDS
from latido.config.settings import Config
from latido.metrics.catalog import METRICS
from latido.model import TABLES
from latido.sources.catalog import SOURCES

ROOT = Path(__file__).parents[1]
ENGLISH = sorted(p.relative_to(ROOT / "docs") for p in (ROOT / "docs").rglob("*.md") if "es" not in p.parts)
EVERY = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
FOLDERS = {"en": ROOT / "docs", "es": ROOT / "docs" / "es"}
LANGUAGES = pytest.mark.parametrize("code", FOLDERS)


def read(code: str, page: str) -> str:
    """A page in a language."""
    return (FOLDERS[code] / page).read_text(encoding="utf-8")


def headings(text: str) -> list[int]:
    """The levels of the headings, in order."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", outside, flags=re.MULTILINE)]


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the site makes them."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title.lower())).strip("-") for title in titles}


def links(path: Path) -> list[str]:
    """The targets within the repository that a page links to."""
    found = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [target for target in found if "://" not in target]


def leads_somewhere(path: Path, link: str) -> bool:
    """Whether file and anchor of a link exist."""
    name, _, anchor = link.partition("#")
    target = path.parent / name if name else path
    return target.exists() and (not anchor or anchor in anchors(target.read_text(encoding="utf-8")))


def keys(model: type[BaseModel]) -> Iterator[str]:
    """Every key of the settings, with those of the sections in it."""
    for name, field in model.model_fields.items():
        yield name
        for section in _sections(field.annotation):
            yield from keys(section)


def _sections(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from _sections(inner)


@pytest.mark.parametrize("page", ENGLISH, ids=str)
def test_a_page_has_its_spanish_twin(page: Path) -> None:
    assert headings(read("es", str(page))) == headings(read("en", str(page)))


def test_no_spanish_page_stands_alone() -> None:
    spanish = {p.relative_to(FOLDERS["es"]) for p in FOLDERS["es"].rglob("*.md")}
    assert spanish <= set(ENGLISH)


@pytest.mark.parametrize("path", EVERY, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert not [link for link in links(path) if not leads_somewhere(path, link)]


def test_the_reference_is_current() -> None:
    stale = [str(p.relative_to(ROOT)) for p, text in pages() if p.read_text(encoding="utf-8") != text]
    assert not stale, "“make docs” writes it anew"


@LANGUAGES
def test_every_metric_is_explained_with_its_presets(code: str) -> None:
    text = read(code, "reference/metrics.md")
    names = {f"### {m.name}\n" for m in METRICS.values()} | {
        f"- `{p.name}`" for m in METRICS.values() for p in m.presets
    }
    assert not {name for name in names if name not in text}


@pytest.mark.parametrize("name", ["README.md", "README.es.md"])
def test_the_readme_counts_the_metrics(name: str) -> None:
    assert f"[{len(METRICS)} m" in (ROOT / name).read_text(encoding="utf-8")


@LANGUAGES
def test_every_table_and_column_is_explained(code: str) -> None:
    text = read(code, "reference/tables.md")
    names = {f"## {t}\n" for t in TABLES} | {f"| `{c.name}` |" for t in TABLES.values() for c in t.columns}
    assert not {name for name in names if name not in text}


@LANGUAGES
def test_every_source_is_explained(code: str) -> None:
    text = read(code, "sources.md")
    assert not {s.name for s in SOURCES if f"`{s.name}`" not in text}


@LANGUAGES
def test_every_command_is_explained(code: str) -> None:
    text = read(code, "cli.md")
    assert not {name for name in COMMANDS if f"latido {name}" not in text}


@LANGUAGES
def test_every_setting_is_explained(code: str) -> None:
    text = read(code, "configuration.md")
    assert not {name for name in keys(Config) if f"`{name}`" not in text}
