"""A server that is killed with `kill -9` while a file comes in, and while it is imported."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

import latido
from latido.http.cookies import SESSION
from latido.state import State
from latido.workspace.jobs import Jobs
from tests.cast import cast_of
from tests.company import made, write_tickets
from tests.web.data_forms import filled, sent, words

PIECE = b"1,2024-01-01 10:00:00\n" * 50_000
FILE = b"Ticket ID,Created at\n" + PIECE * 6


class Server:
    """A server in a process of its own, and the owner's browser."""

    def __init__(self, root: Path, key: str) -> None:
        self.root, self.key = root, key
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "uvicorn", "latido.app:from_environment", "--factory", "--port", str(port)]
        self.process = subprocess.Popen([*command, "--log-level", "error"],
                                        env={**os.environ, "LATIDO_SERVE_WORKSPACE": str(self.root)})  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        headers = {"Origin": address, "Accept-Language": "en"}
        self.browser = httpx.Client(base_url=address, cookies={SESSION: self.key}, headers=headers, timeout=60)
        until(lambda: answers(self.browser))

    def kill(self) -> None:
        """Kill it as the system would."""
        self.browser.close()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def answers(browser: httpx.Client) -> bool:
    try:
        return browser.get("/data").status_code == 200
    except httpx.ConnectError:
        return False


def until(happened) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = made(tmp_path_factory.mktemp("killed") / "acme")
    state = State.open(None, root)
    key = state.sessions.begin(cast_of(state).owner)
    state.close()
    found = Server(root, key)
    yield found
    found.kill()


def test_what_had_come_of_a_file_stays_and_the_rest_follows(server: Server) -> None:
    begun = server.browser.post("/data/uploads", data={"name": "tickets.csv", "size": str(len(FILE))}).json()
    path, killed = f"/data/uploads/{begun['id']}", Event()

    def slowly() -> Iterator[bytes]:
        yield FILE[: 3 * len(PIECE)]
        killed.wait()

    def send() -> None:
        address = str(server.browser.base_url).rstrip("/")
        with httpx.Client(cookies={SESSION: server.key}) as other, pytest.raises(httpx.HTTPError):
            other.put(address + path, content=slowly(), headers={"Origin": address})

    sending = Thread(target=send)
    sending.start()
    until(lambda: server.browser.get(path).json()["offset"] >= 2 * len(PIECE))
    server.kill()
    killed.set()
    sending.join()
    server.start()
    offset = server.browser.get(path).json()["offset"]
    told = server.browser.put(path, content=FILE[offset:], headers={"Content-Range": f"bytes {offset}-/*"}).json()
    assert (0 < offset < len(FILE), told["digest"]) == (True, hashlib.sha256(FILE).hexdigest())


def importing(server: Server, folder: Path, count: int) -> str:
    """Begin to import so many tickets; the job's name."""
    data = write_tickets(folder / "tickets.csv", count).read_bytes()
    begun = server.browser.post("/data/uploads", data={"name": "tickets.csv", "size": str(len(data))}).json()
    server.browser.put(f"/data/uploads/{begun['id']}", content=data)
    page = server.browser.get("/data/import", params={"file": begun["id"]}).text
    return str(sent(server.browser, filled(page), action="import").headers["location"]).rpartition("/")[2]


def test_an_import_outlives_its_server(server: Server, tmp_path: Path) -> None:
    name, jobs = importing(server, tmp_path, 200), Jobs(server.root)
    server.kill()
    until(lambda: not jobs.get(name).runs)
    server.start()
    assert "Tickets 200 200 0 0 0" in words(server.browser.get(f"/data/jobs/{name}").text)
    assert latido.open(server.root).snapshot().rows("tickets") == 200


def test_one_that_was_killed_itself_says_so_and_is_completed(server: Server, tmp_path: Path) -> None:
    name, jobs = importing(server, tmp_path, 300), Jobs(server.root)
    until(lambda: jobs.get(name).known != "waiting")
    os.kill(process_of(name), signal.SIGKILL)
    until(lambda: not jobs.get(name).runs)
    assert "Do it again to complete it" in words(server.browser.get(f"/data/jobs/{name}").text)
    server.browser.post(f"/data/jobs/{name}/repeat")
    until(lambda: not jobs.get(name).runs)
    assert (jobs.get(name).known, latido.open(server.root).snapshot().rows("tickets")) == ("done", 300)


def process_of(job: str) -> int:
    """The process that runs a job: its command names it."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        if job.encode() in path.read_bytes().split(b"\0"):
            return int(path.parent.name)
    raise AssertionError(f"nothing runs {job}")
