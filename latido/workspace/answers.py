"""Answers for many who ask at once: each question is computed once per version of the data."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from copy import copy
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from latido.workspace.turns import in_turn

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
MOST_LONG = 100  # long works whose results are kept


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
        self._underway: OrderedDict[object, Future[Any]] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, "insights")  # one long work at a time, beside the short questions
        self._starting = Lock()
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

    def begun(self, key: object, compute: Callable[[Workspace], Any], *, patience: float | None = 0.0) -> Future[Any]:
        """Work that takes seconds: begun once, in the background, while others keep asking.

        Args:
            key: What the result depends on, the version of the data among it.
            compute: Makes the result from the workspace, whose queries take turns with everybody's.
            patience: Seconds to wait for it; None for as long as it takes.

        Returns:
            The work: `done()` once there is a result, which `result()` gives, or raises what went wrong.
        """
        with self._starting:
            if key not in self._underway:
                self._underway[key] = self._worker.submit(copy_context().run, self._long, compute)
                while len(self._underway) > MOST_LONG and next(iter(self._underway.values())).done():
                    self._underway.popitem(last=False)
            work = self._underway[key]
        if patience != 0.0:
            wait([work], patience)
        if work.done() and work.exception():
            self._underway.pop(key, None)  # who asks next may have more luck
        return work

    def _long(self, compute: Callable[[Workspace], Any]) -> Any:
        return compute(in_turn(self._workspace, self.engine))
