"""What moved, as pages ask for it: which metrics the asker may see, which periods, computed once for everybody."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from latido.metrics.catalog import METRICS
from latido.web.underway import computed
from latido.web.view import View, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from latido.insights.moved import Move, Moved
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask
    from latido.workspace import Workspace
    from latido.workspace.answers import Answers


class Asked(NamedTuple):
    """A question about what moved.

    Attributes:
        key: What tells its answer from others of the same version.
        compute: Makes the answer.
    """

    key: tuple[Hashable, ...]
    compute: Callable[[Workspace], Moved]


def asked(answers: Answers, view: View, metrics: Sequence[Metric]) -> Asked | None:
    """The question of a view about some metrics; None where there are no two periods to compare.

    Args:
        answers: Figures of the version that is asked about.
        view: What was chosen.
        metrics: What the asker may see, and what knows the filters.
    """
    days = [day for metric in metrics if (day := last_day(answers, metric))]
    now = view.span(max(days)) if days else None
    if now is None or view.compare is None:
        return None
    names, version = tuple(metric.name for metric in metrics), answers.version()
    return Asked(
        ("moved", names, now, view.compare, view.filters, view.calendar), _computing(names, view, now, version)
    )


def found(ask: Ask, question: Asked) -> Moved | None:
    """What moved; None while that is being found out."""
    return computed(ask, question.compute, *question.key)


def waited_for(ask: Ask, question: Asked) -> Moved:
    """What moved, however long that takes."""
    return begun(ask.answers, question, patience=None).result()


def begun(answers: Answers, question: Asked, patience: float | None = 0.0) -> Future[Moved]:
    """What moved, found out in the background."""
    return answers.begun((*question.key, answers.version()), question.compute, patience=patience)


def there(answers: Answers) -> list[Metric]:
    """The metrics that there are any rows for."""
    snapshot = answers.workspace.snapshot(answers.version())
    return [metric for metric in METRICS.values() if snapshot.rows(metric.table)]


def narrowed(view: View, period: Period, move: Move) -> View:
    """The view of a move's segment in its period."""
    own = [_filter(name, value) for name, value in move.where.items() if name not in move.metric.splits]
    return replace(view, start=period.start, end=period.end, where=tuple(dict.fromkeys((*view.where, *own))))


def _filter(dimension: str, value: str | None) -> str:
    quoted = value is not None and any(sign in value for sign in ',"')
    return f'{dimension}="{value.replace(chr(34), chr(34) * 2)}"' if value and quoted else f"{dimension}={value or ''}"


def _computing(names: tuple[str, ...], view: View, now: Period, version: int) -> Callable[[Workspace], Moved]:
    def compute(workspace: Workspace) -> Moved:
        return workspace.moved(
            names, start=now.start, end=now.end, compare=view.compare, where=view.filters,
            calendar=view.calendar or None, as_of=version,
        )  # fmt: skip

    return compute
