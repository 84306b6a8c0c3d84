"""The wizard: from a file of unknown shape to a mapping, how sure it is of it, and three rows to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from latido.errors import InputError, UnsureError
from latido.i18n import Message, _, percent
from latido.sources.build import SURE, Guess, draft
from latido.sources.choose import Choice, choose
from latido.sources.decide import decide, order
from latido.sources.infer import profiles
from latido.sources.mapping import Mapping, parse
from latido.sources.questions import questions
from latido.sources.reading import read_sheet
from latido.sources.sheet import Frame, Layout, Sheet
from latido.sources.source import Delivery, Options
from latido.sources.transform import Context, draw

PREVIEW = 3
LOOKED_AT = 200  # rows tried for the preview


@dataclass(frozen=True)
class Proposal:
    """What the wizard would import.

    Attributes:
        mapping: Replays the import exactly; `mapping.text()` is its file.
        guesses: Column by column, the surest first within each table.
        confidence: Of the least sure part.
        doubts: What a person should look at.
        preview: Up to three mapped rows for each part of the mapping: table, rows.
        unused: Foreign columns that would not be imported.
    """

    mapping: Mapping
    guesses: tuple[Guess, ...]
    confidence: float
    doubts: tuple[Message, ...]
    preview: tuple[tuple[str, tuple[dict[str, Any], ...]], ...]
    unused: tuple[str, ...]

    def insist(self, file: str) -> None:
        """Refuse to go on by guessing.

        Raises:
            UnsureError: Something is doubtful.
        """
        if self.confidence < SURE:
            raise UnsureError(
                _(
                    "latido is only {sure} sure how to read {file}. {doubts}",
                    sure=_Share(self.confidence),
                    file=file,
                    doubts=_Sentences(self.doubts),
                ),
                _("Look at the preview and add --yes, say what it is with --as TABLE, or use --map FILE."),
            )


@dataclass(frozen=True)
class _Share:
    """A share that becomes text in the language of whoever reads it."""

    value: float

    def __str__(self) -> str:
        return percent(self.value, 0)


@dataclass(frozen=True)
class _Sentences:
    """Messages one after another, likewise."""

    messages: tuple[Message, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.messages))


def propose(deliveries: Sequence[Delivery], options: Options | None = None, table: str | None = None) -> Proposal:
    """Work out how files that have the same columns become canonical rows.

    Args:
        deliveries: The files.
        options: The workspace's time zone, and the order of dates where a person has said it.
        table: The canonical table, where a person has said it.

    Raises:
        UnsureError: Nothing can be proposed, or dates or decimals can be read in two ways.
        InputError: A file cannot be read, or they have different columns.
    """
    options = options or Options()
    hints = parse(options.mapping or {})
    sheets = [read_sheet(file, hints.layout) for file in deliveries]
    same_columns(sheets)
    file, frame = sheets[0].file.name, first_frame(sheets[0])
    columns = profiles(frame, hints.missing)
    asked = questions(columns)
    choice = choose(columns, asked, table, file)
    drawn = draft(choice, columns, asked, file)
    drawn_up = hints.model_copy(update={"tables": drawn.parts, **unlike_others(sheets[0].layout)})
    mapping = decide(sheets, drawn_up, order(options.dates))
    used = set(mapping.foreign)
    return Proposal(
        mapping=mapping,
        guesses=tuple(sorted(drawn.guesses, key=lambda guess: -guess.confidence)),
        confidence=min([choice.confidence, *(guess.confidence for guess in drawn.guesses)]),
        doubts=tuple(_doubts(choice, drawn.guesses)),
        preview=_preview(frame, mapping, Context.of(sheets[0].file, mapping, options)),
        unused=tuple(profile.name for profile in columns if profile.name not in used),
    )


def same_columns(sheets: Sequence[Sheet]) -> None:
    """Make sure that files can be read together.

    Raises:
        InputError: They have different columns.
    """
    first = sheets[0]
    for other in sheets[1:]:
        if other.columns != first.columns and not first.open_ended:
            raise InputError(
                _("{file} has other columns than {first}.", file=other.file.name, first=first.file.name),
                _("Import them one by one."),
            )


def first_frame(sheet: Sheet) -> Frame:
    """The first rows.

    Raises:
        InputError: There are none.
    """
    frame = next((frame for frame in sheet.frames() if len(frame.numbers)), None)
    if frame is None:
        raise InputError(_("{file} has column names but no rows below them.", file=sheet.file.name))
    return frame


def unlike_others(layout: Layout) -> dict[str, Any]:
    """What of a file's layout the mapping has to say; the rest is seen again in any file of its kind."""
    said = {"header": False, "names": layout.names} if layout.names else {}
    return said | ({"widths": layout.widths} if layout.widths else {})


def _doubts(choice: Choice, guesses: Sequence[Guess]) -> Iterator[Message]:
    if choice.confidence < SURE and choice.rival is not None:
        yield _("It looks like “{table}”, but could be “{rival}”.", table=choice.match.table.name, rival=choice.rival)
    for guess in guesses:
        if guess.confidence < SURE:
            yield guess.doubt or _(
                "“{column}” would become “{target}”.", column=guess.column, target=f"{guess.table}.{guess.target}"
            )


def _preview(frame: Frame, mapping: Mapping, context: Context) -> tuple[tuple[str, tuple[dict[str, Any], ...]], ...]:
    few = Frame(frame.rows.slice(0, LOOKED_AT), frame.numbers[:LOOKED_AT])
    chunks = draw(few, mapping, context)
    return tuple(
        (chunk.table, tuple(_filled(row) for row in chunk.rows.slice(0, PREVIEW).to_pylist())) for chunk in chunks
    )


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if cell is not None and name != "row"}
