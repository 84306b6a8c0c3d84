"""The wizard: what uploaded files would become, corrected by choosing, then imported in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

from latido.errors import FieldError, InputError, LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import Message, _, number, percent
from latido.model import TABLES
from latido.model.surveys import QUESTION_KINDS
from latido.sources.build import SURE
from latido.sources.generic import Generic
from latido.sources.mapping import UPDATED, Rule
from latido.sources.numbers import Sign
from latido.sources.stamps import ORDERS, Order
from latido.web.forms import text
from latido.web.incoming import jobs_of, owner_of, unique, uploads_of
from latido.web.instants import instant
from latido.web.page import Page
from latido.web.pages.data import HOME
from latido.workspace import jobs, mappings
from latido.workspace.arrivals import Accepted
from latido.workspace.remembered import remembered
from latido.workspace.samples import samples
from latido.workspace.wizard import groups, look
from latido.workspace.wizard_said import ASKED, NOTHING, OWN, Look, Said, check_becomes, choices

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from latido.sources.source import Delivery, Source
    from latido.web.ask import Ask
    from latido.workspace.uploads import Upload

LONGEST = 60  # characters of a cell
ORDER_NAMES: dict[Order, Message] = {
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
    "ymd": _("year, month, day"),
}
SIGN_NAMES: dict[Sign, Message] = {".": _("point: 1,234.5"), ",": _("comma: 1.234,5")}
QUESTIONS: dict[str, Message] = {
    "nps": _("Question: recommend, 0 to 10 (NPS)"),
    "csat": _("Question: satisfaction (CSAT)"),
    "ces": _("Question: effort (CES)"),
    "esat": _("Question: satisfaction at work (ESAT)"),
    "enps": _("Question: recommend as employer (eNPS)"),
    "rating": _("Question: a rating"),
    "recommend": _("Question: would recommend, yes or no"),
    "text": _("Question: answered in words"),
}


@dataclass(frozen=True)
class Looked:
    """What is known of the files that somebody wants to import.

    Attributes:
        uploads: The files by name, no two of the same.
        looks: How they would be read, by group.
        error: Why nothing can be said of them.
        by_hand: Whether somebody maps what latido recognises.
        known: By which mapping accepted before each group is read, if by one.
    """

    uploads: dict[str, Upload]
    looks: tuple[Look, ...] = ()
    error: LatidoError | None = None
    by_hand: bool = False
    known: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether all of them can be imported."""
        return not self.error and bool(self.looks) and all(one.named or one.mapping for one in self.looks)


@dataclass(frozen=True)
class Option:
    """What a column may become."""

    value: str
    label: str


def show(ask: Ask) -> Response:
    """The page, as latido reads the files."""
    if not ask.query.getlist("file"):
        return ask.see_other(HOME)
    return _page(ask, _looked(ask, ask.query.getlist("file"), None))


def send(ask: Ask) -> Response:
    """Look again with what was chosen; or import."""
    looked = _looked(ask, [str(name) for name in ask.form.getlist("file")], ask.form)
    if text(ask.form, "action") != "import":
        return _page(ask, looked)
    if not looked.ready:
        return _page(ask, looked, 422)
    job = _job(ask, looked)
    for one in looked.looks:
        if one.mapping:
            mappings.keep(one.mapping, mappings.place(ask.workspace.root, one.files[0]))
    jobs_of(ask).start(job)
    record(ask.state, ask.asker, ask.request, "data.imported", f"import {job.id}")
    return ask.see_other(f"/data/jobs/{job.id}")


def _job(ask: Ask, looked: Looked) -> jobs.Job:
    accepted = tuple(
        Accepted(one.files, one.source.name, one.mapping.said() if one.mapping else None, one.said.time_zone)
        for one in looked.looks
    )
    return jobs.new(
        "import", tuple(looked.uploads), owner=owner_of(ask), who=ask.asker.name,
        engine=ask.workspace.config.engine.url, uploads=tuple(u.id for u in looked.uploads.values()), accepted=accepted,
    )  # fmt: skip


def _looked(ask: Ask, names: Sequence[str], form: FormData | None) -> Looked:
    """How the files would be read, with what was chosen."""
    uploads, owner = uploads_of(ask), owner_of(ask)
    if not names:
        raise UsageError(_("No file was chosen."), _("Choose one or more, then send them."))
    mine = unique([uploads.get(name, owner) for name in dict.fromkeys(names)])
    by_hand = form is not None and text(form, "by_hand") == "1"
    try:
        found: list[Delivery] = []
        for name, upload in mine.items():
            _check_complete(upload)
            uploads.keep(upload)
            found += [sample.delivery for sample in samples(uploads.path(upload), name)]
        together = groups(found, by_hand=by_hand)
        zone = ask.workspace.config.zone
        said = [_said(form, i) for i in range(len(together))]
        before = [_before(ask, *group) if form is None else None for group in together]
        heard = [known[1] if known else own for known, own in zip(before, said, strict=True)]
        looks = tuple(look(*group, own, zone) for group, own in zip(together, heard, strict=True))
    except (InputError, FieldError) as error:
        return Looked(mine, error=error, by_hand=by_hand)
    return Looked(mine, looks, by_hand=by_hand, known=tuple(known[0] if known else "" for known in before))


def _before(ask: Ask, source: Source, files: list[Delivery]) -> tuple[str, Said] | None:
    """What was accepted for files like these before."""
    if source.name != Generic.name:
        return None
    return remembered(ask.workspace.root, source, files, ask.workspace.config.zone)


def _check_complete(upload: Upload) -> None:
    if not upload.complete:
        raise InputError(
            _("{file} is not all here yet.", file=upload.name), _("Choose the same file again; it goes on.")
        )


def _said(form: FormData | None, group: int) -> Said:
    """What was chosen for a group of files.

    Raises:
        FieldError: Something that there is no such choice for.
    """
    at = f"g{group}-"
    table = text(form, f"{at}table") if form is not None else ""
    if form is None or not table:
        return Said()
    if table not in TABLES:
        raise FieldError("table", _("There is no table called “{name}”.", name=table))
    said = Said(table, _among(ORDERS, text(form, f"{at}dates")), _among(get_args(Sign), text(form, f"{at}decimal")),
                text(form, f"{at}zone").strip())  # fmt: skip
    if table != text(form, f"{at}was"):
        return said
    becomes, scales = {}, {}
    for j, name in enumerate(str(value) for value in form.getlist(f"{at}name")):
        becomes[name] = text(form, f"{at}c{j}")
        if scale := _scale(text(form, f"{at}low{j}"), text(form, f"{at}high{j}")):
            scales[name] = scale
    check_becomes(table, becomes)
    return Said(said.table, said.dates, said.decimal, said.time_zone, becomes, scales)


def _among(known: Sequence[Any], value: str) -> Any:
    return value if value in known else None


def _scale(low: str, high: str) -> tuple[float, float] | None:
    """The ends of a scale; None where they make none."""
    try:
        ends = float(low.replace(",", ".")), float(high.replace(",", "."))
    except ValueError:
        return None
    return ends if ends[0] < ends[1] else None


def _page(ask: Ask, looked: Looked, status: int = 200) -> Response:
    zone = ask.workspace.config.zone
    return ask.page(
        "data_import.html", status, looked=looked, home=HOME, looks=[_shown(one, zone) for one in looked.looks],
        orders=ORDER_NAMES, signs=SIGN_NAMES, tables={name: str(t.meaning) for name, t in TABLES.items()},
        zone=zone.key,
    )  # fmt: skip


def _shown(one: Look, zone: Any) -> dict[str, Any]:
    """A group of files, for its part of the page."""
    table = one.said.table
    return {
        "look": one,
        "files": ", ".join(one.files),
        "label": str(one.source.label),
        "sure": percent(one.confidence, 0),
        "doubtful": one.confidence < SURE,
        "options": _options(table) if table else [],
        "lines": [_line(line, zone) for line in one.lines],
        "made": [(name, _origin(rule)) for name, rule in one.made],
        "found": one.mapping,
        "problem": {name: one.problem(name) for name in ("table", "dates", "decimal", "time_zone", "becomes")},
        "wrong": {p.field.removeprefix("becomes:"): p for p in one.problems if p.field.startswith("becomes:")},
        "rows": range(1, max((len(line.raw) for line in one.lines), default=0) + 1),
    }


def _options(table: str) -> list[Option]:
    """What a column of a file may become, when its rows are of this table."""
    declared = TABLES[table]
    asked = QUESTIONS if table == "answers" else {}
    meanings = {name: declared[name].meaning for name in choices(table)}
    return [
        Option(NOTHING, str(_("not imported"))),
        *(Option(f"{ASKED}{kind}", str(asked[kind])) for kind in QUESTION_KINDS if kind in asked),
        *(Option(name, f"{name} · {meanings[name]}") for name in choices(table) if name != UPDATED),
        Option(UPDATED, f"{UPDATED} · {meanings[UPDATED]}"),
        Option(OWN, str(_("a column of your own"))),
    ]


def _line(line: Any, zone: Any) -> dict[str, Any]:
    cells = [(_short(raw), _value(line.mapped[i], zone) if i < len(line.mapped) else None)
             for i, raw in enumerate(line.raw)]  # fmt: skip
    scale = [number(end) for end in line.scale] if line.scale else []
    sure = percent(line.sure, 0) if line.sure is not None else ""
    doubtful = line.sure is not None and line.sure < SURE
    return {"name": line.name, "becomes": line.becomes, "cells": cells, "sure": sure, "doubtful": doubtful,
            "scale": scale}  # fmt: skip


def _value(value: Any, zone: Any) -> str | None:
    """A mapped cell as people read it; None for one that is empty."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return instant(value.replace(tzinfo=None), zone).text
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return number(value) if isinstance(value, int | float) else _short(str(value))


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _origin(rule: Rule) -> str:
    """Where cells come from that no column of the file gives."""
    if rule.fingerprint:
        return str(_("made up from each row"))
    if rule.row_number:
        return str(_("numbered"))
    if rule.foreign:
        return ", ".join(rule.foreign)
    return str(_("“{value}” for every row", value=rule.constant))


ROUTES = (
    Page("/data/import", show, right="import"),
    Page("/data/import", send, right="import", methods=("POST",)),
)
