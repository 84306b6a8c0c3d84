"""Every sentence for people exists in Spanish, once, with the same values in it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[1] / "latido"
DOCS = PACKAGE.parent / "docs"
CATALOGUES = sorted((PACKAGE / "locale" / "es").glob("*.po"))
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
Text = str | tuple[str, ...]


def extracted() -> dict[Text, set[str]]:
    """Each message of the code and the catalogue that it belongs to: its package's, or `root`."""
    found: dict[Text, set[str]] = defaultdict(set)
    keywords: dict[str, tuple[int, ...] | None] = {"_": None, "_n": (1, 2)}
    for file, _line, text, _comments, _context in extract_from_dir(PACKAGE, METHODS, keywords=keywords):
        found[text if isinstance(text, str) else tuple(text)].add(_catalogue_of(file))
    return dict(found)


def _catalogue_of(file: str) -> str:
    return Path(file).parts[0] if len(Path(file).parts) > 1 else "root"


def translated(path: Path) -> list[Message]:
    """The entries of one catalogue."""
    with path.open("rb") as lines:
        return [entry for entry in read_po(lines, locale="es", abort_invalid=True) if entry.id]


def forms(text: Text) -> tuple[str, ...]:
    """One form, or one and many."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """`{n} rows of {file}` has `n` and `file`."""
    return set(re.findall(r"{(\w+)", text.replace("{{", "")))


EXTRACTED = extracted()
ENTRIES = [(path.stem, entry) for path in CATALOGUES for entry in translated(path)]
SPANISH = {entry.id if isinstance(entry.id, str) else tuple(entry.id): entry for _name, entry in ENTRIES}


def test_templates_are_read_too() -> None:
    assert "Skip to content" in EXTRACTED


def test_every_message_is_said_in_spanish() -> None:
    said = {text for text, entry in SPANISH.items() if all(forms(entry.string))}
    missing = {text: sorted(names) for text, names in EXTRACTED.items() if text not in said}
    assert not missing


def test_no_translation_outlives_its_message() -> None:
    assert not {(name, str(entry.id)) for name, entry in ENTRIES if _id(entry) not in EXTRACTED}


def test_a_message_has_one_translation() -> None:
    said: dict[Text, set[Text]] = defaultdict(set)
    for _name, entry in ENTRIES:
        said[_id(entry)].add(entry.string if isinstance(entry.string, str) else tuple(entry.string))
    assert not {text: strings for text, strings in said.items() if len(strings) > 1}


def test_a_translation_names_the_same_values() -> None:
    assert not {(name, str(entry.id)) for name, entry in ENTRIES if named(_id(entry)) != named(entry.string)}


def named(text: Text) -> set[str]:
    """The values that a text names in any of its forms (a singular may do without its count)."""
    return {p for form in forms(text) for p in placeholders(form)} - {"count"}


def _id(entry: Message) -> Text:
    return entry.id if isinstance(entry.id, str) else tuple(entry.id)
