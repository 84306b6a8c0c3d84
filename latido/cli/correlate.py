"""`latido correlate`."""

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
    metrics: tuple[str, ...],
    *,
    lags: bool,
    limit: int,
    sentences: bool,
    as_json: bool,
    as_csv: bool,
    **asks: Any,
) -> None:
    """Print what goes together."""
    from latido.report.correlation import grid, lines
    from latido.report.terminal import show

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(asks["as_of"])
    if lags:
        asks["grain"] = asks["grain"] or "team_week"
    found = session.workspace.correlate(metrics, lags=lags, **asked(asks))
    if as_json:
        write_json(found.records())
    elif as_csv:
        write_csv(found.records())
    elif sentences:
        click.echo("\n".join(lines(found, limit)))
    else:
        show(grid(found, limit))


COMMAND = Command(
    "correlate",
    text=_(
        "Put metrics side by side, ticket by ticket, customer by customer or team by team and week by week, and show "
        "which go together so clearly that chance cannot explain it among so many pairs. That two go together does "
        "not say that one makes the other."
    ),
    run=run,
    params=(
        Argument("metrics", required=False, nargs=-1, value=_("METRIC"),
                 meaning=_("At least two, with readings such as csat.score or first_reply_time.hours; the usual ones "
                           "where none is named")),
        Option("--grain", type=Choice(_("grain"), "ticket", "customer", "team_week"),
               meaning=_("What one row is; ticket if not said, team_week with --lags")),
        Option("--lags", is_flag=True,
               meaning=_("Look up to eight weeks before and after, and say with which delay it is clearest")),
        *(option for option in QUESTION if option.name in _TAKEN),
        Option("--limit", type=Number(1), default=20, value=_("N"),
               meaning=_("How many pairs to show; 20 if not said")),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *FORMATS,
    ),
    examples=(
        Example("latido correlate", _("the usual metrics, ticket by ticket")),
        Example("latido correlate first_reply_time ces csat.score --sentences", _("three of them, in words")),
        Example("latido correlate --grain customer --where segment=home", _("customer by customer, of one segment")),
        Example("latido correlate --lags --from 2025", _("team by team and week by week, with delays")),
    ),
)  # fmt: skip
