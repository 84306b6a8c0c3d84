"""`latido trace`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latido.cli.grammar import Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_frame
from latido.cli.questions import METRIC, QUESTION, asked, group
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session


def run(session: Session, name: str, *, limit: int, as_json: bool, as_csv: bool, **question: Any) -> None:
    """Print the rows behind a figure."""
    from latido.report.rows import rows
    from latido.report.terminal import show

    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(question["as_of"])
    by, keys = group(question.pop("by"))
    found = session.workspace.trace(name, keys, **asked({**question, "by": tuple(by)}))
    if as_json or as_csv:
        write_frame(found, as_json=as_json)
    else:
        show(rows(found, limit, session.workspace.config.zone))


COMMAND = Command(
    "trace",
    text=_(
        "Show the rows behind a figure, each with whether it counts, its value, and why it is left out. On a "
        "terminal the first ones; with --csv or --json all of them. --by channel=chat looks at one group."
    ),
    run=run,
    params=(
        METRIC,
        *(option for option in QUESTION if option.name not in {"compare", "min_n"}),
        Option("--limit", type=Number(1), default=20, value=_("N"), meaning=_("How many rows to show; 20 if not said")),
        *FORMATS,
    ),
    examples=(
        Example("latido trace nps --by channel=chat --csv", _("every answer behind the figure of the chat")),
        Example(
            "latido trace first_reply_time --from 2025-03 --to 2025-04 --where team=Ventas",
            _("the tickets of a team in March"),
        ),
    ),
)
