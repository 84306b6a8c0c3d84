"""One column of metrics side by side: how a metric counts in one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import ibis

from latido.errors import UnknownNameError, UsageError
from latido.facts.expr import flag, when
from latido.i18n import Message, _
from latido.metrics.catalog import METRICS
from latido.metrics.catalog import metric as find_metric
from latido.metrics.clv import Value
from latido.metrics.first_contact_resolution import ResolvedAtOnce
from latido.metrics.methods import Count, Duration, Mean, Points, Share
from latido.metrics.methods.often import Often
from latido.metrics.metric import Method, Metric

if TYPE_CHECKING:
    from latido.metrics.scope import Scope
    from latido.metrics.units.grain import Grain

Reading = Literal["", "score", "hours", "times"]
HOUR = 3600.0
QUESTION = "question:"
_FOLLOWED = {"churn_rate"}  # what comes after the days that are looked at


@dataclass(frozen=True)
class Variable:
    """One column.

    Attributes:
        name: As people write it: `first_reply_time`, `first_reply_time.hours`, `nps`, `nps.score`, `nps@blind`,
            `question:How clean was it?`.
        metric: The metric, preset applied; of the answers to a question, their mean.
        reading: How a row counts: in the metric's own unit; an answer by its score instead of by its points or
            whether it is a positive; a wait in hours instead of in doublings; how many times instead of whether.
        unit: `doublings`, `h`, `%`, `points`, `score`, `times`, or the metric's.
        question: Only the answers to the question of this wording.
        preset: Name of the metric's preset.
    """

    name: str
    metric: Metric
    reading: Reading
    unit: str
    question: str | None = None
    preset: str | None = None

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.question or str(self.metric.label)

    @property
    def better(self) -> Literal["higher", "lower"] | None:
        """Whether more of it is better."""
        return self.metric.better

    @property
    def counted(self) -> bool:
        """Whether it is how often something happened: where nothing did it is 0, and not unknown."""
        return isinstance(self.metric.method, Count)

    @property
    def follows(self) -> bool:
        """Whether it is looked for after the days in which the others are: who left cannot be asked any more."""
        return self.metric.name in _FOLLOWED

    def value(self, rows: Any) -> Any:
        """What a row counts, float64; null where it does not count, or is not known yet."""
        return _readings(self.metric)[self.reading].value(rows).cast("float64")


def variable(text: str, at: Grain | None = None) -> Variable:
    """The column that a text names.

    Args:
        text: A metric; with `.score`, `.hours` or `.times` another reading of it, with `@preset` another definition;
            `question:` and the wording for the answers to one question.
        at: The grain, which decides which kind of survey is meant where the text does not say.

    Raises:
        UnknownNameError: There is no such metric, preset or reading; names the nearest.
        UsageError: The metric says nothing of single rows, or is about what single people said.
    """
    if text.startswith(QUESTION):
        wording = text.removeprefix(QUESTION).strip()
        return Variable(text, _ANSWERS, "", "score", wording)
    rest, _at, preset = text.partition("@")
    name, _dot, reading = rest.partition(".")
    found = find_metric(name)
    if not preset and at is not None and any(p.name == at.preset for p in found.presets):
        preset = at.preset
    metric = found.preset(preset or None)
    known = _readings(metric)
    if found.protected:
        raise UsageError(_("{metric} is about what single people said: it cannot be put beside others.", metric=name))
    if not known:
        raise UsageError(
            _("{metric} says nothing of single rows, so it cannot be put beside others.", metric=name),
            _("These can: {metrics}", metrics=", ".join(metric.name for metric in offered())),
        )
    if reading not in known:
        raise UnknownNameError.among(_("reading of {metric}", metric=name), reading, [name for name in known if name])
    chosen = cast("Reading", reading)
    return Variable(text, metric, chosen, known[chosen].unit or metric.unit, preset=preset or None)


def offered() -> tuple[Metric, ...]:
    """The metrics that can be put side by side."""
    return tuple(m for m in METRICS.values() if not m.protected and _readings(m))


def _readings(metric: Metric) -> Mapping[Reading, _As]:
    """How rows of the metric may count, its own way first."""
    if metric.name == "response_rate":  # who did not answer has no answer to put beside it
        return {}
    own = next((readings for kind, readings in _READINGS if isinstance(metric.method, kind)), {})
    answered = metric.table == "answer_facts"
    return {name: read for name, read in own.items() if name != "score" or answered}


def _counting(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The value of the rows that count."""
    return lambda rows: when(rows.value.notnull(), value(rows))


def _hours(rows: Any) -> Any:
    """Of the waits that have ended: how long the others take is not known yet."""
    return when(rows.value.notnull() & (rows.ended == 1), ibis.greatest(rows.value, 0).cast("float64") / HOUR)


def _doublings(rows: Any) -> Any:
    """log₂(1 + hours): one more where a long wait doubles, so that a few very long ones do not decide."""
    return (_hours(rows) + 1.0).log2()


def _own(rows: Any) -> Any:
    return rows.value


class _As(NamedTuple):
    """A unit, and how a row counts in it."""

    unit: str
    value: Callable[[Any], Any]


_SHARE = _As("%", lambda rows: rows.value * 100)
_SCORE = _As("score", _counting(lambda rows: rows.better))
_READINGS: tuple[tuple[type[Method], dict[Reading, _As]], ...] = (
    (ResolvedAtOnce, {"": _As("%", _counting(lambda rows: rows.at_once * 100))}),
    (Duration, {"": _As("doublings", _doublings), "hours": _As("h", _hours)}),
    (Often, {"": _SHARE, "times": _As("times", _counting(lambda rows: rows.times))}),
    (Points, {"": _As("points", _own), "score": _SCORE}),
    (Share, {"": _SHARE, "score": _SCORE}),
    (Mean, {"": _As("", _own)}),
    (Count, {"": _As("", lambda rows: flag(rows.value.notnull()))}),
    (Value, {"": _As("", _counting(lambda rows: rows.amount / rows.years))}),
)


def _answers(answers: Any, scope: Scope) -> Any:
    return answers.filter(answers.answered.isnull() | (answers.answered <= scope.end)).mutate(value=answers.better)


_ANSWERS = Metric(
    name="question",
    family="experience",
    label=_("Answers to a question"),
    formula=_("Mean of the answers, turned so that higher is better."),
    unit="scale points",
    better="higher",
    interval=_("t-interval of the mean"),
    source=_("the survey"),
    table="answer_facts",
    rows=_answers,
    method=Mean(cluster="customer_id"),
    time="answered",
    key="answer_id",
    splits=("scale",),
    ends=(("answer_facts", "answered"),),
)

LABELS: Mapping[str, Message] = {
    "doublings": _("doublings of 1 h + the time"),
    "score": _("points of the scale"),
    "h": _("hours"),
    "times": _("times"),
}
