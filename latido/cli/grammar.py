"""How a command is declared: click, with texts that wait for their reader's language.

A command is data: what it does, examples, parameters, and the function that does it, which is
called with the `Session` and one argument per parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import click

from latido.errors import UnknownNameError, UsageError
from latido.i18n import Message, _

WIDTH = 88  # of help; less where the terminal is narrower


class Example(NamedTuple):
    """A command line that works, and what it does."""

    line: str
    meaning: Message


class Choice(click.ParamType[str]):
    """One of a few words; anything else is answered with the nearest."""

    name = "choice"

    def __init__(self, kind: Message, *words: str) -> None:
        self.kind = kind
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        del param, ctx
        if value not in self.words:
            raise UnknownNameError.among(self.kind, value, self.words)
        return str(value)


class Number(click.ParamType[float]):
    """A number no smaller than `least`; whole if `least` is."""

    name = "number"

    def __init__(self, least: float) -> None:
        self.least = least
        self.type = type(least)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        del ctx
        option = _named(param)
        try:
            number = self.type(value)
        except ValueError:
            raise UsageError(_("{option} needs a number, not “{value}”.", option=option, value=value)) from None
        if number < self.least:
            raise UsageError(_("{option} must be at least {least}.", option=option, least=self.least))
        return number


class Option(click.Option):
    """An option; `meaning` is its help, `value` the word that stands for its value."""

    def __init__(self, *names: str, meaning: Message, value: Message | None = None, **rest: Any) -> None:
        super().__init__(names, **rest)
        self.meaning = meaning
        self.value = value

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Names with the value's word, and the meaning."""
        del ctx
        names = ", ".join((*self.opts, *self.secondary_opts))
        return f"{names} {self.written}" if self.written else names, str(self.meaning)

    @property
    def written(self) -> str:
        """What stands for the value: nothing for a flag, the words of a choice."""
        if self.is_flag:
            return ""
        if isinstance(self.type, Choice):
            return "|".join(self.type.words)
        return str(self.value or _("NUMBER") if isinstance(self.type, Number) else self.value or _("TEXT"))


class Argument(click.Argument):
    """A word of the command line without a name of its own; `value` stands for it in the usage."""

    def __init__(self, name: str, *, meaning: Message, value: Message, **rest: Any) -> None:
        super().__init__([name], **rest)
        self.meaning = meaning
        self.value = value

    def make_metavar(self, ctx: click.Context) -> str:
        """FILE, [FILE] where it may be left out, FILE… where several may stand."""
        del ctx
        word = f"{self.value}…" if self.nargs == -1 else str(self.value)
        return word if self.required else f"[{word}]"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """The word and its meaning."""
        return self.make_metavar(ctx), str(self.meaning)


def _help(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


HELP: dict[str, Any] = {
    "meaning": _("Show this help"), "is_flag": True, "is_eager": True, "expose_value": False, "callback": _help,
}  # fmt: skip


class Explained(click.Command):
    """A command whose help is written in the reader's language: usage, text, parameters, examples."""

    text: Message
    examples: Sequence[Example]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        formatter.width = min(WIDTH, formatter.width + 2)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=str(_("Usage: ")))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(str(self.text))
        self.format_parts(ctx, formatter)
        self.format_examples(formatter)

    def format_parts(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write arguments and options."""
        params = self.get_params(ctx)
        _write(formatter, _("Arguments"), [p.get_help_record(ctx) for p in params if isinstance(p, Argument)])
        _write(formatter, _("Options"), [p.get_help_record(ctx) for p in params if isinstance(p, Option)])

    def format_examples(self, formatter: click.HelpFormatter) -> None:
        """Write the examples, each below what it does."""
        with formatter.section(str(_("Examples"))):
            for line, meaning in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}# {meaning}\n")
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Command(Explained):
    """One command.

    Args:
        name: As it is typed.
        text: What it does, for its help.
        run: Does it; called with the session and one argument per parameter.
        params: Arguments and options.
        examples: At least one.
    """

    def __init__(
        self,
        name: str,
        text: Message,
        run: Callable[..., None],
        params: Sequence[click.Parameter] = (),
        examples: Sequence[Example] = (),
    ) -> None:
        help_ = Option("--help", **HELP)
        super().__init__(name, callback=run, params=[*params, help_], add_help_option=False, options_metavar=None)
        self.text = text
        self.examples = examples

    def invoke(self, ctx: click.Context) -> None:
        """Call the function with the session."""
        if self.callback:
            self.callback(ctx.obj, **ctx.params)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The arguments, and that there are options."""
        return [*super().collect_usage_pieces(ctx), str(_("[OPTIONS]"))]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, refusing words that nothing asks for."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise UsageError(
                _("“{word}” is one word too many for “{command}”.", word=rest[0], command=ctx.command_path)
            )
        return rest


def explain(error: click.UsageError) -> UsageError:
    """What click has against a command line, in the reader's language, with the way out."""
    path = error.ctx.command_path if error.ctx else "latido"
    hint = _("See “{command} --help”.", command=path)
    match error:
        case click.NoSuchOption():
            return _no_such_option(error)
        case click.MissingParameter() if error.param:
            return UsageError(_("{what} is missing.", what=_named(error.param)), hint)
        case click.BadOptionUsage() if error.message.endswith("take a value."):
            return UsageError(_("{option} takes no value.", option=error.option_name), hint)
        case click.BadOptionUsage():
            return UsageError(_("{option} needs a value.", option=error.option_name), hint)
        case _:
            return UsageError(_("{reason}", reason=error.format_message()), hint)


def _no_such_option(error: click.NoSuchOption) -> UsageError:
    ctx = error.ctx
    names = [name for p in ctx.command.params for name in p.opts if isinstance(p, Option)] if ctx else []
    unknown = UnknownNameError.among(_("option"), error.option_name, names)
    above = ctx.parent.command.params if ctx and ctx.parent else []
    if any(error.option_name in p.opts for p in above):
        return UnknownNameError(
            unknown.message, _("{option} stands before the command: latido {option} …", option=error.option_name)
        )
    return unknown


def _named(param: click.Parameter | None) -> str:
    return max(param.opts, key=len) if isinstance(param, Option) else str(getattr(param, "value", ""))


def _write(formatter: click.HelpFormatter, heading: Message, records: Sequence[tuple[str, str]]) -> None:
    if records:
        with formatter.section(str(heading)):
            formatter.write_dl(records)
