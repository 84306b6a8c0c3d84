"""`/imports`: what came in, how more comes in, and how it is taken back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import AsyncIterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, Path, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError

from latido.api.call import Asking
from latido.api.groups import DATA
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Cursor, Page, Pages, begin, lead_on
from latido.api.proposals import insist
from latido.api.questions import MOST_N, Name, field
from latido.api.upload import Received, receive
from latido.api.writing import Report, TableReport, TakenBack, apart, reported
from latido.errors import FieldError, LatidoError
from latido.i18n import _
from latido.model.catalog import table as find_table
from latido.sources import mapping as mappings
from latido.sources.catalog import source as find_source
from latido.sources.zones import zone
from latido.store.history import versions
from latido.workspace.arrivals import Instructions, merged
from latido.workspace.history import undoable

if TYPE_CHECKING:
    from latido.store.history import Version

Number = Annotated[int, Path(description=_("The version that an import made").template, ge=0, le=MOST_N)]


class Told(BaseModel):
    """What is said about files, in the address or in fields of the form."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    as_table: Name | None = about(_("The canonical table that they are: tickets, answers, …"), default=None, alias="as")
    mapping: str | None = about(_("The mapping to read them by, as JSON or TOML"), default=None, max_length=1_000_000)
    source: Name | None = about(_("Their format: zendesk, servicenow, qualtrics, …"), default=None)
    dates: Literal["dmy", "mdy", "ymd"] | None = about(_("Order of day and month"), default=None)
    time_zone: Name | None = about(_("Zone of stamps that state none; else the workspace's"), default=None)
    yes: bool = about(_("Import even what is only a guess"), default=False)
    name: Name = about(_("What to call a body that is one file"), default="upload")


class File(BaseModel):
    """A delivered file."""

    name: str = about(_("Its name"))
    digest: str = about(_("SHA-256 of its bytes"))
    size: int = about(_("Bytes"))


class Undone(BaseModel):
    """What taking an import back did."""

    version: int = about(_("The version of the data that this made"))
    undoes: int = about(_("The version that was taken back"))
    tables: list[TakenBack] = about(_("What it did, table by table"))
    rejects: int = about(_("Rejects that went with it, or are open again"))


class Import(BaseModel):
    """One version of the data, and how it came about."""

    version: int = about(_("Its number"))
    committed: datetime = about(_("When it became the current one"))
    kind: str = about(_("What made it: `import`, `replay`, `undo`, `rejects`, `tidy`, `create`"))
    note: str = about(_("What was done, in a word or two"))
    source: str = about(_("Through which source the rows came"))
    who: str = about(_("Who asked for it"))
    files: list[File] = about(_("What was delivered"))
    tables: list[TableReport] = about(_("What it did, table by table"))
    taken: list[TakenBack] = about(_("What an undo did, table by table"))
    undoes: int | None = about(_("The version that an undo takes back"))
    undone_by: int | None = about(_("The version that took it back"))
    can_undo: bool = about(_("Whether it can be taken back"))


class Imports(Page):
    """The history of the data."""

    items: list[Import] = about(_("The versions that are kept, the newest first"))


def every(call: Asking, said: Annotated[Pages, Query()]) -> Imports:
    """The history of the data."""
    at = begin(call, said, *([int] if said.cursor else []))
    kept = versions(call.workspace.lake.log)
    older = (one for one in kept if not at.after or one.n < int(at.after[0]))
    found = list(islice(older, said.limit + 1))
    shown = found[: said.limit]
    after = Cursor(at.version, (shown[-1].n,)) if len(found) > said.limit else None
    return Imports(items=list(map(_version, shown)), next=lead_on(call, after), version=at.version)


async def received(call: Asking, said: Annotated[Told, Query()]) -> AsyncIterator[Received]:
    """The files that a request brings, on disk as long as it lasts."""
    with call.workspace.lake.staging() as folder:
        yield await receive(call.request, folder, said.name)


def bring(call: Asking, said: Annotated[Told, Query()], body: Annotated[Received, Depends(received)]) -> Report:
    """Import files."""
    told = _told(said, body.fields)
    if not body.files:
        raise FieldError("file", _("There is no file to import."))
    with apart(call) as workspace, workspace.intake.receive(list(body.files), _instructions(told)) as found:
        if not told.yes:
            insist(found)
        report = merged([workspace.intake.take(arrival, who=call.asker.name) for arrival in found])
    call.record("data.imported", f"version {report.version}")
    return reported(call, report)


def undo(call: Asking, version: Number) -> Undone:
    """Take an import back."""
    undoable(call.workspace.history(), version)
    with apart(call) as workspace:
        done = workspace.undo(version, call.asker.name)
    call.record("data.undone", f"version {version}")
    tables = [TakenBack.model_validate(one, from_attributes=True) for one in done.tables]
    return Undone(version=done.made, undoes=done.version, tables=tables, rejects=done.rejects)


def _told(said: Told, fields: dict[str, str]) -> Told:
    """What the address says, and what the form says louder."""
    given = {**said.model_dump(by_alias=True, exclude_unset=True), **fields}
    try:
        return Told.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None


def _instructions(told: Told) -> Instructions:
    with field("as"):
        _ = told.as_table is None or find_table(told.as_table)
    with field("source"):
        _ = told.source is None or find_source(told.source)
    with field("time_zone"):
        _ = told.time_zone is None or zone(told.time_zone)
    mapping = None if told.mapping is None else _mapping(told.mapping)
    return Instructions(told.as_table, mapping, told.source, told.dates, told.time_zone)


def _mapping(text: str) -> dict[str, Any]:
    """A mapping as JSON or TOML; never the name of a file of the server's."""
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError):
        raise FieldError("mapping", _("It is neither JSON nor TOML.")) from None
    try:
        said: dict[str, Any] = mappings.parse(found).said()
    except LatidoError as error:
        raise FieldError("mapping", error.message, error.hint) from None
    return said


def _version(version: Version) -> Import:
    deed = version.deed
    return Import(
        version=version.n,
        committed=version.committed,
        kind=version.kind,
        note=version.note,
        source=deed.source,
        who=deed.who,
        files=[File.model_validate(one, from_attributes=True) for one in deed.files],
        tables=[TableReport.model_validate(one, from_attributes=True) for one in deed.brought],
        taken=[TakenBack.model_validate(one, from_attributes=True) for one in deed.taken],
        undoes=deed.undoes,
        undone_by=version.undone_by,
        can_undo=version.can_undo,
    )


def _body() -> dict[str, Any]:
    """The body for the OpenAPI document; no framework reads it for us, since it may be larger than memory."""
    said = Told.model_json_schema()["properties"]
    files = _("The files: CSV, TSV, XLSX, JSON, JSON Lines, Parquet, and zip or gz of these").template
    binary = {"type": "string", "format": "binary"}
    form = {
        "type": "object",
        "required": ["file"],
        "additionalProperties": False,
        "properties": {"file": {"type": "array", "items": binary, "description": files}, **said},
    }
    content = {"multipart/form-data": {"schema": form}, "application/octet-stream": {"schema": binary}}
    return {"required": True, "content": content}


OPERATIONS = (
    Operation(
        "GET", "/imports", every, "import", DATA,
        _("The history of the data"),
        _("Every version of the data that is kept, the newest first: who imported which files, and what that did."),
        Imports, example="/imports?limit=20",
    ),
    Operation(
        "POST", "/imports", bring, "import", DATA,
        _("Import files"),
        _("Files in a form, or one file as the body; of any size up to what the settings "
          "allow (20 GB), written to disk as they arrive. What may "
          "be said about them stands in the address or in fields of the form. Where latido is not sure how to read "
          "them, nothing is imported and the answer (409) holds its proposal. The same files twice change nothing."),
        Report, status=201, errors=(400, 409, 413), most=None, example="/imports",
        curl=("-F", "file=@tickets.csv", "-F", "as=tickets"), extra={"requestBody": _body()},
    ),
    Operation(
        "POST", "/imports/{version}/undo", undo, "import", DATA,
        _("Take an import back"),
        _("As a new version, in which the rows that the import added are gone and those that it changed are as "
          "before. What a later import changed again stays, and is counted. Nothing is erased: the versions before "
          "can still be asked for, and the same files can be imported again."),
        Undone, errors=(400, 404), example="/imports/7/undo", curl=("-X", "POST"),
    ),
)  # fmt: skip
