"""The documentation's examples are tests.

Python blocks run and print what they say. A block with a title is a file of that name. Lines of a
`console` block that begin with `$ latido` run as commands in a folder of the page's own, where
`demo` is a small simulated company; what stands below a command is what it prints.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from io import StringIO
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any
from unittest.mock import patch

from filelock import FileLock
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

LOOSE = ELLIPSIS | NORMALIZE_WHITESPACE
HOME = Path.cwd()
SCALE = "0.01"
_TITLE = re.compile(r'\w+ title="(?P<name>[^"]+)"')


class Blocks:
    """Parses code blocks whose info string fits a pattern.

    Args:
        info: The pattern.
        evaluate: Runs an example; returns what is wrong with it.
    """

    def __init__(self, info: str, evaluate: Any) -> None:
        self.lexer = FencedCodeBlockLexer(language=info, mapping={"language": "info", "source": "source"})
        self.evaluate = evaluate

    def __call__(self, document: Document) -> Iterator[Region]:
        """The regions of a page."""
        for region in self.lexer(document):
            region.parsed = region.lexemes["info"], region.lexemes["source"]
            region.evaluator = self.evaluate
            yield region


def write_file(example: Example) -> None:
    """Write the file that a block shows; settings and mappings must be such as latido accepts."""
    from latido.config.load import parse
    from latido.sources import mapping

    info, source = example.parsed
    path = Path(_TITLE.fullmatch(info)["name"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    if path.name == "latido.toml":
        parse(source)
    if path.name == "mapping.toml":
        mapping.load(path)


def run_commands(example: Example) -> str | None:
    """Run the commands of a block and compare what they print."""
    _info, source = example.parsed
    language = "es" if "es" in Path(example.path).parts else "en"
    for command, wanted in re.findall(r"^\$ latido(.*)\n((?:(?!\$ ).*\n)*)", source, flags=re.MULTILINE):
        printed, code = output(shlex.split(command), language)
        if code or not agree(wanted, printed):
            return f"latido{command} (exit code {code}) printed\n{printed}"
    return None


def agree(wanted: str, printed: str) -> bool:
    """Whether a command prints what a page shows: dots stand for anything, no lines for no claim."""
    pieces = [re.escape(" ".join(piece.split())) for piece in wanted.split("...")]
    return not wanted.strip() or bool(re.fullmatch(r"\s*.*\s*".join(pieces), " ".join(printed.split()), re.DOTALL))


def output(words: list[str], language: str) -> tuple[str, int]:
    """What a command prints, and its exit code."""
    from latido.cli.main import cli
    from latido.i18n import use

    printed = StringIO()
    wide = patch.dict(os.environ, {"COLUMNS": "120"})
    with redirect_stdout(printed), redirect_stderr(printed), use(language), wide:
        code = cli.run(words)
    return printed.getvalue(), code


def demo() -> Path:
    """A small simulated company, made once for all processes of a test run."""
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    folder = company_of(run)
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.parent / "lock"):
        if not folder.exists():
            said, code = output(["demo", str(folder), "--scale", SCALE], "en")
            assert not code, said
    return folder


def company_of(run: int) -> Path:
    """Where the company of a test run is, by the process that began the run."""
    return Path(tempfile.gettempdir()) / f"latido-pages-{run}" / "demo"


def pytest_addoption(parser: Any) -> None:
    """Say on which engines the figures are compared."""
    parser.addoption("--engines", default="duckdb", help="duckdb,clickhouse,spark,postgres: those to compare")


def pytest_sessionfinish() -> None:
    """Remove the company with the end of the run; workers began none."""
    rmtree(company_of(os.getpid()).parent, ignore_errors=True)


def note_demo(document: Document) -> list[Region]:
    """See whether a page's examples speak of the demo company."""
    document.namespace["wants_demo"] = re.search(r'open\("demo"\)|^\$ latido -w demo', document.text, re.MULTILINE)
    return []


def set_up(namespace: dict[str, Any]) -> None:
    """Give the page a folder of its own, with a company in it where it wants one."""
    namespace["folder"] = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    os.chdir(namespace["folder"].name)
    if namespace["wants_demo"]:
        copytree(demo(), "demo")


def tear_down(namespace: dict[str, Any]) -> None:
    """Leave the page's folder."""
    os.chdir(HOME)
    namespace["folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        note_demo,
        PythonCodeBlockParser(doctest_optionflags=LOOSE),
        Blocks(r'\w+ title="[^"]+"', write_file),
        Blocks("console", run_commands),
        SkipParser(),
    ],
    patterns=["*.md"],
    setup=set_up,
    teardown=tear_down,
).pytest()
