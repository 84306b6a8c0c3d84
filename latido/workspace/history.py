"""What was imported when and by whom, and taking it back, facts included."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from latido.facts.refresh import refresh
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
