"""`latido` itself: finding commands, languages, errors and exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from latido.cli.grammar import Option
from latido.cli.main import COMMANDS, EXIT_CODES, cli, complain
from latido.errors import LatidoError
from latido.i18n import _
from tests.cli.conftest import run
from tests.company import company


def latido(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LATIDO_", "LC_", "LANG"))}
    command = [sys.executable, "-m", "latido", *words]
    return subprocess.run(command, capture_output=True, text=True, env=clean | environment, check=False)


def errors() -> set[int]:
    """Exit codes of all errors that are meant for people."""
    kinds = [LatidoError]
    codes = set()
    while kinds:
        kind = kinds.pop()
        codes.add(kind.exit_code)
        kinds += kind.__subclasses__()
    return codes


def test_every_exit_code_is_documented() -> None:
    assert errors() <= {code for code, _meaning in EXIT_CODES}


@pytest.mark.parametrize("page", ["docs/cli.md", "docs/es/cli.md"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    section = text.partition(f"## latido {name}\n")[2].partition("\n## ")[0]
    command = cli.get_command(click.Context(cli), name)
    names = [name for p in command.params for name in p.opts if isinstance(p, Option)]
    assert not [name for name in names if not re.search(rf"[`,] ?{name}\b", section)]


def test_without_a_command_there_is_help() -> None:
    done = run()
    assert (done.exit_code, "Commands:" in done.output) == (0, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_in_its_help(name: str) -> None:
    assert f"  latido {name}" in run(name, "--help").output or f"| latido {name}" in run(name, "--help").output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_spanish_help(name: str) -> None:
    spanish = run("--lang", "es", name, "--help").output
    assert "Uso:" in spanish
    assert "Ejemplos:" in spanish
    assert not set(run(name, "--help").output.splitlines()[2:4]) & set(spanish.splitlines()) - {""}


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "es_MX.UTF-8"}, {"LANG": "es_ES.UTF-8"}, {"LATIDO_LANG": "es", "LANG": "en_US.UTF-8"}]
)
def test_the_locale_decides_the_language(environment: dict[str, str]) -> None:
    assert "Órdenes:" in latido("--help", **environment).stdout


def test_the_workspaces_language_is_spoken_where_nobody_asks_for_one(tmp_path: Path) -> None:
    latido("-w", str(tmp_path), "--lang", "es", "init")
    assert "Calendarios" in latido("-w", str(tmp_path), "calendar", LANG="C.UTF-8").stdout
    assert "Business" in latido("-w", str(tmp_path), "calendar", LANG="en_US.UTF-8").stdout


def test_the_language_asked_for_wins_wherever_it_stands() -> None:
    assert "Órdenes:" in latido("--help", "--lang", "es", LANG="en_US.UTF-8").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["metrcs"], "There is no command called “metrcs”.\nDid you mean metrics"),
        (["measure", "nps", "--perod", "month"], "There is no option called “--perod”.\nDid you mean --period"),
        (["measure", "nps", "--workspace", "x"], "--workspace stands before the command: latido --workspace …"),
        (["export"], "TABLE is missing.\nSee “latido export --help”."),
        (["export", "tickets", "--format"], "--format needs a value."),
        (["export", "tickets", "--format", "cvs"], "There is no format called “cvs”.\nDid you mean csv?"),
        (["measure", "nps", "--json=yes"], "--json takes no value."),
        (["measure", "nps", "--min-n", "few"], "--min-n needs a number, not “few”."),
        (["measure", "nps", "--min-n", "0"], "--min-n must be at least 1."),
        (["version", "now"], "“now” is one word too many for “latido version”."),
        (["--lang", "fr", "version"], "There is no language called “fr”.\nKnown: en, es."),
        (["measure", "nps", "--json", "--csv"], "--json and --csv exclude each other."),
    ],
)
def test_a_wrong_command_line_is_answered_with_the_way_out(words: list[str], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_errors_speak_spanish() -> None:
    assert "Quizá" in run("--lang", "es", "metrcs").stderr or "¿" in run("--lang", "es", "metrcs").stderr


def test_a_folder_without_workspace_has_its_exit_code(tmp_path: Path) -> None:
    done = run("-w", str(tmp_path), "measure", "nps")
    assert (done.exit_code, "latido init" in done.stderr) == (5, True)


def test_the_workspace_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_WORKSPACE", str(company()))
    assert "support" in run("calendar").output


def test_the_workspace_is_else_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company())
    assert "support" in run("calendar").output


def test_a_defect_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.cli.version.version", lambda _name: 1 / 0)
    done = run("version")
    assert (done.exit_code, "ZeroDivisionError" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_debug_shows_where_a_defect_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.cli.version.version", lambda _name: 1 / 0)
    assert isinstance(run("--debug", "version").exception, ZeroDivisionError)


def test_an_interruption_is_not_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("latido.cli.version.version", interrupted)
    done = run("version")
    assert (done.exit_code, "Interrupted." in done.stderr) == (130, True)


def test_an_output_that_nobody_reads_ends_quietly() -> None:
    command = f"{sys.executable} -m latido --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_program_exits_with_the_codes_it_documents() -> None:
    done = latido("version", "now")
    assert (done.returncode, done.stdout) == (2, "")


def test_help_loads_no_engine() -> None:
    code = "import sys; from latido.cli.main import cli\n"
    code += "try: cli.main(['measure', '--help'])\nexcept SystemExit: pass\n"
    code += "print({'pandas', 'ibis', 'pyarrow', 'duckdb', 'babel.core'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_an_error_is_not_coloured_outside_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    complain(_("Interrupted."))
    assert capsys.readouterr().err == "Interrupted.\n"


def test_running_gives_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert (cli.run(["version"]), capsys.readouterr().out.startswith("latido ")) == (0, True)
