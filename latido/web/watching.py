"""Watches in the web: computed once per version in the background, and their alerts recorded and sent."""

from __future__ import annotations

import traceback
from threading import Event, Thread
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from latido.act.alerts import deliver
from latido.errors import LatidoError
from latido.i18n import language, use
from latido.report.alerts import record
from latido.workspace.watches import begun, continued

if TYPE_CHECKING:
    from latido.insights.watch import Watch
    from latido.state import State
    from latido.workspace.answers import Answers
    from latido.workspace.live import Live

EVERY = 5.0  # seconds between two looks whether there are new data, or messages to be sent


class Lookout:
    """Looks at all watches whenever there are new data, and sends what they tell; of several processes only one looks.

    Args:
        live: The workspace.
        state: Where alerts are kept.
    """

    def __init__(self, live: Live, state: State) -> None:
        self._live = live
        self._state = state
        self._ended = Event()
        self._thread = Thread(target=self._run, name="lookout", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, once the watch at hand is looked at and the message at hand is sent."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        done = None
        while not self._ended.is_set():
            answers = self._live.now()
            now = (id(answers), answers.version())
            if now != done and self._looked(answers.pinned()):
                done = now
            self._sent(answers)
            self._ended.wait(EVERY)

    def _looked(self, answers: Answers) -> bool:
        """Look at all watches and record what they tell; whether that is done."""
        config = answers.workspace.config
        try:
            with FileLock(self._live.root / "cache" / "watch.lock", timeout=0), use(config.language or language()):
                for watch in answers.workspace.watches.values():
                    if self._ended.is_set():
                        return False
                    self._look(answers, watch)
        except Timeout:
            return False
        return True

    def _look(self, answers: Answers, watch: Watch) -> None:
        try:
            seen = begun(answers, continued(watch, self._state.alerts), patience=None).result()
            record(self._state, answers.workspace.config, seen)
        except LatidoError:
            return  # whoever opens the page will be told
        except Exception:
            traceback.print_exc()

    def _sent(self, answers: Answers) -> None:
        config = answers.workspace.config
        try:
            if config.watches and self._state.outbox.waiting():
                with use(config.language or language()):
                    deliver(self._state.outbox, config.alerts)
        except LatidoError:
            return  # it is tried again
