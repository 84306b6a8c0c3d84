"""The history of the data: versions, what made them, and what taking one back did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from latido.i18n import Message, _, _n, day, number
from latido.metrics.present import NOTHING, Cell, Column, Grid
from latido.report.imports import mends
from latido.store.history import Taken, Version
from latido.store.undo import Undone

SHOWN = 3  # files of one import by name
KINDS: dict[str, Message] = {
    "import": _("Import"),
    "replay": _("Mended rows"),
    "undo": _("Taken back"),
    "rejects": _("Rejects put aside"),
    "tidy": _("Tidied up"),
    "create": _("Began empty"),
}


def what(version: Version) -> str:
    """What made a version, in a word."""
    known = KINDS.get(version.kind)
    return str(known) if known else version.note


def files(version: Version) -> str:
    """The files of an import by name, the first few where they are many."""
    names = [file.name for file in version.deed.files]
    more = f" +{number(len(names) - SHOWN)}" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def moment(when: datetime, zone: ZoneInfo) -> str:
    """An instant on the clocks of a zone, to the minute."""
    local = when.astimezone(zone)
    return f"{day(local)} {local:%H:%M}"


def state(version: Version) -> str:
    """What became of an import; empty where it stands."""
    return str(_("taken back by {n}", n=str(version.undone_by))) if version.undone_by is not None else ""


def counts(version: Version) -> list[str]:
    """What a version did to the rows, each number in words; nothing that is nought."""
    deed = version.deed
    sums = {name: sum(getattr(b, name) for b in deed.brought) for name in ("new", "updated")}
    gone = {name: sum(getattr(t, name) for t in deed.taken) for name in ("removed", "restored", "kept")}
    said = (
        _n("{count} new row", "{count} new rows", sums["new"]),
        _n("{count} changed", "{count} changed", sums["updated"]),
        _n("{count} rejected", "{count} rejected", deed.rejected),
        _n("{count} with a value left empty", "{count} with a value left empty", deed.emptied),
        _n("{count} row removed", "{count} rows removed", gone["removed"]),
        _n("{count} as before", "{count} as before", gone["restored"]),
        _n("{count} stays", "{count} stay", gone["kept"]),
    )
    return [*(str(text) for text in said if text.count), *map(str, mends(deed.brought))]


def history(found: Sequence[Version], zone: ZoneInfo) -> Grid:
    """Versions, a line each."""
    headings = (_("version"), _("when"), _("what"), _("files"), _("new"), _("updated"), _("unchanged"), _("rejected"))
    right = {0, 4, 5, 6, 7}
    columns = (
        *(Column(str(text), right=i in right, spare=2 if i == 6 else 0) for i, text in enumerate(headings)),
        Column(str(_("who")), right=False, spare=1),
        Column("", right=False),
    )
    return Grid("", "", columns, tuple(_line(version, zone) for version in found))


def _line(version: Version, zone: ZoneInfo) -> tuple[Cell, ...]:
    said = (str(version.n), moment(version.committed, zone), what(version), files(version) or NOTHING)
    gone = version.undone_by is not None
    brought = version.deed.brought
    sums = [*(sum(getattr(one, name) for one in brought) for name in ("new", "updated", "unchanged")),
            version.deed.rejected]  # fmt: skip
    counts = [number(n) if brought else NOTHING for n in sums]
    texts = (*said, *counts, version.deed.who or NOTHING, state(version))
    return tuple(Cell(text, "muted" if gone else "plain") for text in texts)


def undone(done: Undone) -> Grid:
    """What taking an import back did, a line a table."""
    title = _("Version {n} is taken back; version {made} is without it.", n=str(done.version), made=str(done.made))
    notes = (str(rejects_of(done)),) if done.rejects else ()
    return replace(taken(done.tables), title=str(title), notes=notes)


def taken(tables: Sequence[Taken]) -> Grid:
    """What becomes of rows when an import is taken back, a line a table."""
    headings = (_("removed"), _("as before"), _("changed again since: stay"))
    columns = (Column(str(_("table")), right=False), *(Column(str(text)) for text in headings))
    rows = tuple(
        (Cell(one.table), Cell(number(one.removed)), Cell(number(one.restored)), Cell(number(one.kept)))
        for one in tables
    )
    return Grid("", "", columns, rows)


def rejects_of(done: Undone) -> Message:
    """What became of the import's rejects."""
    return _n("{count} rejected row of it waits no longer", "{count} rejected rows of it wait no longer", done.rejects)
