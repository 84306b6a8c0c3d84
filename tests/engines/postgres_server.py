"""A PostgreSQL of the tests' own, from the binaries of the machine, gone when they end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path:
    """The folder of `initdb` and `pg_ctl`: the newest of Debian's, or the one on the path."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "install PostgreSQL to test on it"
    return Path(on_path).parent


@contextmanager
def server() -> Iterator[str]:
    """Start one; its URL.

    Its folder is none of pytest's: whenever another run begins, pytest shuts those to every user but its own.
    """
    port = _free_port()
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    with TemporaryDirectory(prefix="latido-postgres-") as folder:
        if user:
            shutil.chown(folder, user)

        def run(*words: str) -> None:
            subprocess.run(
                [str(binaries() / words[0]), *words[1:]], check=True, user=user, cwd=folder, capture_output=True
            )

        run("initdb", "-D", "data", "-U", "latido", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", "data", "-w", "-o", options, "-l", "log", "start")
        try:
            yield f"postgresql://latido@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", "data", "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
