"""The figures that everybody sees first, computed as soon as there are new data, before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from latido.errors import LatidoError
from latido.metrics.catalog import METRICS
from latido.web import moves
from latido.web.view import View, asked, course
from latido.workspace.standing import prepared

if TYPE_CHECKING:
    from latido.metrics.measurement import Measurement
    from latido.workspace.answers import Answers
    from latido.workspace.live import Live

EVERY = 2.0  # seconds between two looks whether there are new data


class Warmer:
    """Keeps the first figures at hand, in the background; of several processes only one computes.

    Args:
        live: The workspace.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._ended = Event()
        self._thread = Thread(target=self._run, name="warmer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, once the figure at hand is computed."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        done = None
        while not self._ended.is_set():
            answers = self._live.now()
            now = (id(answers), answers.version())
            if now != done and self._warmed(answers):
                done = now
            self._ended.wait(EVERY)

    def _warmed(self, answers: Answers) -> bool:
        """Compute what is not at hand; whether all of it is now."""
        try:
            with FileLock(self._live.root / "cache" / "warm.lock", timeout=0):
                for _found in first_figures(answers):
                    if self._ended.is_set():
                        return False
                if answers.workspace.snapshot().rows("ticket_facts"):
                    prepared(answers, answers.workspace.config.calendar)
                if not self._ended.is_set():
                    first_changes(answers)
        except Timeout:
            return False
        except LatidoError:
            return True  # whoever asks will be told
        return True


def first_changes(answers: Answers) -> None:
    """Have what moved found out for those who see everything: it takes seconds, and the pulse shows it."""
    if question := moves.asked(answers, View(), moves.there(answers)):
        moves.begun(answers, question)


def first_figures(answers: Answers) -> Iterator[Measurement]:
    """What the pages show that nobody has filtered yet: each metric with its comparison, and its course."""
    view, there = View(), answers.workspace.snapshot()
    for metric in METRICS.values():
        query = asked(answers, view, metric) if there.rows(metric.table) else None
        if query is None:
            continue
        found = answers.ask(query)
        yield found
        yield course(answers, view, found) or found
