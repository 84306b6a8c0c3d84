"""`latido drivers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Argument, Choice, Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.questions import QUESTION, asked
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session

_TAKEN = {"start", "end", "where", "calendar", "as_of"}


def run(
    session: Session,
    outcome: str,
    *,
    what_if: tuple[str, ...],
    sentences: bool,
    as_json: bool,
    as_csv: bool,
    **asks: Any,
) -> None:
    """Print the drivers of an outcome."""
    from latido.report.drivers import grid
    from latido.report.drivers import sentences as in_words
    from latido.report.terminal import show
    from latido.workspace.driven import changes

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(asks["as_of"])
    found = session.workspace.drivers(outcome, what_if=changes(what_if), **asked(asks))
    if as_json:
        write_json(found.records())
    elif as_csv:
        write_csv(found.records())
    elif sentences:
        click.echo("\n".join(in_words(found)))
    else:
        show(grid(found))


COMMAND = Command(
    "drivers",
    text=_(
        "Rank what an outcome goes with: each driver's share of what is explained (Shapley, LMG) with its interval, "
        "which way it goes and how far. Association, not cause. Without --of: the work on tickets, what customers "
        "felt, and their ratings of touchpoints, as far as the data know them."
    ),
    run=run,
    params=(
        Argument("outcome", value=_("OUTCOME"),
                 meaning=_("What is to be explained: nps.score, csat.score, ces, churn_rate, clv or another metric")),
        Option("--of", multiple=True, value=_("DRIVERS"),
               meaning=_("With what, at most 20: ces,first_reply_time; question:WORDING for a question's answers")),
        Option("--grain", type=Choice(_("grain"), "ticket", "customer", "team_week"),
               meaning=_("What one row is; else the ticket where it knows the outcome, and the customer where not")),
        Option("--missing", type=Choice(_("rule"), "complete", "mean"), default="complete",
               meaning=_("Rows where a driver is not known: left out (complete), or set to its mean (mean)")),
        Option("--what-if", multiple=True, value=_("DRIVER=CHANGE"),
               meaning=_("What would be expected, by two models: first_reply_time.hours=-1; repeated, all at once")),
        Option("--by", value=_("DIMENSION"), meaning=_("Whether drivers weigh differently by it")),
        Option("--follow", type=Number(1), value=_("N"),
               meaning=_("Days in which an outcome that follows (churn) is looked for; half a year if not said")),
        *(option for option in QUESTION if option.name in _TAKEN),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *FORMATS,
    ),
    examples=(
        Example("latido drivers ces", _("what makes it easy")),
        Example("latido drivers nps.score --of csat.score,first_reply_time --missing mean --sentences",
                _("two drivers of recommendation, in words")),
        Example("latido drivers csat.score --what-if first_reply_time.hours=-1 --by channel",
                _("an hour less of waiting, and whether channels differ")),
    ),
)  # fmt: skip
