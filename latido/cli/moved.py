"""`latido moved`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Argument, Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.cli.questions import QUESTION, asked
from latido.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latido.cli.session import Session
    from latido.insights.moved import Moved

_TAKEN = {"by", "start", "end", "where", "calendar", "as_of", "compare"}


def run(
    session: Session,
    metrics: tuple[str, ...],
    *,
    limit: int,
    parts: bool,
    sentences: bool,
    as_json: bool,
    as_csv: bool,
    **asks: Any,
) -> None:
    """Print what moved, or what made the changes of the metrics as a whole."""
    from latido.report.moves import notes
    from latido.report.moves_tables import grid, made_of
    from latido.report.terminal import show

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(asks["as_of"])
    found = session.workspace.moved(metrics, **asked(asks))
    rows = found.contributions() if parts else found.records()
    if as_json:
        write_json(rows)
    elif as_csv:
        write_csv(rows)
    elif sentences:
        click.echo("\n".join(_said(found, limit)))
    elif parts:
        show(made_of(found.breakdowns))
    else:
        shown = found.leading[:limit]
        show(grid(found, shown, notes(found, len(shown))))


def _said(found: Moved, limit: int) -> Iterator[str]:
    """The changes, beneath each total that moved what its segments made of it, and what of the rest is said."""
    from latido.report.moves import contributions, notes, sentence, spans, untested

    yield f"{spans(found)}:"
    shown = found.leading[:limit]
    for move in shown:
        yield sentence(move)
        yield from (f"  {text}" for b in found.breakdowns if b.total is move for text in contributions(b))
    yield from notes(found, len(shown))
    if found.untested:
        yield str(_("Not compared:"))
        yield from (f"  {text}" for text in untested(found))


COMMAND = Command(
    "moved",
    text=_(
        "Compare every metric, and every segment of it by any one or two dimensions, with the period before, and "
        "show what changed so clearly that chance cannot explain it among so many comparisons. Without --from and "
        "--to: the last thirteen whole weeks."
    ),
    run=run,
    params=(
        Argument("metrics", required=False, nargs=-1, value=_("METRIC"),
                 meaning=_("Only these metrics; all of them where none is named")),
        *(option for option in QUESTION if option.name in _TAKEN),
        Option("--limit", type=Number(1), default=20, value=_("N"),
               meaning=_("How many changes to show; 20 if not said")),
        Option("--parts", is_flag=True,
               meaning=_("What each segment made of the changes of the metrics as a whole, instead of the changes")),
        Option("--sentences", is_flag=True, meaning=_("In sentences instead of a table")),
        *FORMATS,
    ),
    examples=(
        Example("latido moved", _("the last thirteen weeks against those before")),
        Example("latido moved csat nps --by channel,team --compare last_year", _("two metrics, against last year")),
        Example("latido moved --from 2025-03 --to 2025-04 --sentences", _("March against the month before, in words")),
        Example("latido moved csat --parts --by channel", _("which channels made CSAT change")),
    ),
)  # fmt: skip
