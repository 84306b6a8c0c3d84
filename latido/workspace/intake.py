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
from latido.sources.generic import Generic
from latido.sources.mapping import LAYOUT
from latido.sources.open import spool
from latido.sources.source import Delivery, Options, Source
from latido.store.engine import Engine
from latido.store.history import gone, versions
from latido.store.lake import Lake
from latido.store.raw import read_origins
from latido.sync import OnProgress, Report
from latido.workspace.arrivals import Accepted, Arrival, File, Instructions, Named, accepted, arrivals, merged, unpack
from latido.workspace.mended import WRITTEN, Mended, mended


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

    def replay(self, file: Path, progress: OnProgress | None = None, who: str = "", name: str | None = None) -> Report:
        """Import mended rejects again, in the way in which they came.

        Args:
            file: A file that `rejects.export_rows` wrote, mended, as CSV or as any spreadsheet saves it.
            progress: Told how far it is.
            who: The person who asks for it.
            name: What people call the file; else its own name.

        Raises:
            InputError: It is nothing that holds rows.
            UsageError: It does not come from there, or its rows cannot be mended one by one.
        """
        with self._lake.staging() as folder:
            given = spool(file, folder / "given", name)
            found = [(one, each.name) for each in given for one in mended(each, self._lake)]
            return merged([self._replay(one, known, folder, progress, who) for one, known in found])

    def _replay(self, one: Mended, name: str, folder: Path, progress: OnProgress | None, who: str) -> Report:
        """Import mended rows of one delivered file."""
        origin = read_origins(self._lake.raw, one.delivery)[-1]
        if origin.source != Generic.name or origin.mapping is None:
            rule = _("Rows of {source} are read together with the rest of their file.", source=origin.source)
            raise UsageError(rule, _("Put them right in the file and import it again."))
        # They come back as we write them, however the file that they are from was laid out.
        mapping = {key: value for key, value in origin.mapping.items() if key not in LAYOUT} | WRITTEN
        options = replace(self._options(mapping), originals=dict(enumerate(one.originals, 1)))
        path = folder / f"{one.delivery}.csv"
        one.write(path)
        return self._run(Generic(), spool(path, folder, name), options, progress, one.replaying, who=who)

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
