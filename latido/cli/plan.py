"""`latido plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.questions import METRIC, QUESTION, asked
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.insights.plan import Assumed

_TAKEN = {"by", "start", "end", "where", "calendar", "as_of"}


def run(
    session: Session,
    name: str,
    *,
    population: str | None,
    target: bool,
    goal: str | None,
    share: float | None,
    sentences: bool,
    as_json: bool,
    as_csv: bool,
    **asks: Any,
) -> None:
    """Print a plan."""
    from latido.report.plan import grid
    from latido.report.plan import sentences as in_words
    from latido.report.terminal import show

    either(as_json=as_json, as_csv=as_csv)
    known = asked(asks)
    found = session.workspace.plan(
        name, goal="target" if target and goal is None else goal, share=None if share is None else share / 100,
        population=people(population), assumed=_assumed(known), **known,
    )  # fmt: skip
    if as_json:
        write_json(found.records())
    elif as_csv:
        write_csv(found.records())
    elif sentences:
        click.echo("\n".join(in_words(found)))
    else:
        show(grid(found, in_words(found)))


def people(text: str | None) -> int | str | None:
    """How many there are in all: a number, or `customers` to count them.

    Raises:
        UsageError: Neither.
    """
    if text is None or text == "customers":
        return text
    return int(Number(1).convert(text, None, None))


def _assumed(known: dict[str, Any]) -> Assumed | None:
    """What is assumed, taken out of the options that were given."""
    from latido.insights.plan import Assumed

    given = {name: known.pop(name) for name in ("value", "sd", "n", "response", "deff") if name in known}
    if "response" in given:
        given["response"] /= 100
    return Assumed(**given) if given else None


COMMAND = Command(
    "plan",
    text=_(
        "Say how many values it takes: to tell a change from chance (--difference), to know a figure closely enough "
        "(--margin), to test two groups side by side (--test with --difference), to tell whether a target is reached "
        "(--target). Level, spread, pace, response rate and repeat respondents are the data's own, of the last 52 "
        "whole weeks unless days are said; without data, what you assume. Without a size: what can be seen now."
    ),
    run=run,
    params=(
        METRIC,
        Option("--difference", value=_("N"),
               meaning=_("The difference to see, in the metric's unit; of times also 30min")),
        Option("--margin", value=_("N"), meaning=_("How far the figure's interval may reach")),
        Option("--test", "share", type=Number(0.0), value=_("SHARE"),
               meaning=_("Two groups side by side, this per cent of all in the first one: 50")),
        Option("--target", is_flag=True,
               meaning=_("Whether the settings' target is reached, or how long until it is known")),
        Option("--goal", value=_("N"), meaning=_("The same for another target")),
        Option("--period", default="month", value=_("PERIOD"),
               meaning=_("Over which values are collected; month if not said")),
        *(option for option in QUESTION if option.name in _TAKEN),
        Option("--power", type=Number(0.0), value=_("SHARE"),
               meaning=_("Chance of seeing the difference where it is; 0.8 if not said")),
        Option("--level", type=Number(0.0), value=_("SHARE"),
               meaning=_("Chance of seeing one where there is none; 0.05 if not said")),
        Option("--population", value=_("N"),
               meaning=_("How many there are in all, or “customers” to count them: then fewer are needed")),
        Option("--value", type=Number(-1e9), value=_("N"), meaning=_("Assume this level")),
        Option("--sd", type=Number(0.0), value=_("N"), meaning=_("Assume this standard deviation of one value")),
        Option("--n", "n", type=Number(0.0), value=_("N"), meaning=_("Assume so many values in each group and period")),
        Option("--response", type=Number(0.0), value=_("SHARE"), meaning=_("Assume that so many per cent answer")),
        Option("--deff", type=Number(1.0), value=_("N"), meaning=_("Assume this design effect of repeat respondents")),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *FORMATS,
    ),
    examples=(
        Example("latido plan nps --difference 3 --by team --period month", _("3 points of NPS by team and month")),
        Example("latido plan csat --margin 2 --period quarter", _("satisfaction to within 2 points each quarter")),
        Example("latido plan ces --difference 0.2 --test 50", _("a test of two halves")),
        Example("latido plan nps --target", _("how long until it is known whether the target is reached")),
    ),
)  # fmt: skip
