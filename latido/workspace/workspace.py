"""A workspace: settings, lake, engine and calendars, and the questions that can be asked of them.

Long because every question has its place here; what answers it is a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from io import IOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from latido.config import FILE, Config, Target
from latido.errors import ConfigError, UnknownNameError, UsageError
from latido.facts.catalog import FACTS, Derived
from latido.i18n import _
from latido.metrics.catalog import METRICS
from latido.metrics.measure import measure, page
from latido.metrics.measurement import Measurement, TracePage
from latido.metrics.metric import Metric
from latido.metrics.query import Comparison, Query
from latido.metrics.settings import Promise, Settings
from latido.metrics.shapes import Shape, shape
from latido.model import TABLES
from latido.model.calendar import BusinessCalendar, always
from latido.model.calendar_settings import from_settings
from latido.model.opening import business_seconds
from latido.store.engine import Engine, connect
from latido.store.history import Version
from latido.store.lake import Lake
from latido.store.rejects import Rejects
from latido.store.tidy import Tidied, tidy
from latido.store.undo import Undone
from latido.sync import OnProgress, Report
from latido.workspace import export, history, look, quality, question
from latido.workspace.arrivals import File, Instructions, merged
from latido.workspace.insights import Insights
from latido.workspace.intake import Intake
from latido.workspace.memory import Remembering
from latido.workspace.question import AsOf, Day, Instant, Where

if TYPE_CHECKING:
    from latido.store.snapshot import Snapshot
    from latido.workspace.quality import TableQuality

LAKE = "lake"
ALWAYS = "24x7"


class Workspace(Insights):
    """A company's data and settings in one folder.

    Made by `latido.open` or `latido.create`.

    Attributes:
        root: The folder, with `latido.toml` and the lake in it.
        config: The settings.
    """

    def __init__(self, root: Path, config: Config) -> None:
        self.root = root
        self.config = config

    def __repr__(self) -> str:
        return f"<Workspace {self.config.name or self.root.name!r} in {self.root}>"

    @cached_property
    def lake(self) -> Lake:
        """The lake; made when there is none yet."""
        return Lake.create(self.root / LAKE)

    @cached_property
    def engine(self) -> Engine:
        """The engine that the settings name, within the memory and threads that they allow."""
        chosen = self.config.engine
        return connect(chosen.url, memory=chosen.memory, threads=chosen.threads, options=chosen.options)

    @cached_property
    def execute(self) -> Remembering:
        """Runs an Ibis expression on the engine; gives a data frame."""
        return Remembering(self.engine.execute)

    @cached_property
    def calendars(self) -> Mapping[str, BusinessCalendar]:
        """Business calendars by name, `24x7` first."""
        zone = {"time_zone": self.config.time_zone}
        own = {name: from_settings(name, {**zone, **given}) for name, given in self.config.calendars.items()}
        return {ALWAYS: always(self.config.time_zone), **own}

    @cached_property
    def settings(self) -> Settings:
        """The settings as metrics need them."""
        config, chosen = self.config, self.config.definitions
        return Settings(
            time_zone=config.time_zone,
            calendars={name: c for name, c in self.calendars.items() if name != ALWAYS},
            promises=tuple(Promise(p.name, p.clock, p.target, p.calendar, _listed(p.where)) for p in config.sla),
            min_n=config.min_n or 1,
            brand=config.brand or config.name or None,
            first_contact_days=chosen.first_contact_days,
            horizon_days=chosen.horizon_days,
            lifespan_years=chosen.lifespan_years,
            margin=chosen.margin,
            unresolved_hours=tuple(s / 3600 for s in chosen.unresolved_after),
            positive_from={survey: q.positive_from for survey, q in config.questions.items()},
        )

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """What metrics should reach.

        Raises:
            ConfigError: A target for a metric that does not exist.
        """
        for name in self.config.targets:
            if name not in METRICS:
                unknown = UnknownNameError.among(_("metric"), name, METRICS)
                raise ConfigError(_("{file}, targets: {rule}", file=FILE, rule=unknown.message), unknown.hint)
        return self.config.targets

    @cached_property
    def segments(self) -> Mapping[str, tuple[str, ...]]:
        """Filters by the name under which they are saved.

        Raises:
            ConfigError: A text that is no filter.
        """
        for name, texts in self.config.segments.items():
            try:
                question.conditions(texts)
            except UsageError as error:
                rule = _("{file}, segments, “{name}”: {rule}", file=FILE, name=name, rule=error.message)
                raise ConfigError(rule, error.hint) from None
        return self.config.segments

    def snapshot(self, as_of: AsOf = None) -> Snapshot:
        """The data as they are, or as they were: at a version, an instant, or the end of a day."""
        return self.lake.snapshot(question.version(as_of, self.config.zone))

    def tables(self, as_of: AsOf = None) -> Mapping[str, Any]:
        """Canonical tables and facts of one state of the data, as Ibis tables by name."""
        snapshot = self.snapshot(as_of)
        return Derived(
            lambda name: self.engine.table(snapshot, name) if name in snapshot.tables else None,
            self.engine.keep,
            self.engine.drop,
        )

    def table(self, name: str, as_of: AsOf = None) -> Any:
        """One canonical table or facts, as an Ibis table."""
        if name not in TABLES and name not in FACTS:
            raise UnknownNameError.among(_("table"), name, (*TABLES, *FACTS))
        return self.tables(as_of)[name]

    def measure(
        self,
        name: str,
        *,
        by: str | Sequence[str] | None = None,
        period: str | None = None,
        start: Day = None,
        end: Day = None,
        where: Where = None,
        compare: Comparison | None = None,
        calendar: str | None = None,
        preset: str | None = None,
        as_of: AsOf = None,
        min_n: int | None = None,
    ) -> Measurement:
        """Compute a metric.

        Args:
            name: The metric.
            by: Dimensions to split by: `"channel"`, `"channel,team"` or a list.
            period: `day`, `week`, `month`, `quarter`, `year`, or `28d` for rolling windows.
            start: First local day, included: a date, `"2025-03-04"`, `"2025-03"`, `"2025"`.
            end: Local day after the last.
            where: Filters: `{"channel": "email", "priority": ["high", "urgent"], "score >=": 9}`, or `"score>=9"`.
            compare: `previous` period or the same one `last_year`.
            calendar: Business calendar of durations; None for the workspace's.
            preset: Named reading of the definition.
            as_of: The data as they were: a version's number, an instant, or a day (at its end).
            min_n: Below it a value is withheld.

        Raises:
            UnknownNameError: Nothing has a name that was given; names the nearest.
        """
        first, last = question.span(start, end)
        query = Query(
            metric=name, by=question.dimensions(by), period=period, start=first, end=last,
            where=question.conditions(where), compare=compare, calendar=calendar or self.config.calendar,
            preset=preset, min_n=min_n,
        )  # fmt: skip
        return self.ask(query, as_of)

    def ask(self, query: Query, as_of: AsOf = None) -> Measurement:
        """Answer a question."""
        snapshot = self.snapshot(as_of)
        found = measure(query, self.tables(snapshot.version), self.settings, execute=self.execute)
        return replace(found, version=snapshot.version)

    def dimensions(self, metric: Metric, as_of: AsOf = None) -> list[str]:
        """What a question about a metric may split and filter by, columns of one's own among them."""
        return look.dimensions(self, metric, as_of)

    def values(self, table: str, columns: Sequence[str], as_of: AsOf = None) -> dict[str, list[str]]:
        """The values of some columns of a table or facts, the most frequent first; what is not there has none."""
        return look.values(self, table, columns, as_of)

    def data_end(self, metric: Metric, as_of: AsOf = None) -> datetime | None:
        """Instant up to which the data speak of a metric; None where there are none."""
        tables = self.tables(as_of)
        latest = [self._latest(tables[table], column) for table, column in metric.ends]
        return max((moment for moment in latest if moment is not None), default=None)

    def _latest(self, table: Any, column: str) -> datetime | None:
        found: Any = self.execute(table.aggregate(x=table[column].max())).iloc[0, 0]
        return None if pd.isna(found) else found.to_pydatetime()

    def trace(self, name: str, keys: Mapping[str, str | None] | None = None, **asked: Any) -> pd.DataFrame:
        """The rows behind a metric, each with the reason it is in or out; instants are in UTC and say so.

        Args:
            name: The metric.
            keys: Only the rows of one group: `{"channel": "chat"}`.
            **asked: As for `measure`.
        """
        return look.in_utc(self.measure(name, **asked).trace(**(keys or {})))

    def rows(self, query: Query, as_of: AsOf = None, **shown: Any) -> TracePage:
        """Some of the rows behind a question's figures; `shown` as for `latido.metrics.measure.page`."""
        found = page(query, self.tables(as_of), self.settings, execute=self.execute, **shown)
        return replace(found, rows=look.in_utc(found.rows))

    def shape(self, query: Query, as_of: AsOf = None) -> Shape:
        """How the rows behind a question's figure are spread."""
        return shape(query, self.tables(as_of), self.settings, self.execute)

    @cached_property
    def intake(self) -> Intake:
        """Where files come in, step by step: look at what is proposed before it is imported."""
        return Intake(self.lake, self.engine, self.config.zone, self.config.currency)

    def import_files(
        self,
        files: File | Sequence[File],
        *,
        as_table: str | None = None,
        mapping: Path | str | Mapping[str, object] | None = None,
        source: str | None = None,
        dates: str | None = None,
        time_zone: str | None = None,
        yes: bool = False,
        progress: OnProgress | None = None,
    ) -> Report:
        """Import files.

        Args:
            files: Paths or binary streams; archives are unfolded.
            as_table: The canonical table that they are.
            mapping: The mapping to read them by, or the file it is in.
            source: Name of their format.
            dates: Order of day and month: `dmy`, `mdy`, `ymd`.
            time_zone: Zone of stamps that state none; else the workspace's.
            yes: Import on a guess that nobody has looked at.
            progress: Told how far it is.

        Raises:
            InputError: A file is broken; nothing of it was imported.
            UnsureError: There is only a guess how to read it.
            BusyError: Somebody else kept writing.
        """
        given: Sequence[File] = [files] if isinstance(files, str | Path | IOBase) else list(files)  # type: ignore[arg-type]
        with self.intake.receive(given, Instructions(as_table, mapping, source, dates, time_zone)) as found:
            for arrival in found:
                if arrival.proposal and not yes:
                    arrival.proposal.insist(arrival.name)
            return merged([self.intake.take(arrival, progress) for arrival in found])

    @property
    def rejects(self) -> Rejects:
        """The rows that could not be mapped."""
        return Rejects(self.lake)

    def replay(self, file: Path | str, progress: OnProgress | None = None) -> Report:
        """Import mended rejects again, in the way in which they came."""
        return self.intake.replay(Path(file), progress)

    def history(self, limit: int | None = None) -> list[Version]:
        """The versions of the data that are kept, the newest first: what was imported when, by whom."""
        return history.history(self.lake, limit)

    def quality(self) -> tuple[TableQuality, ...]:
        """Every table's rows, first and last instants, empty cells, open rejects and last import."""
        return quality.quality(self)

    def undo(self, version: int, who: str = "") -> Undone:
        """Take an import back: a new version in which its rows are gone, and what it changed is as before.

        What a later import changed again stays. Nothing is erased.

        Args:
            version: The version that the import made.
            who: The person who asks for it.

        Raises:
            UsageError: That version is no import, was taken back already, or what was before it is not kept.
        """
        return history.undo(self.lake, self.engine, version, who)

    def business_time(self, calendar: str, start: Instant, end: Instant) -> tuple[datetime, datetime, int]:
        """Open seconds of a calendar between two instants (naive ones in the workspace's zone), and the instants."""
        if calendar not in self.calendars:
            raise UnknownNameError.among(_("calendar"), calendar, self.calendars)
        ends = [question.instant(moment, self.config.zone) for moment in (start, end)]
        first, last = (int(moment.timestamp()) for moment in ends)
        return ends[0], ends[1], int(business_seconds(self.calendars[calendar], first, last))

    def tidy(self, keep_days: int | None = None) -> Tidied:
        """Join small files and drop versions older than `keep_days` (else the settings'); what was done."""
        return tidy(self.lake, timedelta(days=self.config.store.keep_days if keep_days is None else keep_days))

    def export(self, name: str, to: IO[bytes], format_: str = "csv", as_of: AsOf = None) -> int:
        """Write a table or facts as `csv`, `parquet` or `json` (an object a line); how many rows."""
        found = self.table(name, as_of)
        with self.lake.staging() as folder:
            return export.write(self.engine.write(found, folder / "rows.parquet"), to, format_)

    def close(self) -> None:
        """Let go of the engine's memory."""
        if "engine" in self.__dict__:
            self.engine.close()
            for name in ("engine", "execute", "intake"):
                self.__dict__.pop(name, None)


def _listed(where: Mapping[str, str | tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (values,) if isinstance(values, str) else values for name, values in where.items()}
