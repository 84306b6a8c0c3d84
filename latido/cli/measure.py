"""`latido measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latido.cli.grammar import Argument, Command, Example
from latido.cli.output import FORMATS, either, measurement, write_csv, write_json
from latido.cli.questions import METRIC, QUESTION, asked
from latido.errors import UsageError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session


def run(session: Session, name: str | None, *, as_json: bool, as_csv: bool, **question: Any) -> None:
    """Compute and print a metric, or the main ones where none is named."""
    either(as_json=as_json, as_csv=as_csv)
    session.note_if_empty(question["as_of"])
    if name is None:
        _overview(session, as_json=as_json, as_csv=as_csv, **asked(question))
    else:
        _one(session, name, as_json=as_json, as_csv=as_csv, **asked(question))


def _one(session: Session, name: str, *, as_json: bool, as_csv: bool, **question: Any) -> None:
    from latido.report.figures import figures, states
    from latido.report.terminal import show

    found = session.workspace.measure(name, **question)
    if as_csv:
        write_csv(found.records())
    elif as_json:
        write_json(measurement(found, target=states(session.workspace, found)))
    else:
        show(figures(session.workspace, found, question.get("as_of")))


def _overview(session: Session, *, as_json: bool, as_csv: bool, as_of: str | None = None, **question: Any) -> None:
    from latido.report.figures import states
    from latido.report.overview import overview, summary
    from latido.report.terminal import show

    if question:
        raise UsageError(_("The overview takes no other options than --as-of, --json and --csv."), _("Name a metric."))
    found = summary(session.workspace, as_of)
    if as_csv:
        write_csv([record for one in found for record in one.records()])
    elif as_json:
        write_json([measurement(one, target=states(session.workspace, one)) for one in found])
    else:
        for grid in overview(session.workspace, found, as_of):
            show(grid)


COMMAND = Command(
    "measure",
    text=_(
        "Compute a metric with its 95 % interval, what it rests on and what was left out. Without a metric, show "
        "the main figures of the last whole quarter of the data against the one before."
    ),
    run=run,
    params=(Argument("name", required=False, value=METRIC.value, meaning=METRIC.meaning), *QUESTION, *FORMATS),
    examples=(
        Example("latido measure nps", _("one figure over all data")),
        Example("latido measure nps --by channel --period month --from 2025-01", _("by channel and month since 2025")),
        Example(
            "latido measure first_reply_time --calendar support --compare previous --period week",
            _("in business hours, each week against the one before"),
        ),
        Example(
            "latido measure csat --where country=ES,MX --where 'score>=4' --csv", _("some answers, for a spreadsheet")
        ),
        Example(
            "latido measure one_touch_rate --preset zendesk --as-of 2025-06-30",
            _("as Zendesk counts it, with the data as they were"),
        ),
    ),
)
