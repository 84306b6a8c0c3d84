"""Writes the page of odd files and what latido says about each, in both languages: `python -m docs.odd_files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.generate import folder
from latido.i18n import LANGUAGES
from tests.sources.corpus import CORPUS, Odd

PAGE = "odd-files.md"
HEAD = {
    "en": (
        "# Odd files\n\nWhat latido says about files that are broken, ambiguous or dangerous. "
        "Nothing of a refused file is imported. What is set aside is kept with its whole row: "
        "`latido rejects` shows it, and it can be mended and replayed. The tests make each of these "
        f"{len(CORPUS)} files and hold this page to the letter.\n\n"
        "| file | what is odd | what latido says |\n|---|---|---|\n"
    ),
    "es": (
        "# Archivos raros\n\nLo que dice latido de archivos rotos, ambiguos o peligrosos. "
        "De un archivo rechazado no se importa nada. Lo apartado se guarda con su fila entera: "
        "`latido rejects` lo muestra, y se puede corregir y volver a importar. Las pruebas crean cada uno de estos "
        f"{len(CORPUS)} archivos y comprueban esta página a la letra.\n\n"
        "| archivo | qué tiene de raro | qué dice latido |\n|---|---|---|\n"
    ),
}
FINE = {"en": "*(nothing: it is read)*", "es": "*(nada: se lee)*"}


def pages(scratch: Path) -> Iterator[tuple[Path, str]]:
    """The page in each language, where it belongs and as it should read.

    Args:
        scratch: An empty folder to make the files in.
    """
    said = {odd.name: odd.told(scratch / str(i)) for i, odd in enumerate(CORPUS)}
    for place, code in enumerate(LANGUAGES):
        rows = (row(odd, place, said[odd.name][code] or (FINE[code],)) for odd in CORPUS)
        yield folder(code) / PAGE, HEAD[code] + "".join(rows)


def row(odd: Odd, language: int, said: tuple[str, ...]) -> str:
    """One file's line of the table."""
    lines = "<br>".join(cell(line) for line in said)
    return f"| `{odd.name}` | {cell(odd.what[language])} | {lines} |\n"


def cell(text: str) -> str:
    """A text within a table."""
    return text.replace("\x00", "␀").replace("|", "\\|").replace("\n", " ").replace("<!", "&lt;!")


def main() -> None:
    """Write both."""
    with TemporaryDirectory() as scratch:
        for path, text in pages(Path(scratch)):
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
