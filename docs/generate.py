"""Writes the reference pages from the declarations, in both languages: `python -m docs.generate`.

The pages are committed, so that they can be read without building the site; a test holds them current.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from docs import cli, metrics, tables
from latido.i18n import LANGUAGES, use

DOCS = Path(__file__).parent
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli.page,
    "reference/metrics.md": metrics.page,
    "reference/tables.md": tables.page,
}


def folder(code: str) -> Path:
    """Where the pages of a language lie."""
    return DOCS if code == "en" else DOCS / code


def pages() -> Iterator[tuple[Path, str]]:
    """Each generated page, where it belongs and as it should read."""
    for code in LANGUAGES:
        with use(code):
            for name, page in PAGES.items():
                yield folder(code) / name, page()


def main() -> None:
    """Write them all."""
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
