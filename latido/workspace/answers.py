"""Answers for many who ask at once: each question is computed once per version of the data."""

from __future__ import annotations

from collections import OrderedDict
from copy import copy
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from latido.metrics.measurement import Measurement
    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.workspace.kept import Kept
    from latido.workspace.question import AsOf
    from latido.workspace.workspace import Workspace

MOST = 5_000  # answers kept; a figure is some hundred bytes


class Answers:
    """What has been asked of a workspace, for threads.

    The embedded engine uses every core for one question, so questions wait for each other; an answer that
    is known waits for nobody.

    Args:
        workspace: The workspace.
        kept: Answers that outlive the process; None to do without.
    """

    def __init__(self, workspace: Workspace, kept: Kept | None = None) -> None:
        self._workspace = workspace
        self._kept = kept
        self._known: OrderedDict[object, Any] = OrderedDict()
        self._pinned: int | None = None
        self.engine = RLock()

    @property
    def workspace(self) -> Workspace:
        """The workspace; whoever uses its engine holds `engine`."""
        return self._workspace

    def ask(self, query: Query, as_of: AsOf = None) -> Measurement:
        """Answer a question; an answer that was found and not computed cannot show its rows."""
        version = self.version(as_of)
        found: Measurement = self.once(("ask", query, version), lambda: self._found(query, version))
        return found

    def knows(self, query: Query) -> bool:
        """Whether the answer is at hand, in this process or kept by another."""
        version = self.version()
        key = ("ask", query, version)
        if key not in self._known and self._kept:
            found = self._kept.find(query, version, self._workspace.settings.time_zone)
            if found is not None:
                self._known[key] = found
        return key in self._known

    def _found(self, query: Query, version: int) -> Measurement:
        zone = self._workspace.settings.time_zone
        found = self._kept.find(query, version, zone) if self._kept else None
        if found is None:
            found = self._workspace.ask(query, version)
            if self._kept:
                self._kept.keep(query, version, found)
        return found

    def data_end(self, metric: Metric, as_of: AsOf = None) -> datetime | None:
        """Instant up to which the data speak of a metric; None where there are none."""
        version = self.version(as_of)
        key = ("end", metric.ends, version)
        found: datetime | None = self.once(key, lambda: self._workspace.data_end(metric, version))
        return found

    def dimensions(self, metric: Metric, as_of: AsOf = None) -> list[str]:
        """What a question about the metric may split and filter by, columns of one's own among them."""
        version = self.version(as_of)
        key = ("dimensions", metric.name, version)
        found: list[str] = self.once(key, lambda: self._workspace.dimensions(metric, version))
        return found

    def values(self, table: str, columns: tuple[str, ...], as_of: AsOf = None) -> dict[str, list[str]]:
        """The values of some columns of a table or facts, the most frequent first."""
        version = self.version(as_of)
        key = ("values", table, columns, version)
        found: dict[str, list[str]] = self.once(key, lambda: self._workspace.values(table, columns, version))
        return found

    def version(self, as_of: AsOf = None) -> int:
        """The version that is asked about: where none is said, the pinned one, else the last."""
        if as_of is None and self._pinned is not None:
            return self._pinned
        return self._workspace.snapshot(as_of).version

    def pinned(self, as_of: AsOf = None) -> Answers:
        """The same answers, all about one version, the last one now unless said: what one page shows fits together."""
        same = copy(self)
        same._pinned = self.version(as_of)  # noqa: SLF001 - one of its own kind
        return same

    def once(self, key: object, compute: Callable[[], Any]) -> Any:
        """What `compute` gives, kept under `key`; on the engine, one after the other.

        Args:
            key: What the answer depends on, the version of the data among it.
            compute: Makes the answer.
        """
        try:
            return self._known[key]
        except KeyError:
            pass
        with self.engine:
            if key not in self._known:
                self._known[key] = compute()
                while len(self._known) > MOST:
                    self._known.popitem(last=False)
            return self._known[key]
