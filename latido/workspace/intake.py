"""Where files come into the lake: received, looked at, taken; and rejects, mended and replayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from latido import sync
from latido.errors import UsageError
from latido.facts.refresh import refresh
from latido.i18n import _
from latido.sources.catalog import source as named_source
from latido.sources.open import spool
from latido.sources.source import Delivery, Options, Original, Source
from latido.store.engine import Engine
from latido.store.history import gone, versions
from latido.store.lake import Lake
from latido.store.raw import read_origins
from latido.store.rejects import ID_COLUMN, Kept, Rejects, replaying
from latido.sync import OnProgress, Report
from latido.workspace.arrivals import Accepted, Arrival, File, Instructions, Named, accepted, arrivals, unpack


class Intake:
    """The way in.

    Args:
        lake: Where to.
        engine: Derives the facts.
        zone: Of stamps that state none.
        currency: Of amounts that state none.
    """

    def __init__(self, lake: Lake, engine: Engine, zone: ZoneInfo, currency: str) -> None:
        self._lake = lake
        self._engine = engine
        self._zone = zone
        self._currency = currency

    @contextmanager
    def receive(self, files: Sequence[File], said: Instructions | None = None) -> Iterator[list[Arrival]]:
        """Open files and decide how they are read; nothing is imported before `take`.

        Args:
            files: Paths or binary streams; archives are unfolded.
            said: What a person has said about them.

        Raises:
            InputError: A file cannot be opened, or is nothing that holds rows.
            UnsureError: It cannot be decided without a person how a file is to be read.
        """
        with self._lake.staging() as folder:
            yield list(arrivals(unpack(files, folder), said or Instructions(), self._options()))

    @contextmanager
    def receive_accepted(self, files: Sequence[Named], said: Sequence[Accepted]) -> Iterator[list[Arrival]]:
        """Open files that a person has looked at already.

        Args:
            files: The files.
            said: How they are read.

        Raises:
            InputError: A file cannot be opened.
        """
        with self._lake.staging() as folder:
            yield list(accepted(files, said, folder, self._options()))

    def knows(self, arrival: Arrival) -> bool:
        """Whether all of its files were imported before, and that was not taken back."""
        undone = gone(versions(self._lake.log))
        return all(read_origins(self._lake.raw, d.digest) and d.digest not in undone for d in arrival.deliveries)

    def take(self, arrival: Arrival, progress: OnProgress | None = None, who: str = "") -> Report:
        """Import what was received; the facts follow in the same write.

        Args:
            arrival: What was received.
            progress: Told how far it is.
            who: The person who asks for it.
        """
        return self._run(arrival.source, arrival.deliveries, arrival.accepted, progress, who=who)

    def replay(self, file: Path, progress: OnProgress | None = None, who: str = "") -> Report:
        """Import mended rejects again, in the way in which they came.

        Args:
            file: A file that `rejects.export_rows` wrote, mended.
            progress: Told how far it is.
            who: The person who asks for it.

        Raises:
            UsageError: It does not come from there.
        """
        marked = replaying(file)
        known = {r.reject_id: r for r in Rejects(self._lake).list(state=None)}
        originals = {row: original for row, ids in marked.items() if (original := _original(ids, known))}
        if not originals:
            raise UsageError(
                _("{file} holds no rejects of this workspace.", file=file),
                _("Export them with “latido rejects --export”, mend them, and keep the column {name}.", name=ID_COLUMN),
            )
        origin = read_origins(self._lake.raw, next(iter(originals.values())).delivery)[-1]
        options = replace(self._options(origin.mapping), originals=originals)
        with self._lake.staging() as folder:
            return self._run(named_source(origin.source), spool(file, folder), options, progress, marked, who=who)

    def _run(
        self,
        source: Source,
        deliveries: Sequence[Delivery],
        options: Options,
        progress: OnProgress | None,
        marked: Mapping[int, Sequence[str]] | None = None,
        *,
        who: str = "",
    ) -> Report:
        return sync.run(
            self._lake,
            self._engine,
            source,
            deliveries,
            options,
            progress=progress,
            after=refresh,
            replaying=marked,
            who=who,
        )

    def _options(self, mapping: Mapping[str, object] | None = None) -> Options:
        return Options(time_zone=self._zone, mapping=mapping, roles=self._roles(), currency=self._currency)

    def _roles(self) -> dict[str, str]:
        """The last known role of every agent and bot, by identifier."""
        agents = self._engine.table(self._lake.snapshot(), "agents")
        known = agents.filter(agents.role.isin(("agent", "bot"))).order_by("valid_from")
        frame = self._engine.con.execute(known.select("agent_id", "role"))
        return dict(zip(frame["agent_id"], frame["role"], strict=True))


def _original(ids: Sequence[str], known: Mapping[str, Kept]) -> Original | None:
    """The row that rejects are of, as it was delivered first, however often it was mended since."""
    found = next((known[name] for name in ids if name in known), None)
    if found is None:
        return None
    earlier = _original((found.raw.get(ID_COLUMN) or "").split(), known)
    return earlier or Original(found.delivery, found.row, found.raw)
