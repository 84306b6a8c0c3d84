"""Google Forms: responses as CSV or from the linked sheet, one column a question, the stamp first.

The wording stands in the header, so that what a question measures is judged by it and by the
answers. Responses have no identifier: an answer is called after the digest of its whole row, and
exporting the form again with more rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from latido.i18n import _
from latido.sources.columns import header
from latido.sources.identity import normal_email
from latido.sources.infer import Profile, profiles
from latido.sources.mapping import UPDATED, Rule
from latido.sources.reading import read_sheet
from latido.sources.scales import normal
from latido.sources.sheet import Sheet
from latido.sources.source import Chunk, Delivery, Options
from latido.sources.surveys import Carried, draw_all, normalised, parts, with_extras

STAMPS = frozenset({"timestamp", "marca temporal", "marca de tiempo"})
ASKED = 25  # letters from which a name is a wording
ADDRESSES = 0.9  # share of addresses that makes a column who answered
LOOKED_AT = 50


class GoogleForms:
    """Google Forms' responses (CSV, XLSX)."""

    name = "google_forms"
    label = _("Google Forms responses (CSV, XLSX)")
    tables: tuple[str, ...] = ("answers",)

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of whether they begin with Google's stamp and ask questions."""
        return sum(map(_likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Answers, question by question."""
        for file in deliveries:
            yield from _read(read_sheet(file), options)


def _likeness(file: Delivery) -> float:
    stamp, *asked = header(file) or ("",)
    if normal(stamp) not in STAMPS or not asked:
        return 0.0
    return 0.9 if any("?" in name or len(name) > ASKED for name in asked) else 0.3


def _read(sheet: Sheet, options: Options) -> Iterator[Chunk]:
    frame = next((frame for frame in sheet.frames() if len(frame.numbers)), None)
    if frame is None:
        return
    stamp, *columns = (column for column in profiles(frame) if column.filled)
    addresses = [column.name for column in columns if _addresses(column)]
    named = Carried.among([column.name for column in columns])
    asked = [column for column in columns if column.name not in {*addresses, *named.known}]
    drawn, choices = parts(asked, _shared(sheet, stamp), answer_id=_answer_id)
    carried = Carried.among([*named.known, *(choice.name for choice in choices)])
    customers = tuple(dict.fromkeys((*named.customers, *addresses)))
    rules = replace(carried, customers=customers).rules()
    tongue = [named.language] if named.language else []
    yield from draw_all(normalised(sheet, addresses, tongue), with_extras(drawn, rules), options)


def _shared(sheet: Sheet, stamp: Profile) -> dict[str, Rule]:
    answered = Rule(column=stamp.name)
    return {"survey": Rule(constant=Path(sheet.file.name).stem), "answered": answered, UPDATED: answered}


def _answer_id(column: Profile, _place: int) -> Rule:
    return Rule(fingerprint=True, suffix=f"-{column.place}")


def _addresses(column: Profile) -> bool:
    some = column.cells.slice(0, LOOKED_AT).to_pylist()
    return bool(some) and sum(normal_email(cell) is not None for cell in some) >= ADDRESSES * len(some)
