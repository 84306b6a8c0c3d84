"""`latido nonresponse`."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.questions import METRIC, QUESTION, asked
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.insights.nonresponse import Nonresponse

_TAKEN = {"start", "end", "where", "calendar", "as_of", "compare"}


def run(
    session: Session,
    name: str,
    *,
    customers: bool,
    shift: float | None,
    sentences: bool,
    as_json: bool,
    as_csv: bool,
    **asks: Any,
) -> None:
    """Print a score, raw and weighted."""
    from latido.report.nonresponse import nobody

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(asks["as_of"])
    found = session.workspace.nonresponse(name, whom="customers" if customers else "asked", **asked(asks))
    if as_json:
        write_json({"groups": found.records(), "levels": found.levels()})
    elif as_csv:
        write_csv(found.records())
    elif not found.groups:
        click.echo("\n".join(nobody(found.metric)))
    else:
        _show(session, found, shift, in_words=sentences)


def _show(session: Session, found: Nonresponse, shift: float | None, *, in_words: bool) -> None:
    from latido.report.nonresponse import grid, levels_grid, sentences, shifted, thresholds
    from latido.report.terminal import show

    told = [line for group in found.groups for line in (
        *sentences(found, group, thresholds(session.workspace, found, group)),
        *((shifted(found, group, shift),) if shift is not None and group.weighted.known else ()),
    )]  # fmt: skip
    if in_words:
        click.echo("\n".join(told))
        return
    show(grid(found, tuple(told)))
    for group in found.groups:
        if group.traits:
            show(levels_grid(found, group))


COMMAND = Command(
    "nonresponse",
    text=_(
        "Show a survey's score as it was answered, and weighted so that those who answered look like all who were "
        "asked: by what everybody had lived before (tickets, and how they went), since when they are customers, and "
        "who they are. With it: who answers least, what the weights cost, and how much worse the silent would have to "
        "be for the score to be another."
    ),
    run=run,
    params=(
        METRIC,
        *(option for option in QUESTION if option.name in _TAKEN),
        Option("--by", multiple=True, value=_("DIMENSION"),
               meaning=_("Tell people apart by these too; channel, segment and country if not said")),
        Option("--cap", type=Number(1.0), default=5.0, value=_("N"),
               meaning=_("No answer counts more than so many times the mean; 5 if not said")),
        Option("--customers", is_flag=True, meaning=_("Weight to all customers, not only to those who were asked")),
        Option("--shift", type=Number(-inf), value=_("N"),
               meaning=_("Say what the score is if the silent are so many points better, or worse (-10)")),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *FORMATS,
    ),
    examples=(
        Example("latido nonresponse nps --where wave=2026-04", _("one wave, raw and weighted")),
        Example("latido nonresponse csat --from 2026-01 --to 2026-07 --shift -10 --sentences",
                _("half a year, in words, and if the silent were 10 points less content")),
    ),
)  # fmt: skip
