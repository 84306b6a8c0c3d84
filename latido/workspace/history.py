"""What was imported when and by whom, and taking it back, facts included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from latido.errors import UnknownNameError, UsageError
from latido.facts.refresh import refresh
from latido.i18n import _
from latido.store import undo as store
from latido.store.engine import Engine
from latido.store.history import IMPORTS, Version, versions
from latido.store.lake import Lake
from latido.store.undo import Undone


def history(lake: Lake, limit: int | None = None) -> list[Version]:
    """The versions of the data that are kept, the newest first.

    Args:
        lake: The lake.
        limit: At most so many; None for all.
    """
    return list(islice(versions(lake.log), limit))


def kept(found: Iterable[Version], number: int) -> Version:
    """One of the versions that are kept.

    Args:
        found: The history.
        number: Its number.

    Raises:
        UnknownNameError: It is not among them.
    """
    one = next((version for version in found if version.n == number), None)
    if one is None:
        raise UnknownNameError(
            _("Version {n} of the data is not kept.", n=str(number)), _("The history shows which are.")
        )
    return one


def undoable(found: Iterable[Version], number: int) -> Version:
    """The import that made a version, if it can be taken back.

    Args:
        found: The history.
        number: The version.

    Raises:
        UnknownNameError: It is not kept.
        UsageError: It is no import, was taken back already, or what was before it is not kept.
    """
    one = kept(found, number)
    if one.undone_by is not None:
        raise UsageError(
            _("Version {n} was taken back already, by version {by}.", n=str(number), by=str(one.undone_by)),
            _("Import its files again to have it back."),
        )
    if one.deed.kind not in IMPORTS:
        raise UsageError(_("Version {n} is not an import: there is nothing to take back.", n=str(number)))
    if not one.can_undo:
        raise UsageError(
            _("What was before version {n} is no longer kept.", n=str(number)),
            _("keep_days in the section [store] of latido.toml says for how long it is."),
        )
    return one


def undo(lake: Lake, engine: Engine, version: int, who: str = "") -> Undone:
    """Take an import back as a new version; the facts follow in the same write.

    Args:
        lake: The lake.
        engine: Derives the facts.
        version: The version that the import made.
        who: The person who asks for it.

    Raises:
        UsageError: That version is no import, was taken back already, or what was before it is not kept.
        BusyError: Somebody else kept writing.
    """
    return store.undo(lake, version, partial(refresh, engine=engine), who)


def last_imports(found: Sequence[Version]) -> dict[str, Version]:
    """The last import that stands and brought something, for each table.

    Args:
        found: The history, the newest first.
    """
    last: dict[str, Version] = {}
    for version in found:
        if version.deed.kind in IMPORTS and version.undone_by is None:
            for one in version.deed.brought:
                if one.new or one.updated:
                    last.setdefault(one.table, version)
    return last


def also_brought(found: Sequence[Version], version: Version) -> list[Version]:
    """Later imports that may have held rows of this one unchanged: without it, those have to be imported again.

    Args:
        found: The history, the newest first.
        version: The import that is to be taken back.
    """
    tables = {one.table for one in version.deed.brought if one.new or one.updated}
    return [
        later
        for later in found
        if later.n > version.n
        and later.deed.kind in IMPORTS
        and later.undone_by is None
        and any(one.unchanged and one.table in tables for one in later.deed.brought)
    ]
