"""`latido chain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Command, Example, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.questions import QUESTION, asked
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session

_TAKEN = {"start", "end", "where", "calendar", "as_of"}


def run(
    session: Session, *, pls: bool, worth: str | None, sentences: bool, as_json: bool, as_csv: bool, **asks: Any
) -> None:
    """Print the chain, or what a change would be worth."""
    from latido.report import chain as report
    from latido.report.terminal import show
    from latido.workspace.chains import change

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(asks["as_of"])
    wanted = change(worth) if worth else None
    found = session.workspace.chain("pls" if pls else "unit", **asked(asks))
    told = found.worth(*wanted) if wanted else None
    records = told.records() if told else found.records()
    if as_json:
        write_json(records)
    elif as_csv:
        write_csv(records)
    elif told:
        click.echo("\n".join([report.answer(told), "", *report.gains(told), *report.notes(told), str(report.CAUTION)]))
    elif sentences:
        click.echo("\n".join([*report.sentences(found), *report.remarks(found)]))
    else:
        show(report.grid(found))


COMMAND = Command(
    "chain",
    text=_(
        "Follow what happens in a contact to how it was for the customer, to what the customer thinks of the company, "
        "and to who leaves: what goes with what, straight and over others. Which metrics measure what stands in "
        "latido.toml under [chain]. It shows association, not cause. Without --from and --to: all data."
    ),
    run=run,
    params=(
        Option("--worth", value=_("CHANGE"),
               meaning=_("What a change goes with: first_reply_time=-1h, transfer_rate.times=-0.05")),
        Option("--pls", is_flag=True,
               meaning=_("Weight several metrics of one link by partial least squares instead of alike")),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *(option for option in QUESTION if option.name in _TAKEN),
        *FORMATS,
    ),
    examples=(
        Example("latido chain", _("direct effects, those over others, and both together")),
        Example("latido chain --worth first_reply_time=-1h",
                _("what an hour less of waiting goes with, in points and in customers")),
        Example("latido chain --pls --sentences", _("by partial least squares, in words")),
    ),
)  # fmt: skip
