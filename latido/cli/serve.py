"""`latido serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from latido.cli.grammar import Command, Example, Number, Option
from latido.errors import ConfigError, UsageError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session

PID = "serve.pid"  # file of the workspace that names the process in the background
LOG = "serve.log"
PORT = 8484
WAIT = 60.0  # seconds until a server in the background has to answer


def run(
    session: Session, *, host: str, port: int | None, workers: int, open_browser: bool, background: bool, stop: bool
) -> None:
    """Serve the workspace's pages, or stop doing so."""
    root = session.workspace.root.resolve()
    if stop:
        click.echo(_("Stopped.") if stopped(root) else _("Nothing was running."))
        return
    port = port or _free(host)
    _refuse_taken(host, port)
    _environment(root, session.engine)
    address = f"http://{_shown(host)}:{port}"
    if background:
        _begin(root, host, port, workers)
    say_where(root, address)
    if background:
        click.echo(_("Stop it with: {command}", command=f"latido -w {session.folder} serve --stop"))
    if open_browser:
        webbrowser.open(address)
    if not background:
        _serve(host, port, workers)


def say_where(root: Path, address: str) -> None:
    """Say where the pages are, and how the first person gets in."""
    from latido.config import load
    from latido.state import State

    state = State.open(load(root).state.url, root)
    try:
        token = state.invitations.first_owner()
    finally:
        state.close()
    if token:
        click.echo(_("Open {address} to become the owner. The link works once.", address=f"{address}/start/{token}"))
    else:
        click.echo(_("Open {address}", address=address))


def _environment(root: Path, engine: str | None) -> None:
    """Worker processes learn from the environment what to serve."""
    os.environ["LATIDO_SERVE_WORKSPACE"] = str(root)
    if engine:
        os.environ["LATIDO_SERVE_ENGINE"] = engine


def _serve(host: str, port: int, workers: int) -> None:
    import uvicorn

    # No access log: addresses of pages hold what people searched for.
    uvicorn.run("latido.app:from_environment", factory=True, host=host, port=port, workers=workers, access_log=False,
                log_level="warning", server_header=False, proxy_headers=False)  # fmt: skip


def _begin(root: Path, host: str, port: int, workers: int) -> None:
    """Serve in a process of its own, and wait until it answers."""
    words = ("-w", root, "serve", "--host", host, "--port", port, "--workers", workers)
    with (root / LOG).open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 - our own program, and words that click has checked
            [sys.executable, "-m", "latido", *map(str, words)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
        )  # fmt: skip
    (root / PID).write_text(str(child.pid), encoding="ascii")
    until = time.monotonic() + WAIT
    while not _answers(host, port):
        if child.poll() is not None or time.monotonic() > until:
            raise ConfigError(_("The server did not start."), _("{file} says why.", file=root / LOG))
        time.sleep(0.1)


def stopped(root: Path) -> bool:
    """Stop the server in the background; whether there was one."""
    file = root / PID
    if not file.exists():
        return False
    pid = int(file.read_text(encoding="ascii"))
    file.unlink()
    try:
        os.killpg(pid, signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def _free(host: str) -> int:
    """The first port from ours on at which nobody answers."""
    return next(port for port in range(PORT, PORT + 100) if not _answers(host, port))


def _refuse_taken(host: str, port: int) -> None:
    if _answers(host, port):
        raise UsageError(
            _("Something is served at port {port} already.", port=str(port)),
            _("Choose another one with --port, or stop it with “latido serve --stop”."),
        )


def _answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((_shown(host), port)) == 0


def _shown(host: str) -> str:
    """An address that a browser on this machine can open."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound


COMMAND = Command(
    "serve",
    text=_(
        "Serve the workspace's pages to browsers. At the first start it prints a link by which you become the owner. "
        "Data that are imported and settings that change meanwhile show up by themselves. Other machines reach it only "
        "where --host says so; put a proxy with TLS in front of it then."
    ),
    run=run,
    params=(
        Option(
            "--host", default="127.0.0.1", value=_("ADDRESS"), meaning=_("Address to listen at; 127.0.0.1 if not said")
        ),
        Option(
            "--port", type=Number(1), value=_("PORT"), meaning=_("Port to listen at; the first free one from 8484 on")
        ),
        Option("--workers", type=Number(1), default=1, value=_("N"), meaning=_("Processes that answer; 1 if not said")),
        Option("--open", "open_browser", is_flag=True, meaning=_("Open a browser")),
        Option("--background", is_flag=True, meaning=_("Go on serving after the command has ended")),
        Option("--stop", is_flag=True, meaning=_("Stop what --background began")),
    ),
    examples=(
        Example("latido serve --open", _("see the workspace in the current folder")),
        Example("latido -w acme serve --host 0.0.0.0 --workers 4", _("for many, behind a proxy")),
        Example("latido -w acme serve --background", _("go on serving; --stop ends it")),
    ),
)
