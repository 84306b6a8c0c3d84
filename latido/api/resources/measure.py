"""`/metrics/{name}/measure`: figures, with the same arguments as `Workspace.measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from latido.api.call import Asking
from latido.api.figures import Measured, told
from latido.api.groups import FIGURES
from latido.api.operation import Operation
from latido.api.questions import MetricName, Parameters, Question, Understood, blamed, understood
from latido.errors import FieldError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.api.call import Call

MOST_FIGURES = 10_000


def ask(call: Asking, name: MetricName, said: Annotated[Parameters, Query()]) -> Measured:
    """Figures, asked for in an address."""
    asked = understood(call, name, said)
    call.tag(asked.query, asked.version)
    return _measured(call, asked)


def ask_at_length(call: Asking, name: MetricName, said: Question) -> Measured:
    """Figures, asked for in JSON."""
    return _measured(call, understood(call, name, said))


def _measured(call: Call, asked: Understood) -> Measured:
    with blamed(asked.query):
        found = call.answers.ask(asked.query, asked.version)
    if len(found.figures) > MOST_FIGURES:
        raise FieldError(
            "by",
            _("That makes {n} figures, and there are {most} at most.", n=len(found.figures), most=MOST_FIGURES),
            _("Split by less, take longer periods, or filter."),
        )
    return told(call.workspace, found)


OPERATIONS = (
    Operation(
        "GET", "/metrics/{name}/measure", ask, "read", FIGURES,
        _("Measure"),
        _("Figures with their 95 % interval, what they rest on, what was left out, and the state against the target. "
          "The arguments are those of `Workspace.measure` and of “latido measure”. A lead sees the figures of their "
          "teams only."),
        Measured, errors=(400, 404), tagged=True, example="/metrics/nps/measure?by=channel&period=month&start=2025-01",
    ),
    Operation(
        "POST", "/metrics/{name}/measure", ask_at_length, "read", FIGURES,
        _("Measure, asked in JSON"),
        _("The same, for questions that are too long for an address."),
        Measured, errors=(400, 404, 413), example="/metrics/csat/measure",
        curl=("--json", '{"by": ["team"], "where": {"channel": ["email", "chat"]}, "compare": "previous"}'),
    ),
)  # fmt: skip
