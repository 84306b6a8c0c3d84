"""`latido`: the commands, the options before them, and what becomes of errors.

A command's file is loaded only when the command is asked for, and the engine only when a command
opens a workspace: `latido --help` and `latido version` answer at once.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from latido.cli.grammar import HELP, Choice, Example, Explained, Option, explain
from latido.cli.session import Session
from latido.errors import LatidoError, UnknownNameError
from latido.i18n import LANGUAGES, Message, _, from_environment, use

COMMANDS = {
    "demo": _("Simulate a whole company and show its figures"),
    "init": _("Make a workspace"),
    "import": _("Read files into the workspace"),
    "rejects": _("Show, export and replay the rows that could not be read"),
    "history": _("Show what was imported when, and what became of it"),
    "undo": _("Take an import back"),
    "metrics": _("List the metrics, or explain one"),
    "measure": _("Compute a metric with its interval"),
    "moved": _("Show what changed beyond chance, in which segment"),
    "chain": _("Follow what goes with what, from a contact to who stays"),
    "drivers": _("Show what an outcome goes with, and what if"),
    "nonresponse": _("Weight a survey's score for who did not answer"),
    "plan": _("Say how many values it takes to see a difference"),
    "watch": _("Say which metrics have left their course, and send alerts"),
    "correlate": _("Show which metrics go together, and which delay fits"),
    "trace": _("Show the rows behind a figure"),
    "export": _("Write a table or facts to a file"),
    "tidy": _("Compact the lake and drop old versions"),
    "calendar": _("Show business calendars and compute business time"),
    "serve": _("Serve the workspace's pages to browsers"),
    "engine": _("Check that an engine gives the same figures"),
    "version": _("Say which version this is"),
}
MODULES = {"import": "import_files"}  # `import` cannot be a module's name

EXIT_CODES = (
    (0, _("Done")),
    (1, _("A defect of latido, or an error of another kind than these")),
    (2, _("The command line or the question makes no sense")),
    (3, _("A file cannot be read as what it claims to be")),
    (4, _("latido has a guess, but needs your word for it (--yes, --map, --dates, --as)")),
    (5, _("The settings are missing or contradict themselves")),
    (6, _("The lake cannot be read or written; what was there is still there")),
    (7, _("Somebody else is writing; try again later")),
    (8, _("The answer would reveal what a small group of people said")),
    (9, _("The engine is not there, does not fit, or failed; try again later or with --engine duckdb")),
    (10, _("The database of people and sessions does not answer; try again later")),
    (130, _("Interrupted")),
    (141, _("Nobody read the output to its end")),
)
INTERRUPTED, CUT_OFF, DEFECT = 130, 141, 1

PARAMS = (
    Option("--workspace", "-w", type=click.Path(path_type=Path), value=_("DIR"), envvar="LATIDO_WORKSPACE", default=".",
           meaning=_("Folder of the workspace; else LATIDO_WORKSPACE, else the current folder")),
    Option("--lang", type=Choice(_("language"), *LANGUAGES),
           meaning=_("Language of messages; else LATIDO_LANG, else the locale's, else the workspace's")),
    Option("--engine", value=_("URL"), envvar="LATIDO_ENGINE__URL",
           meaning=_("What computes: duckdb, spark://host:port, sc://host:port; else LATIDO_ENGINE__URL, else the "
                     "workspace's")),
    Option("--debug", is_flag=True, expose_value=False, meaning=_("Show where in the program an error arose")),
    Option("--help", **HELP),
)  # fmt: skip
EXAMPLES = (
    Example("latido demo", _("look at a company that latido simulates")),
    Example("latido init acme", _("make a workspace of your own")),
    Example("latido -w acme import tickets.csv", _("read an export of your help desk")),
    Example("latido -w acme measure first_reply_time --by channel", _("see a figure")),
)


class Root(Explained, click.Group):
    """`latido` itself: finds commands by name, and turns errors into messages and exit codes."""

    text = _("Measure service, experience and interaction with customers, from your own exports.")
    examples = EXAMPLES

    def __init__(self) -> None:
        super().__init__("latido", params=list(PARAMS), add_help_option=False, callback=_begin, options_metavar=None)
        self.invoke_without_command = True
        self.no_args_is_help = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a person meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Load a command's file."""
        del ctx
        if cmd_name not in COMMANDS:
            raise UnknownNameError.among(_("command"), cmd_name, COMMANDS)
        module = import_module(f"latido.cli.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.COMMAND
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Where the options and the command stand."""
        del ctx
        return [str(_("[OPTIONS]")), str(_("COMMAND")), "…"]

    def format_parts(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write commands, options and exit codes."""
        with formatter.section(str(_("Commands"))):
            formatter.write_dl([(name, str(brief)) for name, brief in COMMANDS.items()])
        super().format_parts(ctx, formatter)
        with formatter.section(str(_("Exit codes"))):
            formatter.write_dl([(str(code), str(meaning)) for code, meaning in EXIT_CODES])

    def main(self, *args: Any, **rest: Any) -> Any:
        """Run a command line (the process's, where none is given) and exit with its code."""
        given = args[0] if args else rest.get("args")
        words = list(sys.argv[1:] if given is None else given)
        with use(asked_language(words) or from_environment()):
            sys.exit(self.run(words, debug="--debug" in words))

    def run(self, words: list[str], *, debug: bool = False) -> int:
        """Run a command line; the one place where errors become messages and exit codes."""
        try:
            with self.make_context("latido", words) as context:
                self.invoke(context)
            sys.stdout.flush()
        except click.exceptions.Exit as done:
            return done.exit_code
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return CUT_OFF
        except (KeyboardInterrupt, click.Abort):
            complain(_("Interrupted."), _("What was complete is kept; nothing is half-written."))
            return INTERRUPTED
        except click.UsageError as error:
            return _failed(explain(error))
        except Exception as error:
            if debug:
                raise
            return _failed(error)
        return 0


def _begin(workspace: Path, lang: str | None, engine: str | None) -> None:
    context = click.get_current_context()
    context.obj = Session(workspace, speaks=bool(lang) or locale_speaks(), engine=engine)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _failed(error: Exception) -> int:
    if isinstance(error, LatidoError):
        complain(error.message, error.hint)
        return error.exit_code
    said = _("latido failed unexpectedly: {kind}: {error}", kind=type(error).__name__, error=error)
    complain(said, _("This is a defect. --debug before the command shows where it arose."))
    return DEFECT


def complain(message: Message, hint: Message | None = None) -> None:
    """Write an error and the way out where errors go."""
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    click.echo(click.style(str(message), fg="red", bold=True) if colour else str(message), err=True)
    if hint:
        click.echo(str(hint), err=True)


def asked_language(words: Sequence[str]) -> str | None:
    """The language that a command line asks for, known before anything is said about it."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def locale_speaks() -> bool:
    """Whether the surroundings ask for a language at all: neither C nor POSIX is one."""
    said = (os.environ.get(name) for name in ("LATIDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next(filter(None, said), "C")
    return first.split(".")[0] not in {"C", "POSIX"}


cli = Root()


def main() -> None:
    """The program."""
    for stream in (sys.stdout, sys.stderr):
        # What a terminal cannot show must not stop the command.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if "--debug" not in sys.argv:
        warnings.simplefilter("ignore")
    cli.main()
