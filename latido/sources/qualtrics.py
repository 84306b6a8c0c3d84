"""Qualtrics: the CSV or TSV export with its three header rows (names, wordings, import identifiers).

The third row tells what a column is, in whatever language the export was made: the frame that
every survey has (stamps, status, recipient), questions (`QID…`), and embedded data. Values or
choice texts both do. Responses that Qualtrics marks as previews, tests or spam are left out and
counted; unfinished ones are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.errors import InputError
from latido.i18n import _, _n
from latido.model.surveys import ANSWERS
from latido.sources.columns import beginning
from latido.sources.infer import Profile, profiles
from latido.sources.mapping import UPDATED, Rule, TableMap
from latido.sources.reading import read_sheet
from latido.sources.scales import normal
from latido.sources.sheet import Frame, Layout, Sheet, unique_names
from latido.sources.source import Chunk, Delivery, Options, Reject
from latido.sources.surveys import Carried, draw_all, is_open, normalised, parts, with_extras
from latido.sources.zones import zone

HEAD = 1 << 20
EMAILS = frozenset({"recipient email", "email", "e mail", "correo", "correo electronico"})
HEADERS = 2  # below the names
STAMPS = ("startDate", "endDate", "recordedDate")
CARRIED = ("externalDataReference", "recipientEmail", "userLanguage")
FRAME = frozenset(
    {*STAMPS, *CARRIED, "status", "ipAddress", "progress", "duration", "finished", "_recordId", "recipientLastName",
     "recipientFirstName", "locationLatitude", "locationLongitude", "distributionChannel"}
)  # fmt: skip
QUESTION = re.compile(r"QID\d+")
MADE_BY_QUALTRICS = re.compile(
    r"NPS_GROUP$|Topics?$|Sentiment|_DO(_|$)|_(FIRST|LAST)_CLICK$|_PAGE_SUBMIT$|_CLICK_COUNT$"
    r"|_(BROWSER|VERSION|OS|RESOLUTION)$"
)
NOT_MEANT = r"(?i)^(1|2|8|9|12|17|40)$|preview|vista previa|\btest\b|prueba|spam|no deseado"
CHANNELS = {
    "email": "email",
    "sms": "messaging",
    "social": "social",
    "anonymous": "web",
    "gl": "web",
    "personal": "web",
}
EXPORTED = re.compile(r"_[A-Z][a-z]+ \d{1,2}, \d{4}_\d\d\.\d\d$")


@dataclass(frozen=True)
class Export:
    """An export, understood by its three header rows.

    Attributes:
        raw: The file, the second and third header row still among its rows.
        names: Our name of each column (wording, or import identifier of the frame) → its name in the file.
        ids: Import identifier of each column, by our name.
        time_zone: Zone of its stamps, where the third row says it.
    """

    raw: Sheet
    names: Mapping[str, str]
    ids: Mapping[str, str]
    time_zone: str | None


class Qualtrics:
    """Qualtrics' export of responses (CSV, TSV)."""

    name = "qualtrics"
    label = _("Qualtrics responses (CSV with three header rows)")
    tables: tuple[str, ...] = ("answers",)

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of whether they have Qualtrics' three header rows."""
        return sum(map(_likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Answers, question by question."""
        for file in deliveries:
            yield from _read(file, options)


def _likeness(file: Delivery) -> float:
    head = beginning(file, HEAD)
    return 0.98 if "ImportId" in head and "_recordId" in head else 0.0


def understand(file: Delivery) -> Export:
    """The columns of an export.

    Raises:
        InputError: A header row is missing.
    """
    raw = read_sheet(file, Layout(header=True, skip=0))
    frame = next(iter(raw.frames()), None)
    rows = frame.rows.slice(0, HEADERS).to_pylist() if frame is not None else []
    said = [_import(rows[1].get(name)) if len(rows) == HEADERS else {} for name in raw.columns]
    if not any(one.get("ImportId") == "_recordId" for one in said):
        raise InputError(
            _("{file} lacks Qualtrics' second or third header row.", file=file.name),
            _("Export it again and leave its first three rows as they are."),
        )
    ids = [str(one.get("ImportId") or name) for one, name in zip(said, raw.columns, strict=True)]
    wordings = [_wording(number, name, rows[0].get(name)) for number, name in zip(ids, raw.columns, strict=True)]
    ours = unique_names(wordings)
    return Export(
        raw,
        dict(zip(ours, raw.columns, strict=True)),
        dict(zip(ours, ids, strict=True)),
        next((one["timeZone"] for one in said if "/" in str(one.get("timeZone"))), None),
    )


def _import(cell: str | None) -> dict[str, str]:
    try:
        said = json.loads(cell or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _wording(number: str, name: str, wording: str | None) -> str:
    if number in FRAME:
        return number
    if not QUESTION.match(number):
        return name
    return (wording or "").removesuffix(" - Selected Choice").strip() or name


def _read(file: Delivery, options: Options) -> Iterator[Chunk]:
    export = understand(file)
    sheet = normalised(_meant(export), [n for n in export.names if normal(n) in EMAILS], ["userLanguage"])
    yield from _left_out(export)
    frame = next((frame for frame in sheet.frames() if len(frame.numbers)), None)
    if frame is not None:
        time_zone = zone(export.time_zone) if export.time_zone else options.time_zone
        yield from draw_all(sheet, _drawn(file, export, profiles(frame)), replace(options, time_zone=time_zone))


def _drawn(file: Delivery, export: Export, columns: Sequence[Profile]) -> tuple[TableMap, ...]:
    asked = [c for c in columns if QUESTION.match(export.ids[c.name])]
    asked = [c for c in asked if not MADE_BY_QUALTRICS.search(export.ids[c.name])]
    drawn, choices = parts(
        asked,
        _shared(file),
        answer_id=lambda c, _place: Rule(column="_recordId", suffix=f"-{export.ids[c.name]}"),
        is_open=lambda c: export.ids[c.name].endswith("_TEXT") or is_open(c),
    )
    embedded = [n for n, number in export.ids.items() if number not in FRAME and not QUESTION.match(number)]
    known = [n for n in CARRIED if n in export.names]
    carried = Carried.among([*embedded, *known, *(c.name for c in choices if c.filled)])
    return with_extras(drawn, carried.rules())


def _shared(file: Delivery) -> dict[str, Rule]:
    return {
        "survey": Rule(constant=EXPORTED.sub("", Path(file.name).stem.replace("+", " "))),
        "channel": Rule(column="distributionChannel", values=CHANNELS, otherwise="other"),
        "asked": Rule(column="startDate"),
        "answered": Rule(first=("recordedDate", "endDate")),
        UPDATED: Rule(first=("recordedDate", "endDate")),
    }


def _meant(export: Export) -> Sheet:
    """The responses under our names, without header rows, previews, tests and spam."""

    def opened(names: tuple[str, ...] | None) -> Iterator[Frame]:
        wanted = tuple(names if names is not None else export.names)
        for frame in export.raw.frames():
            kept = (frame.numbers > HEADERS) & ~_not_meant(export, frame)
            rows = frame.rows.select([export.names[name] for name in wanted]).rename_columns(list(wanted))
            broken = tuple(replace(row, number=row.number - HEADERS) for row in frame.broken)
            yield Frame(rows.filter(pa.array(kept)), frame.numbers[kept] - HEADERS, broken)

    return replace(export.raw, columns=tuple(export.names), opened=opened)


def _not_meant(export: Export, frame: Frame) -> np.ndarray:
    found = np.zeros(len(frame.numbers), dtype=bool)
    for number in ("status", "distributionChannel"):
        name = export.names.get(number)
        if name is not None:
            said = pc.match_substring_regex(frame.rows[name].combine_chunks(), NOT_MEANT)
            found |= np.asarray(said.fill_null(fill_value=False))
    return found & (frame.numbers > HEADERS)


def _left_out(export: Export) -> Iterator[Chunk]:
    """A note, not a rejected row: how many responses nobody meant."""
    count = sum(int(_not_meant(export, frame).sum()) for frame in export.raw.frames())
    if count:
        note = _n(
            "{count} preview, test or spam response was left out.",
            "{count} preview, test or spam responses were left out.",
            count,
        )
        file = export.raw.file
        told = Reject(file.name, 0, ANSWERS.name, None, None, note, kept=True)
        yield Chunk(ANSWERS.name, ANSWERS.schema().empty_table(), (told,), 0, file.digest)
