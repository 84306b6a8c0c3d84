"""In the background: new data are looked at, and what the watches tell goes out, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from latido.state import State
from latido.web.watching import Lookout
from latido.workspace.live import Live
from latido.workspace.watches import begun
from tests.act.alerts.servers import Post, post_office
from tests.watching import watched_company

LONG = 60.0


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path, post: Post) -> Path:
    """The company, which writes to somebody."""
    made = watched_company(tmp_path)
    file = made / "latido.toml"
    text = file.read_text(encoding="utf-8").replace(
        'direction = "worse"', 'direction = "worse"\nmail = ["ana@acme.example"]'
    )
    way = (
        f'\n[alerts.mail]\nhost = "127.0.0.1"\nport = {post.port}\nsecurity = "none"\nsender = "latido@acme.example"\n'
    )
    file.write_text(text + way, encoding="utf-8")
    return made


@pytest.fixture
def state(root: Path) -> Iterator[State]:
    found = State.open(None, root)
    yield found
    found.close()


def until(there: Callable[[], bool]) -> bool:
    """Wait for something, as long as it may take on a busy machine."""
    end = monotonic() + LONG
    while not there() and monotonic() < end:
        sleep(0.05)
    return there()


def test_what_watches_tell_is_recorded_and_sent_once(root: Path, state: State, post: Post) -> None:
    lookouts = [Lookout(Live(root), state) for _process in range(2)]
    [lookout.start() for lookout in lookouts]  # type: ignore[func-returns-value]
    assert until(lambda: bool(post.letters))
    [lookout.stop() for lookout in lookouts]  # type: ignore[func-returns-value]
    assert [letter.to for letter in post.letters] == ["ana@acme.example"]
    assert [alert.shift.watch for alert in state.alerts.all()] == ["North waits"]
    assert state.alerts.all()[0].sent[0].delivered is not None


def test_it_ends_at_once_when_it_is_asked_to(root: Path, state: State) -> None:
    lookout = Lookout(Live(root), state)
    lookout.start()
    lookout.stop()
    assert state.alerts.open() <= 1


def test_the_same_watch_is_looked_at_once_per_version(root: Path) -> None:
    answers = Live(root).now().pinned()
    watch = answers.workspace.watches["Volume"]
    assert begun(answers, watch, None) is begun(answers, watch, None)
