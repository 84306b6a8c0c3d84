"""A PostgreSQL of the tests' own, from the binaries of the machine, gone when they end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
def server(folder: Path) -> Iterator[str]:
    """Start one; its URL."""
    data, port = folder / "data", _free_port()
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(folder, user)

    def run(*words: str) -> None:
        subprocess.run([str(binaries() / words[0]), *words[1:]], check=True, user=user, cwd=folder, capture_output=True)

    run("initdb", "-D", str(data), "-U", "latido", "-A", "trust", "--no-sync", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://latido@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
