"""Files that have arrived: which source reads them, how, and what that makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

from latido.errors import InputError, UsageError
from latido.i18n import _
from latido.sources import mapping as mappings
from latido.sources.catalog import recognise
from latido.sources.catalog import source as named_source
from latido.sources.generic import Generic
from latido.sources.open import spool
from latido.sources.propose import Proposal, propose
from latido.sources.reading import read_sheet
from latido.sources.source import Delivery, Options, Source
from latido.sources.zones import zone
from latido.sync import Report, TableReport

File: TypeAlias = Path | str | BinaryIO


@dataclass(frozen=True)
class Arrival:
    """Deliveries that are read together.

    Attributes:
        deliveries: The files.
        source: What reads them.
        options: How.
        proposal: The wizard's mapping, where nobody gave one; None for named sources.
    """

    deliveries: tuple[Delivery, ...]
    source: Source
    options: Options
    proposal: Proposal | None = None

    @property
    def name(self) -> str:
        """The files, for people."""
        return ", ".join(d.name for d in self.deliveries)

    @property
    def accepted(self) -> Options:
        """The options with the proposed mapping as the given one."""
        return replace(self.options, mapping=self.proposal.mapping.said()) if self.proposal else self.options


@dataclass(frozen=True)
class Instructions:
    """What a person has said about files.

    Attributes:
        table: The canonical table that they are.
        mapping: The mapping to read them by, or the file it is in.
        source: Name of the format.
        dates: Order of day and month.
        time_zone: Zone of stamps that state none.
    """

    table: str | None = None
    mapping: Path | str | Mapping[str, object] | None = None
    source: str | None = None
    dates: str | None = None
    time_zone: str | None = None

    def check(self) -> None:
        """Refuse what contradicts itself.

        Raises:
            UsageError: A table or mapping for a format that has its own.
        """
        if self.source not in {None, Generic.name} and (self.table or self.mapping):
            raise UsageError(_("The format “{name}” maps itself: no table or mapping can be given.", name=self.source))
        if self.table and self.mapping:
            raise UsageError(_("A mapping says the table itself: give one of the two."))


@dataclass(frozen=True)
class Named:
    """A file that waits to be imported, under a name of one's choice.

    Attributes:
        path: Where it is.
        name: What people call it.
    """

    path: Path
    name: str


@dataclass(frozen=True)
class Accepted:
    """How some files are read, as a person has accepted it.

    Attributes:
        files: Their names; of an archive's members `archive.zip/member.csv`.
        source: What reads them.
        mapping: The mapping, for files of no format of their own.
        time_zone: Zone of stamps that state none; empty for the workspace's.
    """

    files: tuple[str, ...]
    source: str
    mapping: Mapping[str, object] | None = None
    time_zone: str = ""


def unpack(files: Sequence[File], into: Path) -> list[Delivery]:
    """Make files readable from disk, archives unfolded; the same bytes twice count once.

    Raises:
        InputError: There are none, or one cannot be opened.
    """
    found = [d for i, file in enumerate(files) for d in spool(file, into / str(i))]
    if not found:
        raise InputError(_("There is no file to import."))
    return list({d.digest: d for d in found}.values())


def accepted(files: Sequence[Named], said: Sequence[Accepted], into: Path, options: Options) -> Iterator[Arrival]:
    """Files that a person has looked at already, read as was accepted.

    Args:
        files: The files; no two of the same name.
        said: How they are read.
        into: Folder for what has to be unfolded.
        options: The workspace's zone and what the lake knows.

    Raises:
        InputError: One cannot be opened.
    """
    found = {d.name: d for i, file in enumerate(files) for d in spool(file.path, into / str(i), file.name)}
    for one in said:
        mine = {d.digest: d for name, d in found.items() if name in one.files}
        own = zone(one.time_zone) if one.time_zone else options.time_zone
        yield Arrival(
            tuple(mine.values()), named_source(one.source), replace(options, mapping=one.mapping, time_zone=own)
        )


def arrivals(deliveries: Sequence[Delivery], said: Instructions, options: Options) -> Iterator[Arrival]:
    """Decide how files are read: as told, else as recognised, else as the wizard proposes.

    Args:
        deliveries: The files.
        said: What a person has said.
        options: The workspace's zone and what the lake knows.
    """
    said.check()
    options = replace(
        options, dates=said.dates, time_zone=zone(said.time_zone) if said.time_zone else options.time_zone
    )
    if said.mapping is not None:
        given = said.mapping if isinstance(said.mapping, Mapping) else mappings.load(Path(said.mapping)).said()
        told = replace(options, mapping=given)
        # A mapping without tables only helps the wizard: the worksheet, the encoding, the decimal sign.
        yield Arrival(tuple(deliveries), Generic(), told) if given.get("tables") else _proposed(deliveries, None, told)
    elif said.table is not None:
        yield _proposed(deliveries, said.table, options)
    elif said.source is not None and said.source != Generic.name:
        yield Arrival(tuple(deliveries), named_source(said.source), options)
    else:
        yield from _recognised(deliveries, options)


def _recognised(deliveries: Sequence[Delivery], options: Options) -> Iterator[Arrival]:
    """A named format where one claims the files; else files of the same columns together."""
    whole = recognise(deliveries)
    if whole.name != Generic.name:
        yield Arrival(tuple(deliveries), whole, options)
        return
    alike: dict[tuple[str, ...], list[Delivery]] = {}
    for delivery in deliveries:
        alike.setdefault(read_sheet(delivery).columns, []).append(delivery)
    for group in alike.values():
        found = recognise(group)
        named = found.name != Generic.name
        yield Arrival(tuple(group), found, options) if named else _proposed(group, None, options)


def _proposed(deliveries: Sequence[Delivery], table: str | None, options: Options) -> Arrival:
    return Arrival(tuple(deliveries), Generic(), options, propose(deliveries, options, table))


def merged(reports: Sequence[Report]) -> Report:
    """Several imports as one."""
    tables: dict[str, TableReport] = {}
    for report in (r for one in reports for r in one.tables):
        tables[report.table] = _sum(tables[report.table], report) if report.table in tables else report
    return Report(
        source=", ".join(dict.fromkeys(r.source for r in reports)),
        tables=tuple(tables.values()),
        version=reports[-1].version,
        changed=any(r.changed for r in reports),
        seconds=sum(r.seconds for r in reports),
        rejected=sum(r.rejected for r in reports),
        emptied=sum(r.emptied for r in reports),
        deliveries=tuple(digest for r in reports for digest in r.deliveries),
    )


def _sum(one: TableReport, other: TableReport) -> TableReport:
    counts = [field.name for field in fields(one) if field.name != "table"]
    return TableReport(one.table, **{name: getattr(one, name) + getattr(other, name) for name in counts})
